/**
 * The import graph against the table in scripts/config/dependency-cruiser.cjs, and each package against its door.
 * Fails also when fewer modules were read than exist: a tool that reads nothing finds nothing.
 */
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  cruise,
  type ICruiseOptions,
  type ICruiseResult,
  type IFlattenedRuleSet,
  type IModule,
} from 'dependency-cruiser';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * A package → the modules that may import it. `types` may import its types besides.
 * One door per package: to change the package, change that module.
 */
type Door = { readonly modules: RegExp; readonly types?: RegExp };

const COMPOSITION =
  /^src\/(start|open-app|app|features)\.ts$|^src\/features\/[^/]+\/index\.ts$|^src\/features\/system\//;

const DOORS: Readonly<Record<string, Door>> = {
  '@node-rs/argon2': { modules: /^src\/features\/accounts\/passwords\.ts$/ },
  '@photostructure/sqlite': { modules: /^src\/embedded-mongodb\/sqlite\.ts$/ },
  bson: { modules: /^src\/embedded-mongodb\// },
  compression: { modules: /^src\/app\.ts$/ },
  eta: { modules: /^src\/platform\/views\.ts$/ },
  express: {
    modules: /^src\/app\.ts$|^src\/platform\/mount\.ts$|^src\/features\/system\/operations\.ts$/,
    types: /^src\/(platform|features)\//,
  },
  helmet: { modules: /^src\/app\.ts$/ },
  jsonwebtoken: { modules: /^src\/features\/accounts\// },
  mongoose: {
    modules:
      /^src\/store\/|^src\/features\/[^/]+\/([a-z-]+-)?store\.ts$|^src\/features\/accounts\/throttle\.ts$/,
    types: COMPOSITION,
  },
  multer: { modules: /^src\/platform\/request-body\.ts$/ },
  nanoid: { modules: /^src\/platform\/random\.ts$/ },
  pino: { modules: /^src\/platform\/log\.ts$/ },
  'prom-client': { modules: /^src\/features\/system\/health\.ts$/ },
  qrcode: { modules: /^src\/(domain|platform|features\/(batches|labels))\// },
  sharp: { modules: /^src\/platform\/sharp\.ts$/ },
  tsx: { modules: /^src\/.*-from-source\.mjs$/ },
  // The edge: a service, a rule and a store get what was checked.
  zod: {
    modules: /^src\/platform\/|^src\/features\/[^/]+\/(?!([a-z-]+-)?(service|store|rules)\.ts$)/,
    types: /^src\//,
  },
  'zxing-wasm': { modules: /^src\/features\/labels\/symbol-reader\.ts$/ },
};

/** The package that a path inside node_modules belongs to, or null. */
export function packageOf(resolved: string): string | null {
  return /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(resolved)?.[1]?.replace(/^@types\//, '') ?? null;
}

/** Each import of a package past its door, in words. */
export function doorViolations(
  modules: readonly Pick<IModule, 'source' | 'dependencies'>[],
): readonly string[] {
  return modules.flatMap(({ source, dependencies }) =>
    dependencies.flatMap((dependency) => {
      const name = packageOf(dependency.resolved);
      if (name === null || !source.startsWith('src/')) return [];
      const door = DOORS[name];
      if (door === undefined)
        return [`${source} imports ${name}, which has no door in scripts/check-graph.ts`];
      const typeOnly = dependency.dependencyTypes.includes('type-only');
      if (door.modules.test(source) || (typeOnly && door.types?.test(source) === true)) return [];
      return [`${source} imports ${name} past its door ${String(door.modules)}`];
    }),
  );
}

function sourceFiles(folder: string): readonly string[] {
  return readdirSync(join(folder, 'src'), { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.(ts|mjs)$/.test(file),
  );
}

/** Reads every module under `folder`/src. @throws Error when the tool gave anything but a result */
async function readGraph(folder: string): Promise<ICruiseResult> {
  const settings = createRequire(import.meta.url)('./config/dependency-cruiser.cjs') as {
    readonly forbidden: NonNullable<IFlattenedRuleSet['forbidden']>;
    readonly options: ICruiseOptions;
  };
  const { enhancedResolveOptions, ...options } = settings.options;
  const ruleSet = { forbidden: settings.forbidden };
  const { output } = await cruise(
    ['src'],
    { ...options, baseDir: folder, validate: true, ruleSet },
    { ...enhancedResolveOptions, extensions: ['.ts', '.mjs', '.js', '.json'] },
  );
  if (typeof output === 'string') throw new Error(output);
  return output;
}

/** Everything that is wrong with the graph of `folder`/src, one line each; empty when all is well. */
export async function graphProblems(folder: string): Promise<readonly string[]> {
  const { modules, summary } = await readGraph(folder);
  const read = modules.filter(({ source }) => source.startsWith('src/')).length;
  const exist = sourceFiles(folder).length;
  return [
    ...(read < exist ? [`only ${read} of ${exist} modules were read`] : []),
    ...summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`),
    ...doorViolations(modules),
  ];
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const problems = await graphProblems(root);
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  process.exitCode = problems.length === 0 ? 0 : 1;
}
