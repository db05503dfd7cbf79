/**
 * Type-checks the views: each `.eta` is compiled to TypeScript whose `it` is the model that its first comment
 * names, and tsc reads the result. What a page shows must be in its model, a partial gets what it asks for, and
 * only texts and numbers are printed.
 *
 * A view's first comment names its model: in parentheses a type of a view-model file, `(HomePageModel)`, or, for
 * a partial, a type literal, `{ chip: ChipModel }`.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Eta } from 'eta';

const root = fileURLToPath(new URL('..', import.meta.url));
const target = join(root, '.cache', 'views');

/** A view's model as TypeScript, from its first comment; null when the comment names none. */
export function modelOf(source: string): string | null {
  const comment = /^<%\/\*([\s\S]*?)\*\/%>/.exec(source)?.[1] ?? '';
  const named = /\(([A-Z]\w*Model)\)/.exec(comment)?.[1];
  if (named !== undefined) return named;
  const start = comment.indexOf('{');
  if (start === -1) return null;
  let depth = 0;
  for (let end = start; end < comment.length; end += 1) {
    if (comment[end] === '{') depth += 1;
    if (comment[end] === '}') depth -= 1;
    if (depth === 0) return comment.slice(start, end + 1).replaceAll(/\s+/g, ' ');
  }
  return null;
}

/** Every exported type that a view's model may be made of → the module that exports it. */
function modelTypes(): ReadonlyMap<string, string> {
  const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.startsWith('embedded-mongodb'),
  );
  return new Map(
    files.flatMap((file) => {
      const source = readFileSync(join(root, 'src', file), 'utf8');
      return [...source.matchAll(/^export type (\w+)/gm)].map(([, name = '']) => [name, file] as const);
    }),
  );
}

/** The names of all views, as `include` and `layout` say them. */
export function viewNames(): readonly string[] {
  return readdirSync(join(root, 'views'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.eta'))
    .map((file) => `/${file.replaceAll('\\', '/').slice(0, -'.eta'.length)}`)
    .sort();
}

const readView = (name: string) => readFileSync(join(root, 'views', `${name}.eta`), 'utf8');
const typeName = (name: string) => `Model${name.replaceAll(/[^a-zA-Z0-9]+/g, '_')}`;

/** One module with the model of every view by its name. */
function modelsModule(models: ReadonlyMap<string, string>): string {
  const known = modelTypes();
  const used = new Set([...models.values()].flatMap((model) => model.match(/\b[A-Z]\w*/g) ?? []));
  const imports = [...used]
    .filter((name) => known.has(name))
    .map((name) => `import type { ${name} } from '../../src/${known.get(name) ?? ''}';`);
  return `${imports.sort().join('\n')}
import type { chrome } from '../../src/platform/strings.ts';
type Words = ReturnType<typeof chrome>;
${[...models].map(([name, model]) => `export type ${typeName(name)} = ${model};`).join('\n')}
export type Models = {
${[...models.keys()].map((name) => `  '${name}': ${typeName(name)};`).join('\n')}
};
/** What a page has beside its model. */
export type Around = { readonly chrome: Words };
/** What may be printed: never undefined, an object or a list. */
export type Printable = string | number;
`;
}

const PRELUDE = `
  const __eta = { res: '', e: (value: Printable): string => String(value) };
  function include<N extends keyof Models>(_name: N, _data: Models[N]): string { return ''; }
`;

/** What a layout reads must be in the page's model; what a page gives beside it must be known to the layout. */
function layoutFunction(layout: string): string {
  return `
  function layout(_name: '${layout}', _data?: Partial<Models['${layout}']>): void {}
  const _around: Omit<Models['${layout}'], 'body'> = it;
`;
}

/** The view's own code, as Eta compiles it, under types. */
function viewModule(name: string, eta: Eta): string {
  const compiled = eta.compileToString(readView(name));
  const lastHelper = compiled.indexOf('async function blockAsync');
  const bodyStart = compiled.indexOf('\n', lastHelper);
  const bodyEnd = compiled.lastIndexOf('if (__eta.layout)');
  if (lastHelper === -1 || bodyEnd < bodyStart)
    throw new Error(`Eta compiles ${name} in another way than it did`);
  const body = compiled.slice(bodyStart, bodyEnd);
  const layout = /^layout\('([^']+)'/m.exec(body)?.[1];
  return `import type { Around, Models, Printable } from '../models.ts';
export function view(it: Models['${name}'] & Around): string {
${PRELUDE}${layout === undefined ? '' : layoutFunction(layout)}
${body}
  return __eta.res;
}
`;
}

/** Views without a model. */
export function viewsWithoutModel(): readonly string[] {
  return viewNames().filter((name) => modelOf(readView(name)) === null);
}

function writeModules(): void {
  rmSync(target, { recursive: true, force: true });
  const models = new Map(viewNames().map((name) => [name, modelOf(readView(name)) ?? 'never']));
  mkdirSync(join(target, 'views'), { recursive: true });
  writeFileSync(join(target, 'models.ts'), modelsModule(models));
  const eta = new Eta({ views: join(root, 'views') });
  for (const name of models.keys()) {
    const file = join(target, 'views', `${name.slice(1).replaceAll('/', '.')}.ts`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, viewModule(name, eta));
  }
  const settings = {
    extends: relative(target, join(root, 'tsconfig.json')),
    compilerOptions: { rootDir: relative(target, root), noUnusedLocals: false, types: ['node'] },
    include: ['**/*.ts'],
  };
  writeFileSync(join(target, 'tsconfig.json'), JSON.stringify(settings));
}

function main(): number {
  const without = viewsWithoutModel();
  for (const name of without) process.stderr.write(`views${name}.eta names no model in its first comment\n`);
  writeModules();
  try {
    execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', target], {
      stdio: ['ignore', 2, 2],
    });
  } catch {
    return 1;
  }
  return without.length === 0 ? 0 : 1;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.exitCode = main();
}
