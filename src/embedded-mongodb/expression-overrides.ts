import { evalExpr } from 'mingo/core';
import type { ExpressionOperator, Options } from 'mingo/types';
import { CommandError } from './errors.ts';
import { compareValues } from './values.ts';

/** Expressions compare all types by MongoDB's order; a missing field is below null and not equal to it. */
export function compareCalculated(left: unknown, right: unknown): number {
  if (left === undefined || right === undefined)
    return Number(left !== undefined) - Number(right !== undefined);
  return compareValues(left, right);
}

type Operator = (document: unknown, expression: unknown, options: Options) => unknown;

function comparison(name: string, answer: (order: number) => unknown): Operator {
  return (document, expression, options) => {
    if (!Array.isArray(expression) || expression.length !== 2) {
      throw new CommandError(
        16020,
        `Expression ${name} takes exactly 2 arguments. ${countOf(expression)} were passed in.`,
      );
    }
    const [left, right] = expression.map((part: unknown) => evalExpr(document as object, part, options));
    return answer(compareCalculated(left, right));
  };
}

function countOf(expression: unknown): number {
  return Array.isArray(expression) ? expression.length : 1;
}

function isIn(document: unknown, expression: unknown, options: Options): boolean {
  if (!Array.isArray(expression) || expression.length !== 2) {
    throw new CommandError(
      16020,
      `Expression $in takes exactly 2 arguments. ${countOf(expression)} were passed in.`,
    );
  }
  const [value, list] = expression.map((part: unknown) => evalExpr(document as object, part, options));
  if (Array.isArray(list)) return list.some((element) => compareCalculated(value, element) === 0);
  throw new CommandError(40081, '$in requires an array as a second argument');
}

/** Operators whose answer depends on MongoDB's order of types, in place of mingo's. */
export const EXPRESSION_OVERRIDES = {
  $eq: comparison('$eq', (order) => order === 0),
  $ne: comparison('$ne', (order) => order !== 0),
  $gt: comparison('$gt', (order) => order > 0),
  $gte: comparison('$gte', (order) => order >= 0),
  $lt: comparison('$lt', (order) => order < 0),
  $lte: comparison('$lte', (order) => order <= 0),
  $cmp: comparison('$cmp', Math.sign),
  $in: isIn,
  // mingo's own type for an operator wants options that these do not read.
} as unknown as Readonly<Record<`$${string}`, ExpressionOperator>>;
