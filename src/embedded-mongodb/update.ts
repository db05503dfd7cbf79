import { elementTests, identifierIn } from './array-filters.ts';
import { cloneDocument } from './clone.ts';
import { CommandError } from './errors.ts';
import { plainName } from './field-names.ts';
import type { MatchContext } from './match.ts';
import { arrayIndex, joinPath, splitPath } from './paths.ts';
import { shellText } from './shell-text.ts';
import { typeName } from './match-type.ts';
import type { Positions } from './update-paths.ts';
import { concretePaths, refuseUnreachable, setAt, unsetAt, valueAt } from './update-paths.ts';
import { checkRename, checkUpdatePath, refuseDollar, refuseHalfReference } from './update-checks.ts';
import type { UpdateOperator } from './update-operators.ts';
import { UPDATE_OPERATORS } from './update-operators.ts';
import type { Document } from './values.ts';
import { isDocument, valuesEqual } from './values.ts';

/** One field that an update changes. */
type Modification = {
  readonly operator: string;
  readonly path: string;
  readonly operand: unknown;
  /** null for `$unset` and `$rename`, which are done here. */
  readonly newValue: UpdateOperator | null;
};

/** An update compiled for all the documents of one statement. */
export type Updater = (
  before: Document,
  place: { readonly isInsert: boolean; readonly matchedIndex: Positions['matchedIndex'] },
) => Document;

export type UpdateOptions = {
  readonly arrayFilters: readonly Document[];
  readonly context: MatchContext;
  readonly now: Date;
};

/** Compiles update operators. @throws CommandError 9 for an unknown operator, 40 for two changes of one field */
export function compileUpdate(update: Document, options: UpdateOptions): Updater {
  const modifications = Object.entries(update).flatMap(([operator, fields]) =>
    modificationsOf(operator, fields, options),
  );
  modifications.sort((left, right) => comparePaths(splitPath(left.path), splitPath(right.path)));
  const paths = modifications.map(({ path }) => path);
  const { context } = options;
  const filters = elementTests(options.arrayFilters, { update, paths, context });
  refuseConflicts(modifications);
  const mayMeet = paths.some((path) => path.includes('$')) && paths.length > 1;
  const hasDollar = paths.some((path) => path.startsWith('$'));
  return (before, { isInsert, matchedIndex }) => {
    if (!isInsert)
      for (const { path, operator } of modifications) if (operator !== '$unset') refuseDollar(path);
    // Which elements are meant is decided before any of them is changed.
    const changes = modifications
      .filter(({ operator }) => operator !== '$setOnInsert' || isInsert)
      .map((modification) => ({
        modification,
        places: concretePaths(before, modification.path, { filters, matchedIndex }),
      }));
    if (mayMeet) refuseMeeting(changes.flatMap(({ places }) => places));
    const after = cloneDocument(before);
    for (const { modification, places } of changes) {
      for (const parts of places) apply(after, modification, parts);
      if (hasDollar && !isInsert) refuseHalfReference(after, splitPath(modification.path)[0] ?? '');
    }
    return after;
  };
}

function modificationsOf(operator: string, fields: unknown, { context, now }: UpdateOptions): Modification[] {
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
    checkUpdatePath(path);
    if (operator === '$rename') checkRename(path, operand);
    const newValue = UPDATE_OPERATORS[operator]?.({ path, operand, context, now }) ?? null;
    return { operator, path, operand, newValue };
  });
}

/** By name, array places by number: the order in which MongoDB adds new fields. */
function comparePaths(left: readonly string[], right: readonly string[]): number {
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const [a, b] = [left[index] as string, right[index] as string];
    if (a === b) continue;
    const [aPlace, bPlace] = [arrayIndex(a), arrayIndex(b)];
    if (aPlace !== null && bPlace !== null) return aPlace - bPlace;
    return plainName(a) < plainName(b) ? -1 : 1;
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
    if (next !== undefined && path.every((part, at) => next[at] === part)) throw conflict(next, path);
  });
  // What is below a path is either elements that filters name or fields by their names.
  const isFiltered = new Map<string, boolean>();
  for (const path of sorted) {
    path.forEach((part, at) => {
      const above = joinPath(path.slice(0, at));
      const isIdentifier = identifierIn(part) !== null;
      if ((isFiltered.get(above) ?? isIdentifier) !== isIdentifier) throw conflict(path, path.slice(0, at));
      isFiltered.set(above, isIdentifier);
    });
  }
}

function conflict(path: readonly string[], at: readonly string[]): CommandError {
  const message = `Updating the path '${joinPath(path)}' would create a conflict at '${joinPath(at)}'`;
  return new CommandError('ConflictingUpdateOperators', message);
}

/** @throws CommandError 40 when two of the places are one, or one is below another */
function refuseMeeting(places: readonly (readonly string[])[]): void {
  const sorted = [...places].sort(comparePaths);
  sorted.forEach((path, index) => {
    const next = sorted[index + 1];
    if (next === undefined || !path.every((part, at) => next[at] === part)) return;
    const message = `Update created a conflict at '${joinPath(path)}'`;
    throw new CommandError('ConflictingUpdateOperators', message);
  });
}

/** Operators that make no fields: what they cannot reach is an error where another value is in the way. */
const CULLING = new Set(['$pop', '$pull', '$pullAll', '$rename']);

function apply(
  after: Document,
  { operator, operand, newValue }: Modification,
  parts: readonly string[],
): void {
  if (CULLING.has(operator)) refuseUnreachable(after, parts);
  if (newValue === null) {
    if (operator === '$unset') unsetAt(after, parts);
    else rename(after, parts, splitPath(operand as string));
    return;
  }
  const value = newValue(valueAt(after, parts), { path: joinPath(parts), id: after['_id'] });
  if (value !== undefined) setAt(after, parts, value);
}

function rename(after: Document, from: readonly string[], to: readonly string[]): void {
  for (const parts of [from, to]) {
    parts.slice(0, -1).forEach((_, at) => {
      if (!Array.isArray(valueAt(after, parts.slice(0, at + 1)))) return;
      const which = parts === from ? 'source' : 'destination';
      throw new CommandError(
        'BadValue',
        `The ${which} field cannot be an array element, '${joinPath(parts)}' in doc with ${shellText({ _id: after['_id'] })} has an array field called '${parts[at] ?? ''}'`,
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
