import { CommandError } from '../errors.ts';
import { typeName } from '../match-type.ts';
import type { TextOrder } from '../values.ts';
import { isDocument } from '../values.ts';

/** Where an expression stands: the document it began with, the one it reads, and the variables there are. */
export type Frame = {
  readonly root: unknown;
  readonly current: unknown;
  readonly variables: Readonly<Record<string, unknown>>;
};

/** A compiled expression: its value in a frame, `undefined` for what MongoDB calls missing. */
export type Expression = (frame: Frame) => unknown;

/** Compiles an expression inside another. */
export type Compile = ((spec: unknown) => Expression) & {
  /** By which its texts compare. */
  readonly order: TextOrder;
  /** The variables that it may read, beside those of MongoDB itself. */
  readonly names: ReadonlySet<string>;
  /** The compiler for where there are these too. @throws CommandError 16866, 16867, 16868 for a wrong name */
  readonly having: (names: readonly string[]) => Compile;
};

/** Compiles one operator with its operand as it was written. @throws CommandError for a wrong operand */
export type OperatorCompiler = (operand: unknown, compile: Compile) => Expression;

/** True for what most operators answer with null: null, missing. */
export function isNullish(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}

/** A frame with one more variable, or several. Paths begin at `CURRENT`, whatever that is. */
export function withVariables(frame: Frame, variables: Readonly<Record<string, unknown>>): Frame {
  const current = Object.hasOwn(variables, 'CURRENT') ? variables['CURRENT'] : frame.current;
  return { root: frame.root, current, variables: { ...frame.variables, ...variables } };
}

/** The operands of an operator that takes so many. @throws CommandError 16020 */
export function operandsOf(
  name: string,
  operand: unknown,
  compile: Compile,
  count: readonly [number, number],
) {
  const given: readonly unknown[] = Array.isArray(operand) ? operand : [operand];
  const [least, most] = count;
  if (given.length >= least && given.length <= most) return given.map(compile);
  if (least === most) {
    const message = `Expression ${name} takes exactly ${least} arguments. ${given.length} were passed in.`;
    throw new CommandError(16020, message);
  }
  const message = `Expression ${name} takes at least ${least} arguments, and at most ${most}, but ${given.length} were passed in.`;
  throw new CommandError(28667, message);
}

/** The arguments of an operator that takes an object, and MongoDB's codes for those that are wrong. */
export type ArgumentNames = {
  /** Each that must be there, with the code of its absence where that is one of its own. */
  readonly required: Readonly<Record<string, number | null>>;
  readonly optional?: readonly string[];
  /** Code for what is no object. */
  readonly code?: number;
  /** Code for an argument that the operator does not know. */
  readonly unknown?: number;
};

/** The named arguments of an operator that takes an object. @throws CommandError */
export function namedOperands(
  name: string,
  operand: unknown,
  { required, optional = [], code = 9, unknown = code }: ArgumentNames,
): Readonly<Record<string, unknown>> {
  if (!isDocument(operand)) {
    throw new CommandError(code, `${name} only supports an object as its argument, not ${typeName(operand)}`);
  }
  const odd = Object.keys(operand).find((key) => !(key in required) && !optional.includes(key));
  if (odd !== undefined) throw new CommandError(unknown, `Unrecognized argument to ${name}: ${odd}`);
  for (const [key, missing] of Object.entries(required)) {
    if (!(key in operand)) throw new CommandError(missing ?? code, `Missing '${key}' parameter to ${name}`);
  }
  return operand;
}

/** An operator of so many operands, given their values. */
export function plain(
  name: string,
  count: number | readonly [number, number],
  calculate: (...values: unknown[]) => unknown,
): OperatorCompiler {
  const range: readonly [number, number] = typeof count === 'number' ? [count, count] : count;
  return (operand, compile) => {
    const parts = operandsOf(name, operand, compile, range);
    const [first, second] = parts;
    if (parts.length === 1 && first !== undefined) return (frame) => calculate(first(frame));
    if (parts.length === 2 && first !== undefined && second !== undefined) {
      return (frame) => calculate(first(frame), second(frame));
    }
    return (frame) => calculate(...parts.map((part) => part(frame)));
  };
}

/** As `plain`, for an operator that compares texts. */
export function comparing(
  name: string,
  count: number | readonly [number, number],
  calculate: (order: TextOrder) => (...values: unknown[]) => unknown,
): OperatorCompiler {
  return (operand, compile) => plain(name, count, calculate(compile.order))(operand, compile);
}
