import ts from 'typescript';
import { isCode, isSource, type Rule, type SourceFile } from './rule.ts';

const FUNCTION_LINES_MAX = 50;
const PARAMETERS_MAX = 3;

const parse = ({ path, text }: SourceFile): ts.SourceFile =>
  ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);

/** Every node of the file that `want` finds wrong, in words with its line. */
function findNodes(file: SourceFile, want: (node: ts.Node, source: ts.SourceFile) => string | null) {
  const source = parse(file);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const wrong = want(node, source);
    if (wrong !== null) found.push(`${lineOf(source, node.getStart(source))}: ${wrong}`);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const lineOf = (source: ts.SourceFile, position: number): number =>
  source.getLineAndCharacterOfPosition(position).line + 1;

type FunctionNode =
  | ts.FunctionDeclaration
  | ts.FunctionExpression
  | ts.ArrowFunction
  | ts.MethodDeclaration
  | ts.ConstructorDeclaration;

function isFunction(node: ts.Node): node is FunctionNode {
  return (
    ts.isFunctionDeclaration(node) ||
    ts.isFunctionExpression(node) ||
    ts.isArrowFunction(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isConstructorDeclaration(node)
  );
}

/**
 * Lines of code of the body that are the function's own: a function inside it is counted by itself, blank lines
 * and comments are not counted.
 */
function ownLines(node: FunctionNode, source: ts.SourceFile): number {
  if (node.body === undefined) return 0;
  const lines = (inner: ts.Node) =>
    inner
      .getText(source)
      .split('\n')
      .filter((line) => !/^\s*($|\/\/|\/?\*)/.test(line)).length;
  let inside = 0;
  const visit = (child: ts.Node): void => {
    if (isFunction(child) && child.body !== undefined) inside += lines(child) - 1;
    else ts.forEachChild(child, visit);
  };
  ts.forEachChild(node.body, visit);
  return lines(node.body) - inside;
}

const isExported = (node: ts.Node): boolean =>
  ts.canHaveModifiers(node) &&
  (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);

const long = `export function long() {\n${'  step();\n'.repeat(FUNCTION_LINES_MAX)}}`;

/** Rules that need the syntax tree. */
export const codeRules: readonly Rule[] = [
  {
    name: `has functions of at most ${FUNCTION_LINES_MAX} lines of their own`,
    // Lists are not functions to follow: of features, routes, schemas and fields, and the gallery's made-up data.
    applies: (path) =>
      (isSource(path) && !/(features|routes|public-pages|input|page)\.ts$/.test(path)) ||
      (path.startsWith('scripts/') && isCode(path) && !path.startsWith('scripts/gallery')),
    find: (file) =>
      findNodes(file, (node, source) =>
        isFunction(node) && ownLines(node, source) > FUNCTION_LINES_MAX
          ? `a function of ${ownLines(node, source)} lines`
          : null,
      ),
    counterExample: { path: 'src/app.ts', text: long },
  },
  {
    name: `has functions of at most ${PARAMETERS_MAX} parameters`,
    // The embedded database may have one more: an object per call costs on its hot paths. Drawings have coordinates.
    applies: (path) =>
      isSource(path) && !/^src\/(embedded-mongodb|features\/demonstration\/pictures)\//.test(path),
    find: (file) =>
      findNodes(file, (node) => {
        // Express tells an error handler by its four parameters.
        const count = isFunction(node) ? node.parameters.length : 0;
        const isErrorHandler = isFunction(node) && node.parameters[0]?.name.getText() === 'error';
        return count > PARAMETERS_MAX && !isErrorHandler ? `${count} parameters` : null;
      }),
    counterExample: { path: 'src/app.ts', text: 'function f(a: 1, b: 2, c: 3, d: 4) {}' },
  },
  {
    name: 'has no enum and no default export',
    applies: (path) => isSource(path) || path.startsWith('test/') || /^scripts\/[^/]*\.ts$/.test(path),
    find: (file) =>
      findNodes(file, (node) => {
        if (ts.isEnumDeclaration(node)) return 'enum';
        const isDefault =
          ts.isExportAssignment(node) ||
          (ts.canHaveModifiers(node) &&
            (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword));
        return isDefault ? 'default export' : null;
      }),
    counterExample: { path: 'src/app.ts', text: 'export default function f() {}' },
  },
  {
    name: 'asserts away no null with `!`, no type with `any`',
    applies: (path) => isCode(path) && path !== 'test/kit/client.ts',
    find: (file) =>
      findNodes(file, (node) => {
        if (ts.isNonNullExpression(node)) return '!';
        return node.kind === ts.SyntaxKind.AnyKeyword ? 'any' : null;
      }),
    counterExample: { path: 'src/app.ts', text: 'const x = list[0]!;' },
  },
  {
    name: 'says of every exported function what it promises',
    applies: (path) => isSource(path) && !/(\/index|\.d)\.ts$/.test(path),
    find: (file) =>
      findNodes(file, (node) =>
        ts.isFunctionDeclaration(node) && isExported(node) && ts.getJSDocCommentsAndTags(node).length === 0
          ? `${node.name?.text ?? 'a function'} has no docstring`
          : null,
      ),
    counterExample: { path: 'src/app.ts', text: 'export function run() {}' },
  },
];
