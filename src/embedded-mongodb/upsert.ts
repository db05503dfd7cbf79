import { BSONRegExp } from 'bson';
import { cloneValue } from './clone.ts';
import { CommandError } from './errors.ts';
import { plainName } from './field-names.ts';
import { isOperatorDocument } from './match.ts';
import { splitPath } from './paths.ts';
import { setAt } from './update-paths.ts';
import type { Document } from './values.ts';
import { compareStrings, isDocument } from './values.ts';

/** A field that a filter says is equal to one value. */
type Equality = { readonly path: string; readonly value: unknown };

/**
 * The document that an upsert begins with: the fields that its filter says are equal to a value, by their paths.
 * @throws CommandError 54 where the filter names a field twice, or a field and one below it
 */
export function upsertBase(filter: Document): Document {
  const base: Document = {};
  for (const { path, value } of distinctEqualities(equalitiesOf(filter))) {
    setAt(base, splitPath(path), cloneValue(value));
  }
  return base;
}

/** What an expression would set is not clear. @throws CommandError 224 for an upsert by `$expr` */
export function refuseUpsertExpression(filter: Document): void {
  if ('$expr' in filter) {
    const message = '$expr is not allowed in the query predicate for an upsert';
    throw new CommandError('QueryFeatureNotAllowed', message);
  }
  for (const [key, parts] of Object.entries(filter)) {
    if (key.startsWith('$') && Array.isArray(parts)) parts.filter(isDocument).forEach(refuseUpsertExpression);
  }
}

/** The `_id` of a replacement's filter; undefined where it has none. @throws CommandError 54, 111 */
export function upsertId(filter: Document): unknown {
  const ids = equalitiesOf(filter).filter(({ path }) => splitPath(path)[0] === '_id');
  const below = ids.find(({ path }) => path !== '_id');
  if (below !== undefined) {
    const message = `field at '_id' must be exactly specified, field at sub-path '${below.path}'found`;
    throw new CommandError('NotExactValueField', message);
  }
  return distinctEqualities(ids)[0]?.value;
}

function equalitiesOf(filter: Document): Equality[] {
  return Object.entries(filter).flatMap(([key, operand]) => {
    if (!key.startsWith('$')) return fieldEqualities(plainName(key), operand);
    const parts = Array.isArray(operand) ? operand.filter(isDocument) : [];
    const isConjunction = key === '$and' || (key === '$or' && parts.length === 1);
    return isConjunction ? parts.flatMap(equalitiesOf) : [];
  });
}

function fieldEqualities(path: string, operand: unknown): Equality[] {
  if (!isOperatorDocument(operand)) return isPattern(operand) ? [] : [{ path, value: operand }];
  return Object.entries(operand).flatMap(([operator, value]) => {
    if (operator === '$eq') return [{ path, value }];
    const values: readonly unknown[] = Array.isArray(value) ? value : [];
    const isOneOf = operator === '$all' || (operator === '$in' && values.length === 1);
    if (!isOneOf) return [];
    return values
      .filter((one) => !isPattern(one) && !isOperatorDocument(one))
      .map((one) => ({ path, value: one }));
  });
}

const isPattern = (value: unknown): boolean => value instanceof BSONRegExp || value instanceof RegExp;

function distinctEqualities(equalities: readonly Equality[]): Equality[] {
  const sorted = [...equalities].sort((left, right) => compareStrings(left.path, right.path));
  for (const { path } of sorted) {
    if (sorted.filter((other) => other.path === path).length > 1) {
      throw doubled(`path '${path}' is matched twice`);
    }
    const above = sorted.find((other) => path.startsWith(`${other.path}.`));
    if (above !== undefined) throw doubled(`both paths '${path}' and '${above.path}' are matched`);
  }
  return sorted;
}

function doubled(what: string): CommandError {
  return new CommandError('NotSingleValueField', `cannot infer query fields to set, ${what}`);
}
