import { cloneDocument } from './clone.ts';
import { CommandError } from './errors.ts';
import type { MatchContext } from './match.ts';
import { compileFilter } from './match.ts';
import { arrayIndex, splitPath } from './paths.ts';
import { shellText } from './shell-text.ts';
import { typeName } from './match-type.ts';
import type { Positions } from './update-paths.ts';
import { concretePaths, setAt, unsetAt, valueAt } from './update-paths.ts';
import { UPDATE_OPERATORS } from './update-operators.ts';
import type { Document } from './values.ts';
import { isDocument, valuesEqual } from './values.ts';

/** One field that an update changes. */
type Modification = { readonly operator: string; readonly path: string; readonly operand: unknown };

/** An update compiled for all the documents of one statement. */
export type Updater = (
  before: Document,
  place: { readonly isInsert: boolean; readonly matchedIndex: Positions['matchedIndex'] },
) => Document;

export type UpdateOptions = {
  readonly arrayFilters: readonly unknown[];
  readonly context: MatchContext;
  readonly now: Date;
};

/** Compiles update operators. @throws CommandError 9 for an unknown operator, 40 for two changes of one field */
export function compileUpdate(update: Document, options: UpdateOptions): Updater {
  const modifications = Object.entries(update).flatMap(([operator, fields]) =>
    modificationsOf(operator, fields),
  );
  modifications.sort((left, right) => comparePaths(splitPath(left.path), splitPath(right.path)));
  refuseConflicts(modifications);
  const filters = arrayFilterTests(options, modifications);
  return (before, { isInsert, matchedIndex }) => {
    const after = cloneDocument(before);
    for (const modification of modifications) {
      if (modification.operator === '$setOnInsert' && !isInsert) continue;
      apply(after, modification, { options, positions: { filters, matchedIndex } });
    }
    return after;
  };
}

function modificationsOf(operator: string, fields: unknown): Modification[] {
  const isKnown = operator in UPDATE_OPERATORS || operator === '$unset' || operator === '$rename';
  if (!isKnown) {
    const message = `Unknown modifier: ${operator}. Expected a valid update modifier or pipeline-style update specified as an array`;
    throw new CommandError('FailedToParse', message);
  }
  if (!isDocument(fields)) {
    const message = `Modifiers operate on fields but we found type ${typeName(fields)} instead. For example: {$mod: {<field>: ...}} not {${operator}: ${shellText(fields)}}`;
    throw new CommandError('FailedToParse', message);
  }
  return Object.entries(fields).map(([path, operand]) => {
    if (path === '') throw new CommandError('EmptyFieldName', 'An empty update path is not valid.');
    if (splitPath(path).includes('')) {
      throw new CommandError(
        'EmptyFieldName',
        `The update path '${path}' contains an empty field name, which is not allowed.`,
      );
    }
    if (operator === '$rename' && typeof operand !== 'string') {
      const message = `The 'to' field for $rename must be a string: ${shellText({ [path]: operand })}`;
      throw new CommandError('BadValue', message);
    }
    return { operator, path, operand };
  });
}

/** By name, array places by number: the order in which MongoDB adds new fields. */
function comparePaths(left: readonly string[], right: readonly string[]): number {
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const [a, b] = [left[index] as string, right[index] as string];
    if (a === b) continue;
    const [aPlace, bPlace] = [arrayIndex(a), arrayIndex(b)];
    if (aPlace !== null && bPlace !== null) return aPlace - bPlace;
    return a < b ? -1 : 1;
  }
  return left.length - right.length;
}

function refuseConflicts(modifications: readonly Modification[]): void {
  const paths = modifications.flatMap(({ operator, path, operand }) =>
    operator === '$rename' ? [path, operand as string] : [path],
  );
  const sorted = paths.map(splitPath).sort(comparePaths);
  sorted.forEach((path, index) => {
    const next = sorted[index + 1];
    if (next === undefined || !path.every((part, at) => next[at] === part)) return;
    const message = `Updating the path '${next.join('.')}' would create a conflict at '${path.join('.')}'`;
    throw new CommandError('ConflictingUpdateOperators', message);
  });
}

function arrayFilterTests(
  { arrayFilters, context }: UpdateOptions,
  modifications: readonly Modification[],
): Positions['filters'] {
  const tests = new Map<string, (element: unknown) => boolean>();
  for (const filter of arrayFilters) {
    if (!isDocument(filter))
      throw new CommandError('TypeMismatch', 'arrayFilters must be an array of documents');
    const identifier = identifierOf(filter);
    if (identifier === null)
      throw new CommandError(
        'FailedToParse',
        'Cannot use an expression without a top-level field name in arrayFilters',
      );
    if (!modifications.some(({ path }) => path.includes(`$[${identifier}]`))) {
      const message = `The array filter for identifier '${identifier}' was not used in the update ${shellText(updateOf(modifications))}`;
      throw new CommandError('FailedToParse', message);
    }
    if (tests.has(identifier)) {
      const message = `Found multiple array filters with the same top-level field name ${identifier}`;
      throw new CommandError('FailedToParse', message);
    }
    const test = compileFilter(filter, context);
    tests.set(identifier, (element) => test({ [identifier]: element }));
  }
  return tests;
}

function updateOf(modifications: readonly Modification[]): Document {
  const update: Document = {};
  for (const { operator, path, operand } of modifications) {
    update[operator] = { ...(update[operator] as Document | undefined), [path]: operand };
  }
  return update;
}

function identifierOf(filter: Document): string | null {
  for (const [key, operand] of Object.entries(filter)) {
    if (!key.startsWith('$')) return key.split('.')[0] ?? null;
    const parts = Array.isArray(operand) ? operand.filter(isDocument) : [];
    for (const part of parts) {
      const identifier = identifierOf(part);
      if (identifier !== null) return identifier;
    }
  }
  return null;
}

type Application = { readonly options: UpdateOptions; readonly positions: Positions };

function apply(after: Document, modification: Modification, { options, positions }: Application): void {
  const { operator, path, operand } = modification;
  for (const parts of concretePaths(after, path, positions)) {
    if (operator === '$unset') {
      unsetAt(after, parts);
      continue;
    }
    if (operator === '$rename') {
      rename(after, parts, splitPath(operand as string));
      continue;
    }
    const current = valueAt(after, parts);
    const input = {
      path: parts.join('.'),
      operand,
      id: after['_id'],
      now: options.now,
      context: options.context,
    };
    const value = UPDATE_OPERATORS[operator]?.(current, input);
    if (value !== undefined) setAt(after, parts, value);
  }
}

function rename(after: Document, from: readonly string[], to: readonly string[]): void {
  for (const parts of [from, to]) {
    parts.slice(0, -1).forEach((_, at) => {
      if (!Array.isArray(valueAt(after, parts.slice(0, at + 1)))) return;
      const which = parts === from ? 'source' : 'destination';
      throw new CommandError(
        'BadValue',
        `The ${which} field cannot be an array element, '${parts.join('.')}' in doc with ${shellText({ _id: after['_id'] })} has an array field called '${parts[at] ?? ''}'`,
      );
    });
  }
  const value = valueAt(after, from);
  if (value === undefined) return;
  unsetAt(after, from);
  setAt(after, to, value);
}

/** A whole new document in place of the old one; `_id` stays and stands first. @throws CommandError 66 */
export function replacement(before: Document, update: Document): Document {
  const { _id: oldId } = before;
  const rest = cloneDocument(update);
  const newId = rest['_id'];
  if (oldId === undefined) return rest;
  if (newId !== undefined && !valuesEqual(oldId, newId)) {
    const message = `After applying the update, the (immutable) field '_id' was found to have been altered to _id: ${shellText(newId)}`;
    throw new CommandError('ImmutableField', message);
  }
  Reflect.deleteProperty(rest, '_id');
  return { _id: oldId, ...rest };
}

/** @throws CommandError 66 when an update changed or removed `_id` */
export function refuseIdChange(before: Document, after: Document): void {
  if (before['_id'] === undefined || valuesEqual(before['_id'], after['_id'])) return;
  const message = "Performing an update on the path '_id' would modify the immutable field '_id'";
  throw new CommandError('ImmutableField', message);
}

/** The fields that an upsert takes from its filter: those that it says are equal to a value. */
export function upsertBase(filter: Document): Document {
  const base: Document = {};
  const take = (part: Document): void => {
    for (const [key, operand] of Object.entries(part)) {
      if (key === '$and' && Array.isArray(operand)) operand.filter(isDocument).forEach(take);
      if (key === '$or' && Array.isArray(operand) && operand.length === 1)
        operand.filter(isDocument).forEach(take);
      if (key.startsWith('$')) continue;
      const value = equalityValue(operand);
      if (value !== undefined) setAt(base, splitPath(key), value);
    }
  };
  take(filter);
  return base;
}

function equalityValue(operand: unknown): unknown {
  if (!isDocument(operand)) return isRegex(operand) ? undefined : operand;
  const keys = Object.keys(operand);
  if (!keys.some((key) => key.startsWith('$') && !['$ref', '$id', '$db'].includes(key))) return operand;
  if ('$eq' in operand) return operand['$eq'];
  const all = operand['$all'];
  return Array.isArray(all) && all.length === 1 ? (all[0] as unknown) : undefined;
}

function isRegex(value: unknown): boolean {
  return typeName(value) === 'regex';
}
