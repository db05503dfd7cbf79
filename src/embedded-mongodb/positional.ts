import { plainName } from './field-names.ts';
import type { MatchContext } from './match.ts';
import { compileFilter, isOperatorDocument, isTruthy } from './match.ts';
import { arrayIndex, joinPath, splitPath } from './paths.ts';
import type { Document } from './values.ts';
import { fieldOf, isDocument } from './values.ts';

/** One condition of a filter on one path. */
type Clause = { readonly path: string; readonly operand: unknown };

/**
 * Place of the array element that made `filter` match: what `$` in an update and `array.$` in a projection mean.
 * The filter's last condition on that array decides; without one, its last condition on any array.
 * @returns null when the filter says nothing of an array
 */
export function matchedIndex(
  filter: Document,
  document: Document,
  arrayPath: string,
  context: MatchContext,
): number | null {
  const clauses = clausesOf(filter).reverse();
  const own = clauses.filter(({ path }) => path === arrayPath || path.startsWith(`${arrayPath}.`));
  for (const clause of own) {
    const index = indexFor(clause, document, arrayPath, context);
    if (index !== null) return index;
  }
  for (const clause of clauses.filter((other) => !own.includes(other))) {
    for (const prefix of prefixesOf(clause.path)) {
      const index = indexFor(clause, document, prefix, context);
      if (index !== null) return index;
    }
  }
  return null;
}

/** The conditions that are met by one element; what is denied, and branches of which any may hold, name none. */
function clausesOf(filter: Document): Clause[] {
  return Object.entries(filter).flatMap(([key, operand]) => {
    if (!key.startsWith('$')) return fieldClauses(plainName(key), operand);
    const parts = Array.isArray(operand) ? operand.filter(isDocument) : [];
    if (key === '$and') return parts.flatMap(clausesOf);
    return key === '$or' ? branchClauses(parts) : [];
  });
}

/** Equalities of one field are an `$in`, as MongoDB rewrites them. */
function branchClauses(branches: readonly Document[]): Clause[] {
  if (branches.length === 1) return branches.flatMap(clausesOf);
  const equalities = branches.map((branch) => Object.entries(branch));
  const path = equalities[0]?.[0]?.[0];
  const isOneField = equalities.every(
    ([first, ...more]) => more.length === 0 && first?.[0] === path && !isOperatorDocument(first?.[1]),
  );
  if (path === undefined || path.startsWith('$') || !isOneField) return [];
  return [{ path: plainName(path), operand: { $in: equalities.map(([first]) => first?.[1]) } }];
}

/** Operators that no single element meets. */
const NAMELESS = new Set(['$ne', '$nin', '$not', '$size', '$comment', '$options']);
/** The order in which MongoDB asks the conditions of one field: the last one decides. Source: server, `MatchType` */
const ASKED_IN_ORDER = [
  '$all',
  '$elemMatch',
  '$eq',
  '$lte',
  '$lt',
  '$gt',
  '$gte',
  '$regex',
  '$mod',
  '$exists',
  '$in',
];

function fieldClauses(path: string, operand: unknown): Clause[] {
  if (!isOperatorDocument(operand)) return [{ path, operand }];
  const operators = Object.entries(operand).filter(([operator]) => !NAMELESS.has(operator));
  operators.sort(([left], [right]) => ASKED_IN_ORDER.indexOf(left) - ASKED_IN_ORDER.indexOf(right));
  return operators.flatMap(([operator, value]) => {
    if (operator === '$exists' && !isTruthy(value)) return [];
    if (operator === '$all' && Array.isArray(value)) {
      return value.map((part: unknown) => ({ path, operand: part }));
    }
    const options = operator === '$regex' && '$options' in operand ? { $options: operand['$options'] } : {};
    return [{ path, operand: { [operator]: value, ...options } }];
  });
}

function prefixesOf(path: string): string[] {
  const parts = splitPath(path);
  return parts.map((_, at) => joinPath(parts.slice(0, at + 1)));
}

/** The first element with which alone in its array the condition still holds. */
function indexFor(
  clause: Clause,
  document: Document,
  arrayPath: string,
  context: MatchContext,
): number | null {
  const array = splitPath(arrayPath).reduce<unknown>((value, part) => stepInto(value, part), document);
  if (!Array.isArray(array)) return null;
  const rest = clause.path === arrayPath ? 'element' : `element.${clause.path.slice(arrayPath.length + 1)}`;
  const test = compileFilter({ [rest]: clause.operand }, context);
  const index = array.findIndex((element: unknown) => test({ element: [element] }));
  return index === -1 ? null : index;
}

function stepInto(value: unknown, part: string): unknown {
  return Array.isArray(value) ? (value[arrayIndex(part) ?? -1] as unknown) : fieldOf(value, part);
}
