import { CommandError } from '../errors.ts';
import { isTruthy } from '../match.ts';
import type { TextOrder } from '../values.ts';
import { compareValues, isDocument, RANK, typeRank } from '../values.ts';
import type { Compile, Expression, OperatorCompiler } from './frame.ts';
import { comparing, isNullish, namedOperands, operandsOf, plain } from './frame.ts';

const MANY = 1_000_000;

const rankOf = (value: unknown): number => (value === undefined ? RANK.undefined : typeRank(value));

/**
 * Expressions compare all types by MongoDB's order; a missing field is above MinKey, below null and not equal to it.
 * Source: server, bson/bsontypes.h, canonicalizeBSONType
 */
export function compareCalculated(left: unknown, right: unknown, order: TextOrder): number {
  if (left === undefined || right === undefined) return rankOf(left) - rankOf(right);
  return compareValues(left, right, order);
}

const comparison = (name: string, answer: (order: number) => unknown): OperatorCompiler =>
  comparing(name, 2, (by) => (left, right) => answer(compareCalculated(left, right, by)));

function every(operand: unknown, compile: Compile): Expression {
  const parts = operandsOf('$and', operand, compile, [0, MANY]);
  return (frame) => parts.every((part) => isTruthy(part(frame)));
}

function some(operand: unknown, compile: Compile): Expression {
  const parts = operandsOf('$or', operand, compile, [0, MANY]);
  return (frame) => parts.some((part) => isTruthy(part(frame)));
}

const cond: OperatorCompiler = (operand, compile) => {
  const given: unknown[] = isDocument(operand)
    ? ['if', 'then', 'else'].map(
        (key) =>
          namedOperands('$cond', operand, { required: { if: 17080, then: 17081, else: 17082 }, code: 17083 })[
            key
          ],
      )
    : [];
  const [test, yes, no] = (
    isDocument(operand) ? given.map(compile) : operandsOf('$cond', operand, compile, [3, 3])
  ) as [Expression, Expression, Expression];
  return (frame) => (isTruthy(test(frame)) ? yes(frame) : no(frame));
};

const ifNull: OperatorCompiler = (operand, compile) => {
  const given: unknown[] = Array.isArray(operand) ? operand : [operand];
  if (given.length < 2) {
    throw new CommandError(1257300, `$ifNull needs at least two arguments, had: ${given.length}`);
  }
  const parts = given.map(compile);
  const last = parts.pop() as Expression;
  return (frame) => {
    for (const part of parts) {
      const value = part(frame);
      if (!isNullish(value)) return value;
    }
    return last(frame);
  };
};

const choose: OperatorCompiler = (operand, compile) => {
  if (!isDocument(operand)) throw new CommandError(40060, '$switch requires an object as an argument');
  const { branches = [], default: otherwise, ...others } = operand;
  const [other] = Object.keys(others);
  if (other !== undefined) throw new CommandError(40067, `$switch found an unknown argument: ${other}`);
  if (!Array.isArray(branches)) throw new CommandError(40061, "$switch expected an array for 'branches'");
  if (branches.length === 0) throw new CommandError(40068, '$switch requires at least one branch.');
  const compiled = branches.map((branch: unknown) => {
    if (!isDocument(branch)) throw new CommandError(40062, '$switch expected each branch to be an object');
    const odd = Object.keys(branch).find((key) => key !== 'case' && key !== 'then');
    if (odd !== undefined)
      throw new CommandError(40063, `$switch found an unknown argument to a branch: ${odd}`);
    if (branch['case'] === undefined)
      throw new CommandError(40064, "$switch requires each branch have a 'case' expression");
    if (branch['then'] === undefined)
      throw new CommandError(40065, "$switch requires each branch have a 'then' expression.");
    return { test: compile(branch['case']), value: compile(branch['then']) };
  });
  const fallback = 'default' in operand ? compile(otherwise) : null;
  return (frame) => {
    const branch = compiled.find(({ test }) => isTruthy(test(frame)));
    if (branch !== undefined) return branch.value(frame);
    if (fallback !== null) return fallback(frame);
    throw new CommandError(
      40066,
      '$switch could not find a matching branch for an input, and no default was specified.',
    );
  };
};

/** Comparison, truth and choice. */
export const LOGIC: Readonly<Record<string, OperatorCompiler>> = {
  $eq: comparison('$eq', (order) => order === 0),
  $ne: comparison('$ne', (order) => order !== 0),
  $gt: comparison('$gt', (order) => order > 0),
  $gte: comparison('$gte', (order) => order >= 0),
  $lt: comparison('$lt', (order) => order < 0),
  $lte: comparison('$lte', (order) => order <= 0),
  $cmp: comparison('$cmp', Math.sign),
  $and: every,
  $or: some,
  $not: plain('$not', 1, (value) => !isTruthy(value)),
  $cond: cond,
  $ifNull: ifNull,
  $switch: choose,
};
