import { DBRef } from 'bson';
import { CommandError } from './errors.ts';
import type { MatchContext } from './match.ts';
import { elementPredicate, isTruthy, refuseSpecialFeatures } from './match.ts';
import { compileExpression, frameOf } from './expressions/expression.ts';
import type { Expression } from './expressions/frame.ts';
import type { Path } from './paths.ts';
import { splitPath } from './paths.ts';
import type { Document } from './values.ts';
import { dbRefDocument, fieldOf, hasFields, isDocument, isNumeric, setField, toDouble } from './values.ts';

/** Makes the answer of a stored document. */
export type Projector = (document: Document) => Document;

/** The fields that a projection names: a leaf says what becomes of the field. */
type Tree = Map<string, Tree | Leaf>;
type Leaf =
  | { readonly kind: 'include' | 'exclude' | 'positional' }
  | { readonly kind: 'slice'; readonly skip: number; readonly limit: number | null }
  | { readonly kind: 'element'; readonly test: (element: unknown) => boolean }
  | {
      readonly kind: 'computed';
      readonly expression: Expression;
      readonly isMeta: boolean;
      readonly isLiteral: boolean;
    };
type NamedLeaf = { readonly path: string; readonly leaf: Leaf };

export type ProjectionContext = MatchContext & {
  readonly variables: Document;
  /** Place of the array element that made the query match, for `array.$`; null in a pipeline, which has only expressions. */
  readonly matchedIndex: ((document: Document) => number | null) | null;
};

/** Compiles a projection; null when it asks for nothing special. @throws CommandError for one that mixes both ways */
export function compileProjection(spec: Document, context: ProjectionContext): Projector | null {
  const leaves = flatten(spec, '').map(([path, value]): NamedLeaf => {
    const leaf = leafOf(path, value, context);
    return { path: leaf.kind === 'positional' ? path.slice(0, -2) : path, leaf };
  });
  if (leaves.length === 0) return null;
  const isInclusion = isInclusive(leaves);
  const tree: Tree = new Map();
  for (const { path, leaf } of leaves) plant(tree, path, leaf);
  if (isInclusion && !tree.has('_id')) tree.set('_id', { kind: 'include' });
  const position = leaves.find(({ leaf }) => leaf.kind === 'positional')?.path;
  const { matchedIndex } = context;
  return (document) => {
    const projected = applyTree(document, tree, { isInclusion, root: document, context });
    if (position !== undefined && matchedIndex !== null) {
      keepMatched(projected, splitPath(position), () => matchedIndex(document));
    }
    return projected;
  };
}

/** `{ a: { b: 1 } }` means `{ 'a.b': 1 }`; a document that begins with an operator is a value. */
function flatten(spec: Document, prefix: string): (readonly [string, unknown])[] {
  return Object.entries(spec).flatMap(([name, value]) => {
    const path = `${prefix}${name}`;
    checkName(name);
    if (!isDocument(value) || Object.keys(value).some((key) => key.startsWith('$'))) {
      return [[path, value] as const];
    }
    if (path.endsWith('.$')) throw positionalWith('an expression or sub object', 31271);
    if (Object.keys(value).length > 0) return flatten(value, `${path}.`);
    const message = `An empty sub-projection is not a valid value. Found empty object at path ${path}`;
    throw new CommandError(51270, message);
  });
}

/** @throws CommandError 40352, 40353, 15998, 16410, 31394 */
function checkName(name: string): void {
  if (name === '') throw new CommandError(40352, 'FieldPath cannot be constructed with empty string');
  if (name.includes('.$.')) {
    const message =
      "As of 4.4, it's illegal to specify positional operator in the middle of a path. Positional projection may only be used at the end, for example: a.b.$.";
    throw new CommandError(31394, message);
  }
  const parts = splitPath(name.replace(/\.\$$/, ''));
  if (parts.at(-1) === '') throw new CommandError(40353, "FieldPath must not end with a '.'.");
  if (parts.includes('')) throw new CommandError(15998, 'FieldPath field names may not be empty strings.');
  if (!parts.some((part) => part.startsWith('$') && !['$ref', '$id', '$db'].includes(part))) return;
  const message = "FieldPath field names may not start with '$'. Consider using $getField or $setField.";
  throw new CommandError(16410, message);
}

function positionalWith(what: string, code: number): CommandError {
  return new CommandError(code, `positional projection cannot be used with ${what}`);
}

function leafOf(path: string, value: unknown, context: ProjectionContext): Leaf {
  const isChoice = isNumeric(value) || typeof value === 'boolean';
  if (path.endsWith('.$')) {
    if (isDocument(value)) throw positionalWith('an expression or sub object', 31271);
    if (!isChoice) throw positionalWith('a literal', 31308);
    if (!isTruthy(value)) throw positionalWith('exclusion', 31395);
    if (context.matchedIndex === null) throw positionalWith('no filter', 51050);
    return { kind: 'positional' };
  }
  if (isChoice) return { kind: isTruthy(value) ? 'include' : 'exclude' };
  if (!isDocument(value)) {
    return {
      kind: 'computed',
      expression: compileExpression(value, context),
      isMeta: false,
      isLiteral: true,
    };
  }
  if ('$elemMatch' in value) return elementLeaf(path, value['$elemMatch'], context);
  if (context.matchedIndex !== null && '$slice' in value && !isExpressionSlice(value['$slice'])) {
    return sliceLeaf(value['$slice']);
  }
  return {
    kind: 'computed',
    expression: knownExpression(value, context),
    isMeta: '$meta' in value,
    isLiteral: false,
  };
}

/** @throws CommandError 31325 where the expression's own name is unknown */
function knownExpression(value: Document, context: ProjectionContext): Expression {
  const [name = ''] = Object.keys(value);
  try {
    return compileExpression(value, context);
  } catch (error) {
    const isUnknown = error instanceof CommandError && error.message === `Unrecognized expression '${name}'`;
    throw isUnknown ? new CommandError(31325, `Unknown expression ${name}`) : error;
  }
}

function elementLeaf(path: string, operand: unknown, context: ProjectionContext): Leaf {
  if (context.matchedIndex === null) {
    throw new CommandError('InvalidPipelineOperator', 'Cannot use $elemMatch in this context');
  }
  if (!isDocument(operand)) {
    throw new CommandError(31274, 'elemMatch: Invalid argument, object required');
  }
  if (path.includes('.')) {
    throw new CommandError(31275, 'Cannot use $elemMatch projection on a nested field.');
  }
  const test = elementPredicate(operand, context);
  refuseSpecialFeatures(operand);
  return { kind: 'element', test };
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

/** Whether the fields named are those that stay. What decides is the first that says so, `_id` apart. */
function isInclusive(leaves: readonly NamedLeaf[]): boolean {
  refuseTwoPlaces(leaves);
  let isInclusion: boolean | null = null;
  for (const { path, leaf } of leaves) {
    const way = path === '_id' && leaf.kind !== 'computed' ? null : wayOf(leaf);
    if (way === null) continue;
    isInclusion ??= way;
    if (way !== isInclusion) throw mixed(path, leaf);
  }
  if (isInclusion !== null) return isInclusion;
  const has = (kind: Leaf['kind']): boolean => leaves.some(({ leaf }) => leaf.kind === kind);
  const isIdIncluded = leaves.some(({ path, leaf }) => path === '_id' && leaf.kind === 'include');
  // Alone, `$slice` leaves the other fields there; `$elemMatch` does not.
  return has('slice') ? isIdIncluded : has('element') || isIdIncluded;
}

/** true for inclusion, false for exclusion, null for what stands in either. */
function wayOf(leaf: Leaf): boolean | null {
  switch (leaf.kind) {
    case 'exclude':
      return false;
    case 'include':
    case 'positional':
      return true;
    case 'computed':
      // What a query knows of a document is added, whichever way the fields are chosen.
      return leaf.isMeta ? null : true;
    default:
      return null;
  }
}

function mixed(path: string, leaf: Leaf): CommandError {
  if (leaf.kind === 'exclude') {
    return new CommandError(31254, `Cannot do exclusion on field ${path} in inclusion projection`);
  }
  if (leaf.kind === 'computed' && leaf.isLiteral) {
    return new CommandError(31310, `Cannot use an expression ${path} in an exclusion projection`);
  }
  if (leaf.kind === 'computed') {
    return new CommandError(31252, 'Cannot use expression other than $meta in exclusion projection');
  }
  return new CommandError(31253, `Cannot do inclusion on field ${path} in exclusion projection`);
}

/** @throws CommandError 31276, 31255, 31256: a positional projection stands once, and without `$elemMatch` */
function refuseTwoPlaces(leaves: readonly NamedLeaf[]): void {
  const places = leaves.filter(({ leaf }) => leaf.kind === 'positional' || leaf.kind === 'element');
  const positional = places.filter(({ leaf }) => leaf.kind === 'positional');
  if (positional.length > 1) {
    throw new CommandError(31276, 'Cannot specify more than one positional projection per query.');
  }
  if (positional.length === 0 || places.length === 1) return;
  const code = places[0]?.leaf.kind === 'positional' ? 31255 : 31256;
  throw new CommandError(code, 'Cannot specify positional operator and $elemMatch.');
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
  readonly context: ProjectionContext;
};

function applyTree(document: Document, tree: Tree, application: Application): Document {
  const result: Document = {};
  for (const name of Object.keys(document)) {
    const node = tree.get(name);
    const value = fieldOf(document, name);
    const kept =
      node === undefined
        ? application.isInclusion
          ? undefined
          : value
        : applyNode(value, node, application);
    if (kept !== undefined) setField(result, name, kept);
  }
  addComputed(result, document, tree, application);
  if (application.isInclusion) elementsLast(result, tree);
  return result;
}

function addComputed(result: Document, document: Document, tree: Tree, application: Application): void {
  for (const [name, node] of tree) {
    if (node instanceof Map) {
      if (!Object.hasOwn(document, name) && hasComputed(node)) {
        setField(result, name, applyTree({}, node, application));
      }
    } else if (node.kind === 'computed') {
      const value = node.expression(frameOf(application.root, application.context.variables));
      if (value !== undefined) setField(result, name, value);
    }
  }
}

/** What `$elemMatch` picks comes after the fields that are included. Source: manual, `$elemMatch (projection)` */
function elementsLast(result: Document, tree: Tree): void {
  for (const [name, node] of tree) {
    if (node instanceof Map || node.kind !== 'element' || !Object.hasOwn(result, name)) continue;
    const value = result[name];
    Reflect.deleteProperty(result, name);
    setField(result, name, value);
  }
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
    case 'positional':
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
    default:
      return node satisfies never;
  }
}

function applyBelow(value: unknown, tree: Tree, application: Application): unknown {
  if (hasFields(value))
    return applyTree(value instanceof DBRef ? dbRefDocument(value) : value, tree, application);
  // What is no document gives way to one that has the calculated fields.
  const isMade = hasComputed(tree);
  if (!Array.isArray(value)) {
    if (isMade) return applyTree({}, tree, application);
    return application.isInclusion ? undefined : value;
  }
  return value
    .filter((element) => isMade || !application.isInclusion || hasFields(element) || Array.isArray(element))
    .map((element) => applyBelow(element, tree, application));
}

function sliced(array: readonly unknown[], skip: number, limit: number | null): unknown[] {
  const start = skip < 0 ? Math.max(array.length + skip, 0) : skip;
  return array.slice(start, limit === null ? undefined : start + limit);
}

/**
 * Leaves of the first array on the path the element that the query found; without an array nothing changes.
 * @throws CommandError 51246 when the query found none
 */
function keepMatched(projected: Document, path: Path, matchedIndex: () => number | null): void {
  let container = projected;
  for (const name of path) {
    const value = fieldOf(container, name);
    if (Array.isArray(value)) {
      const index = matchedIndex();
      if (index === null) {
        const message =
          "Executor error during find command :: caused by :: positional operator '.$' couldn't find a matching element in the array";
        throw new CommandError(51246, message);
      }
      if (index >= value.length) {
        throw new CommandError(51247, "positional operator '.$' element mismatch");
      }
      setField(container, name, [value[index] as unknown]);
      return;
    }
    if (!isDocument(value)) return;
    container = value;
  }
}
