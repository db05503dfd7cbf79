import { Long } from 'bson';
import { carryMeta } from '../document-meta.ts';
import { CommandError } from '../errors.ts';
import { compileExpression, compilerIn, frameOf } from '../expressions/expression.ts';
import type { Compile, Expression, Frame } from '../expressions/frame.ts';
import { typeName } from '../match-type.ts';
import { splitPath } from '../paths.ts';
import { compileProjection } from '../project.ts';
import { shellText } from '../shell-text.ts';
import type { Document } from '../values.ts';
import { isDocument, setField } from '../values.ts';
import type { FieldStageCompiler, PipelineScope } from './stage.ts';
import { mapped } from './stage.ts';

/** `$project`. */
const project: FieldStageCompiler = (spec, place) => {
  if (!isDocument(spec)) throw new CommandError(15969, '$project specification must be an object');
  if (Object.keys(spec).length === 0) {
    const message = 'Invalid $project :: caused by :: projection specification must have at least one field';
    throw new CommandError(51272, message);
  }
  return projected(spec, place);
};

function projected(spec: Document, { scope }: Pick<PipelineScope, 'scope'>) {
  const projector = compileProjection(spec, {
    ...scope.context,
    variables: scope.variables,
    matchedIndex: null,
  });
  return mapped((document) => (projector === null ? document : carryMeta(document, projector(document))));
}

/** `$unset`: a name or names. */
const unset: FieldStageCompiler = (spec, place) => {
  const names: unknown[] = Array.isArray(spec) ? spec : [spec];
  if (names.length === 0)
    throw new CommandError(
      31119,
      '$unset specification must be a string or an array with at least one field',
    );
  if (names.some((name) => typeof name !== 'string')) {
    throw new CommandError(
      31002,
      '$unset specification must be a string or an array containing only string values',
    );
  }
  return projected(Object.fromEntries(names.map((name) => [String(name), 0])), place);
};

/** Fields to set: at a leaf what they become. */
type Tree = Map<string, Tree | Expression>;

/** `$addFields`, `$set`: where the fields go and how their values are calculated. */
function compileTree(spec: Document, compile: Compile, tree: Tree = new Map()): Tree {
  for (const [path, value] of Object.entries(spec)) {
    const parts = splitPath(path);
    if (parts.includes(''))
      throw new CommandError(40352, 'FieldPath cannot be constructed with empty string');
    if (parts.some((part) => part.startsWith('$'))) {
      throw new CommandError(
        16410,
        `FieldPath field names may not start with '$'. Consider using $getField or $setField.`,
      );
    }
    let node = tree;
    for (const part of parts.slice(0, -1)) {
      const next = node.get(part) ?? new Map<string, Tree | Expression>();
      if (!(next instanceof Map))
        throw new CommandError(40176, `specification contains two conflicting paths: ${path}`);
      node.set(part, next);
      node = next;
    }
    const name = parts.at(-1) as string;
    const isNested =
      isDocument(value) &&
      Object.keys(value).length > 0 &&
      !Object.keys(value).some((key) => key.startsWith('$'));
    const known = node.get(name);
    if (known !== undefined && !(isNested && known instanceof Map)) {
      throw new CommandError(40176, `specification contains two conflicting paths: ${path}`);
    }
    node.set(
      name,
      isNested
        ? compileTree(value, compile, known instanceof Map ? known : new Map<string, Tree | Expression>())
        : compile(value),
    );
  }
  return tree;
}

function withFields(document: Document, tree: Tree, frame: Frame): Document {
  const result = { ...document };
  for (const [name, node] of tree) {
    const value = node instanceof Map ? below(document[name], node, frame) : node(frame);
    if (value === undefined) Reflect.deleteProperty(result, name);
    else setField(result, name, value);
  }
  return result;
}

/** Into the documents of a list; what is no document gives way to one. */
function below(value: unknown, tree: Tree, frame: Frame): unknown {
  if (Array.isArray(value)) return value.map((element: unknown) => below(element, tree, frame));
  return withFields(isDocument(value) ? value : {}, tree, frame);
}

const addFields: FieldStageCompiler = (spec, { scope }) => {
  if (!isDocument(spec))
    throw new CommandError(40272, `$addFields specification stage must be an object, got ${typeName(spec)}`);
  if (Object.keys(spec).length === 0)
    throw new CommandError(40177, 'specification must have at least one field');
  const tree = compileTree(spec, compilerIn(scope));
  return mapped((document) => withFields(document, tree, frameOf(document, scope.variables)));
};

function rooted(spec: unknown, { scope }: Pick<PipelineScope, 'scope'>) {
  const expression = compileExpression(spec, scope);
  return mapped((document) => {
    const root = expression(frameOf(document, scope.variables));
    if (isDocument(root)) return carryMeta(document, root);
    const message = `'newRoot' expression must evaluate to an object, but resulting value was: ${shellText(root)}. Type of resulting value: '${typeName(root)}'.`;
    throw new CommandError(40228, message);
  });
}

const replaceRoot: FieldStageCompiler = (spec, place) => {
  if (!isDocument(spec))
    throw new CommandError(
      40229,
      `expected an object as specification for $replaceRoot stage, got ${typeName(spec)}`,
    );
  if (!('newRoot' in spec)) throw new CommandError(40231, 'no newRoot specified for the $replaceRoot stage');
  return rooted(spec['newRoot'], place);
};

const replaceWith: FieldStageCompiler = (spec, place) => rooted(spec, place);

/** What `$redact` decides. Source: server, document_source_redact.cpp */
const DECISIONS = { DESCEND: 'descend', PRUNE: 'prune', KEEP: 'keep' } as const;

const redact: FieldStageCompiler = (spec, { scope }) => {
  const variables = { ...scope.variables, ...DECISIONS };
  const expression = compileExpression(spec, { ...scope, variables });
  const visit = (value: Document, root: Document): Document | null => {
    const decision = expression({ root, current: value, variables });
    if (decision === DECISIONS.KEEP) return value;
    if (decision === DECISIONS.PRUNE) return null;
    if (decision !== DECISIONS.DESCEND)
      throw new CommandError(17053, '$redact must return $$KEEP, $$PRUNE or $$DESCEND');
    const result: Document = {};
    for (const key of Object.keys(value)) {
      const kept = inside(value[key], root);
      if (kept !== undefined) setField(result, key, kept);
    }
    return carryMeta(value, result);
  };
  const inside = (value: unknown, root: Document): unknown => {
    if (isDocument(value)) return visit(value, root) ?? undefined;
    if (!Array.isArray(value)) return value;
    return value.map((element: unknown) => inside(element, root)).filter((element) => element !== undefined);
  };
  return function* (documents) {
    for (const document of documents) {
      const kept = visit(document, document);
      if (kept !== null) yield kept;
    }
  };
};

/** `$unwind`. */
const unwind: FieldStageCompiler = (spec) => {
  const options = typeof spec === 'string' ? { path: spec } : spec;
  if (!isDocument(options))
    throw new CommandError(
      15981,
      `expected either a string or an object as specification for $unwind stage, got ${typeName(spec)}`,
    );
  const { path, includeArrayIndex: indexName } = options;
  const isKept = options['preserveNullAndEmptyArrays'] === true;
  if (typeof path !== 'string')
    throw new CommandError(28808, 'expected a string as the path for $unwind stage');
  if (!path.startsWith('$'))
    throw new CommandError(28818, `path option to $unwind stage should be prefixed with a '$': ${path}`);
  if (indexName !== undefined && (typeof indexName !== 'string' || indexName === '')) {
    throw new CommandError(
      28810,
      'expected a non-empty string for the includeArrayIndex option to $unwind stage',
    );
  }
  const parts = splitPath(path.slice(1));
  const place = typeof indexName === 'string' ? splitPath(indexName) : null;
  const placed = (document: Document, value: unknown, at: unknown): Document => {
    const changed = withValue(document, parts, value);
    return place === null ? changed : withValue(changed, place, at);
  };
  return function* (documents) {
    for (const document of documents) {
      const value = parts.reduce<unknown>(
        (inner, part) => (isDocument(inner) ? inner[part] : undefined),
        document,
      );
      if (Array.isArray(value)) {
        for (let at = 0; at < value.length; at++) yield placed(document, value[at], Long.fromNumber(at));
        if (value.length === 0 && isKept) yield placed(document, undefined, null);
      } else if (value !== undefined && value !== null) yield placed(document, value, null);
      else if (isKept) yield place === null ? document : withValue(document, place, null);
    }
  };
};

/** A copy with another value at a path of names; undefined leaves the field out. */
export function withValue(
  document: Document,
  [name = '', ...rest]: readonly string[],
  value: unknown,
): Document {
  const result = { ...document };
  const inner = document[name];
  const next = rest.length === 0 ? value : withValue(isDocument(inner) ? inner : {}, rest, value);
  if (next === undefined) Reflect.deleteProperty(result, name);
  else setField(result, name, next);
  return result;
}

/** Stages that make a document of each document. */
export const FIELD_STAGES: Readonly<Record<string, FieldStageCompiler>> = {
  $project: project,
  $unset: unset,
  $addFields: addFields,
  $set: addFields,
  $replaceRoot: replaceRoot,
  $replaceWith: replaceWith,
  $redact: redact,
  $unwind: unwind,
};
