import { plainName } from './field-names.ts';
import { NEAR_OPERATORS, NEAR_OPTIONS } from './geo-match.ts';
import type { MatchContext } from './match.ts';
import { elementPredicate, isOperatorDocument, isTruthy } from './match.ts';
import type { Path } from './paths.ts';
import { arrayIndex, splitPath } from './paths.ts';
import { regexOf } from './regex.ts';
import type { Document } from './values.ts';
import { compareStrings, fieldOf, hasFields, isDocument, RANK, typeRank } from './values.ts';

/** The place of the array element that made a filter match; null where none did. */
export type MatchedPlace = (document: Document) => number | null;

/** One condition of a filter on one path. */
type Condition = { readonly path: string; readonly operator: string; readonly operand: unknown };

type Clause = {
  readonly path: Path;
  readonly test: (value: unknown) => boolean;
  /** What an array at the path's end is asked: its elements and itself, its elements only, or itself only. */
  readonly atArray: 'each' | 'elements' | 'whole';
};

/**
 * What `$` in an update and `array.$` in a projection mean: each condition that is met by going through an array notes
 * the place in it, the outermost where there are several, and the last note counts. A place that the path itself
 * names is not noted.
 * Source: server, matcher/path.cpp and expression_path.h, `MatchDetails::setElemMatchKey`
 */
export function matchedPlace(filter: Document, context: MatchContext): MatchedPlace {
  let clauses: readonly Clause[] | null = null;
  return (document) => {
    clauses ??= inOrder(conditionsOf(filter)).map((condition) => clauseOf(condition, context));
    let place: number | null = null;
    for (const clause of clauses) place = placeWhere(document, clause) ?? place;
    return place;
  };
}

/** The conditions that are met by one element; what is denied, and branches of which any may hold, name none. */
function conditionsOf(filter: Document): Condition[] {
  return Object.entries(filter).flatMap(([key, operand]) => {
    if (!key.startsWith('$')) return fieldConditions(plainName(key), operand);
    const parts = Array.isArray(operand) ? operand.filter(isDocument) : [];
    if (key === '$and') return parts.flatMap(conditionsOf);
    return key === '$or' ? branchConditions(parts) : [];
  });
}

/** Equalities of one field are an `$in`, as MongoDB rewrites them. */
function branchConditions(branches: readonly Document[]): Condition[] {
  if (branches.length === 1) return branches.flatMap(conditionsOf);
  const equalities = branches.map((branch) => Object.entries(branch));
  const path = equalities[0]?.[0]?.[0];
  const isOneField = equalities.every(
    ([first, ...more]) => more.length === 0 && first?.[0] === path && !isOperatorDocument(first?.[1]),
  );
  if (path === undefined || path.startsWith('$') || !isOneField) return [];
  return [{ path: plainName(path), operator: '$in', operand: equalities.map(([first]) => first?.[1]) }];
}

/** What is denied, and what is no condition. */
const NAMELESS = new Set(['$ne', '$nin', '$not', '$comment', '$options', ...NEAR_OPERATORS, ...NEAR_OPTIONS]);

function fieldConditions(path: string, operand: unknown): Condition[] {
  if (!isOperatorDocument(operand)) {
    return [{ path, operator: typeRank(operand) === RANK.regex ? '$regex' : '$eq', operand }];
  }
  return Object.entries(operand).flatMap(([operator, value]) => {
    if (NAMELESS.has(operator) || (operator === '$exists' && !isTruthy(value))) return [];
    if (operator === '$all' && Array.isArray(value)) {
      return value.flatMap((part: unknown) => fieldConditions(path, part));
    }
    if (operator === '$in' && Array.isArray(value) && value.length === 1) {
      return fieldConditions(path, value[0]);
    }
    return [{ path, operator, operand: operator === '$regex' ? regexOf(value, operand['$options']) : value }];
  });
}

/** The order in which MongoDB asks the conditions of a filter. Source: server, `MatchType` */
const ASKED_IN_ORDER = [
  '$elemMatch', '$size', '$eq', '$lte', '$lt', '$gt', '$gte', '$regex', '$mod', '$exists', '$in',
]; // prettier-ignore

/** By operator, then by path. Source: server, query/canonical_query.cpp, `sortTree` */
function inOrder(conditions: readonly Condition[]): Condition[] {
  const rankOf = ({ operator }: Condition): number => {
    const at = ASKED_IN_ORDER.indexOf(operator);
    return at === -1 ? ASKED_IN_ORDER.length : at;
  };
  return [...conditions].sort(
    (left, right) => rankOf(left) - rankOf(right) || compareStrings(left.path, right.path),
  );
}

function clauseOf({ path, operator, operand }: Condition, context: MatchContext): Clause {
  const parts = splitPath(path);
  if (operator === '$elemMatch') {
    return { path: parts, test: elementPredicate(operand, context), atArray: 'elements' };
  }
  const test = elementPredicate({ [operator]: operand }, context);
  return { path: parts, test, atArray: operator === '$size' ? 'whole' : 'each' };
}

/** undefined where the condition is not met; else the place that it notes, null for none. */
function placeWhere(value: unknown, clause: Clause, from = 0): number | null | undefined {
  const component = clause.path[from];
  if (component === undefined) return placeAtEnd(value, clause);
  if (!Array.isArray(value)) {
    if (hasFields(value)) return placeWhere(fieldOf(value, component), clause, from + 1);
    return clause.test(undefined) ? null : undefined;
  }
  const named = arrayIndex(component);
  for (const [at, element] of value.entries()) {
    if (hasFields(element) && placeWhere(element, clause, from) !== undefined) return at;
    if (at !== named) continue;
    const below = placeInNamed(element, clause, from + 1);
    if (below !== undefined) return below;
  }
  return undefined;
}

/** The element that the path names by its place is not gone through where the path ends with it. */
function placeInNamed(element: unknown, clause: Clause, from: number): number | null | undefined {
  const isEnd = from === clause.path.length && clause.atArray === 'each';
  if (!isEnd) return placeWhere(element, clause, from);
  return clause.test(element) ? null : undefined;
}

function placeAtEnd(value: unknown, { test, atArray }: Clause): number | null | undefined {
  if (Array.isArray(value) && atArray !== 'whole') {
    const at = value.findIndex((element: unknown) => test(element));
    if (at !== -1) return at;
  }
  return atArray !== 'elements' && test(value) ? null : undefined;
}
