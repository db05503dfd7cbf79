import { BSONRegExp } from 'bson';
import { CommandError } from './errors.ts';
import { compileFilter, isOperatorDocument, isTruthy, refuseSpecialFeatures } from './match.ts';
import { PLAIN_MATCH } from './match-context.ts';
import type { Document } from './values.ts';

/** Levels of `$and` and `$or` with what they join. Source: server, internalPartialFilterExpressionMaxDepth */
const DEPTH_MAX = 4;

/** Source: server, db/catalog/index_catalog_impl.cpp, _checkValidFilterExpressions */
const OPERATORS: ReadonlySet<string> = new Set([
  '$eq', '$gt', '$gte', '$lt', '$lte', '$exists', '$type', '$in', '$geoWithin', '$geoIntersects',
]); // prettier-ignore

/** What a partial index may ask of its members. @throws CommandError 67, and the matcher's */
export function checkPartialFilter(filter: Document): void {
  refuseSpecialFeatures(filter);
  compileFilter(filter, PLAIN_MATCH);
  checkClauses(filter, 1);
}

/** One of the filter's conditions: `{ a: { $gt: 1, $lt: 5 } }` has two. */
type Clause = readonly [operator: string, operand: unknown];

function clausesOf(filter: Document): Clause[] {
  return Object.entries(filter).flatMap(([name, operand]): Clause[] => {
    if (name === '$comment') return [];
    if (name.startsWith('$')) return [[name, operand]];
    return isOperatorDocument(operand) ? Object.entries(operand) : [['$eq', operand]];
  });
}

/** Several clauses are joined by an `$and` though none is written, which is a level of its own. */
function checkClauses(filter: Document, depth: number): void {
  const clauses = clausesOf(filter);
  const level = clauses.length === 1 ? depth : depth + 1;
  if (level > DEPTH_MAX) {
    const message = `partialFilterExpression depth may not exceed ${DEPTH_MAX}`;
    throw new CommandError('CannotCreateIndex', message);
  }
  for (const [operator, operand] of clauses) {
    if (operator === '$and' || operator === '$or') {
      for (const part of operand as Document[]) checkClauses(part, level + 1);
      continue;
    }
    const isNegated = operator === '$exists' && !isTruthy(operand);
    if (OPERATORS.has(operator) && !isPattern(operand) && !isNegated) continue;
    const message = `Expression not supported in partial index: ${operator}`;
    throw new CommandError('CannotCreateIndex', message);
  }
}

const isPattern = (value: unknown): boolean => value instanceof BSONRegExp || value instanceof RegExp;
