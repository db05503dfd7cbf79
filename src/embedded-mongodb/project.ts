import { CommandError } from './errors.ts';
import type { MatchContext } from './match.ts';
import { elementPredicate, isTruthy } from './match.ts';
import { compileExpression, frameOf } from './expressions/expression.ts';
import type { Expression } from './expressions/frame.ts';
import { splitPath } from './paths.ts';
import type { Document } from './values.ts';
import { fieldOf, hasFields, isDocument, isNumeric, setField, toDouble } from './values.ts';

/** Makes the answer of a stored document. */
export type Projector = (document: Document) => Document;

/** The fields that a projection names: a leaf says what becomes of the field. */
type Tree = Map<string, Tree | Leaf>;
type Leaf =
  | { readonly kind: 'include' | 'exclude' }
  | { readonly kind: 'slice'; readonly skip: number; readonly limit: number | null }
  | { readonly kind: 'element'; readonly test: (element: unknown) => boolean }
  | { readonly kind: 'computed'; readonly expression: Expression; readonly isMeta: boolean }
  | { readonly kind: 'positional' };

export type ProjectionContext = MatchContext & {
  readonly variables: Document;
  /** Place of the array element that made the query match, for `array.$`. */
  readonly matchedIndex: (document: Document, arrayPath: string) => number | null;
};

/** Compiles a projection; null when it asks for nothing special. @throws CommandError for one that mixes both ways */
export function compileProjection(spec: Document, context: ProjectionContext): Projector | null {
  const leaves = flatten(spec, '').map(([path, value]) => ({ path, leaf: leafOf(path, value, context) }));
  if (leaves.length === 0) return null;
  const isInclusion = isInclusive(leaves);
  const tree: Tree = new Map();
  for (const { path, leaf } of leaves) {
    const name = leaf.kind === 'positional' ? path.slice(0, path.lastIndexOf('.$')) : path;
    plant(tree, name, leaf);
  }
  if (isInclusion && !tree.has('_id')) tree.set('_id', { kind: 'include' });
  return (document) => {
    const positions = new Map<string, number | null>();
    for (const { path, leaf } of leaves) {
      const array = path.slice(0, path.lastIndexOf('.$'));
      if (leaf.kind === 'positional') positions.set(array, context.matchedIndex(document, array));
    }
    return applyTree(document, tree, { isInclusion, root: document, prefix: '', positions, context });
  };
}

/** `{ a: { b: 1 } }` means `{ 'a.b': 1 }`; a document that begins with an operator is a value. */
function flatten(spec: Document, prefix: string): (readonly [string, unknown])[] {
  return Object.entries(spec).flatMap(([name, value]) => {
    const path = `${prefix}${name}`;
    const isNested = isDocument(value) && !Object.keys(value).some((key) => key.startsWith('$'));
    return isNested && Object.keys(value).length > 0 ? flatten(value, `${path}.`) : [[path, value] as const];
  });
}

function leafOf(path: string, value: unknown, context: ProjectionContext): Leaf {
  if (path.endsWith('.$')) return { kind: 'positional' };
  if (isNumeric(value) || typeof value === 'boolean' || value === null) {
    return { kind: isTruthy(value) ? 'include' : 'exclude' };
  }
  if (isDocument(value)) {
    if ('$slice' in value && !isExpressionSlice(value['$slice'])) return sliceLeaf(value['$slice']);
    if ('$elemMatch' in value)
      return { kind: 'element', test: elementPredicate(value['$elemMatch'], context) };
  }
  const isMeta = isDocument(value) && '$meta' in value;
  return { kind: 'computed', expression: compileExpression(value), isMeta };
}

/** `$slice` is also an expression: its first argument is then an array or a path. */
function isExpressionSlice(operand: unknown): boolean {
  return Array.isArray(operand) && !isNumeric(operand[0]);
}

function sliceLeaf(operand: unknown): Leaf {
  if (isNumeric(operand)) {
    const count = toDouble(operand);
    return count < 0 ? { kind: 'slice', skip: count, limit: null } : { kind: 'slice', skip: 0, limit: count };
  }
  if (!Array.isArray(operand) || operand.length !== 2) {
    throw new CommandError(28667, 'Invalid $slice syntax. The given syntax did not match the find() syntax');
  }
  const [skip, limit] = operand.map(toDouble) as [number, number];
  if (!(limit > 0)) throw new CommandError(28724, '$slice limit must be positive');
  return { kind: 'slice', skip, limit };
}

function isInclusive(leaves: readonly { readonly path: string; readonly leaf: Leaf }[]): boolean {
  const others = leaves.filter(({ path }) => path !== '_id');
  // What a query knows of a document is added, whichever way the fields are chosen.
  const including = others.find(
    ({ leaf }) => leaf.kind === 'include' || (leaf.kind === 'computed' && !leaf.isMeta),
  );
  const excluding = others.find(({ leaf }) => leaf.kind === 'exclude');
  if (including !== undefined && excluding !== undefined) {
    const isFirstIncluding = others.indexOf(including) < others.indexOf(excluding);
    if (isFirstIncluding) {
      throw new CommandError(31254, `Cannot do exclusion on field ${excluding.path} in inclusion projection`);
    }
    throw new CommandError(31253, `Cannot do inclusion on field ${including.path} in exclusion projection`);
  }
  if (including !== undefined) return true;
  if (excluding !== undefined) return false;
  if (others.some(({ leaf }) => leaf.kind === 'element' || leaf.kind === 'positional')) return true;
  return (
    others.length === 0 && leaves.some(({ leaf }) => leaf.kind === 'include' || leaf.kind === 'computed')
  );
}

function plant(tree: Tree, path: string, leaf: Leaf): void {
  const parts = splitPath(path);
  let node = tree;
  for (const part of parts.slice(0, -1)) {
    const child = node.get(part) ?? new Map<string, Tree | Leaf>();
    if (!(child instanceof Map)) throw new CommandError(31249, `Path collision at ${path}`);
    node.set(part, child);
    node = child;
  }
  const name = parts.at(-1) as string;
  if (node.has(name)) throw new CommandError(31250, `Path collision at ${path}`);
  node.set(name, leaf);
}

type Application = {
  readonly isInclusion: boolean;
  readonly root: Document;
  readonly prefix: string;
  readonly positions: ReadonlyMap<string, number | null>;
  readonly context: ProjectionContext;
};

function applyTree(document: Document, tree: Tree, application: Application): Document {
  const result: Document = {};
  for (const name of Object.keys(document)) {
    const node = tree.get(name);
    const value = fieldOf(document, name);
    if (node === undefined) {
      if (!application.isInclusion) setField(result, name, value);
      continue;
    }
    const kept = applyNode(value, node, { ...application, prefix: `${application.prefix}${name}` });
    if (kept !== undefined) setField(result, name, kept);
  }
  for (const [name, node] of tree) {
    if (node instanceof Map) {
      if (!Object.hasOwn(document, name) && hasComputed(node)) {
        setField(
          result,
          name,
          applyTree({}, node, { ...application, prefix: `${application.prefix}${name}.` }),
        );
      }
    } else if (node.kind === 'computed') {
      const value = node.expression(frameOf(application.root, application.context.variables));
      if (value !== undefined) setField(result, name, value);
    }
  }
  return result;
}

function hasComputed(tree: Tree): boolean {
  return [...tree.values()].some((node) =>
    node instanceof Map ? hasComputed(node) : node.kind === 'computed',
  );
}

/** undefined leaves the field out. */
function applyNode(value: unknown, node: Tree | Leaf, application: Application): unknown {
  if (node instanceof Map) return applyBelow(value, node, application);
  switch (node.kind) {
    case 'include':
      return value;
    case 'exclude':
    case 'computed':
      return undefined;
    case 'slice':
      return Array.isArray(value) ? sliced(value, node.skip, node.limit) : value;
    case 'element': {
      const found: unknown = Array.isArray(value) ? value.find(node.test) : undefined;
      return found === undefined ? undefined : [found];
    }
    case 'positional':
      return positional(value, application);
    default:
      return node satisfies never;
  }
}

function applyBelow(value: unknown, tree: Tree, application: Application): unknown {
  const below = { ...application, prefix: `${application.prefix}.` };
  if (hasFields(value)) return applyTree(isDocument(value) ? value : {}, tree, below);
  if (!Array.isArray(value)) return application.isInclusion ? undefined : value;
  return value
    .filter((element) => !application.isInclusion || hasFields(element) || Array.isArray(element))
    .map((element) => applyBelow(element, tree, application));
}

function sliced(array: readonly unknown[], skip: number, limit: number | null): unknown[] {
  const start = skip < 0 ? Math.max(array.length + skip, 0) : skip;
  return array.slice(start, limit === null ? undefined : start + limit);
}

function positional(value: unknown, { positions, prefix }: Application): unknown {
  if (!Array.isArray(value)) return value;
  const index = positions.get(prefix) ?? null;
  if (index === null) {
    const message =
      "Executor error during find command :: caused by :: positional operator '.$' couldn't find a matching element in the array";
    throw new CommandError(51246, message);
  }
  return index < value.length ? [value[index] as unknown] : [];
}
