import type { KeyOf } from '../collation.ts';
import { keysBy } from '../collation.ts';
import { CommandError } from '../errors.ts';
import { isTruthy } from '../match.ts';
import { typeName } from '../match-type.ts';
import { compareValues } from '../values.ts';
import type { OperatorCompiler } from './frame.ts';
import { isNullish, operandsOf, plain } from './frame.ts';

const MANY = 1_000_000;

/** Each value once, in MongoDB's order. */
function distinctOf(values: readonly unknown[], keyOf: KeyOf): unknown[] {
  const byKey = new Map(values.map((value) => [keyOf(value), value] as const));
  return [...byKey.values()].sort((left, right) => compareValues(left, right));
}

/** A set operator over lists; null where one of them is null, unless the operator refuses that. */
function ofSets(
  name: string,
  count: readonly [number, number],
  {
    code,
    isNullable,
    calculate,
  }: {
    code: number;
    isNullable: boolean;
    calculate: (sets: readonly (readonly unknown[])[], keyOf: KeyOf) => unknown;
  },
): OperatorCompiler {
  return (operand, compile) => {
    const parts = operandsOf(name, operand, compile, count);
    return (frame) => {
      const lists = parts.map((part) => {
        const value = part(frame);
        if (isNullish(value) && isNullable) return null;
        if (Array.isArray(value)) return value as unknown[];
        throw new CommandError(
          code,
          `All operands of ${name} must be arrays. One argument is of type: ${typeName(value)}`,
        );
      });
      return lists.includes(null)
        ? null
        : calculate(
            lists.map((list) => list ?? []),
            keysBy(compile.order),
          );
    };
  };
}

const keysOf = (list: readonly unknown[] | undefined, keyOf: KeyOf): Set<string> =>
  new Set((list ?? []).map(keyOf));

function intersection([first = [], ...others]: readonly (readonly unknown[])[], keyOf: KeyOf): unknown[] {
  const sets = others.map((other) => keysOf(other, keyOf));
  return distinctOf(
    first.filter((value) => sets.every((set) => set.has(keyOf(value)))),
    keyOf,
  );
}

function areEqual([first, ...others]: readonly (readonly unknown[])[], keyOf: KeyOf): boolean {
  const wanted = keysOf(first, keyOf);
  return others.every((other) => {
    const keys = keysOf(other, keyOf);
    return keys.size === wanted.size && [...keys].every((key) => wanted.has(key));
  });
}

function truthOfAll(
  name: string,
  code: number,
  calculate: (list: readonly unknown[]) => boolean,
): OperatorCompiler {
  return plain(name, 1, (list) => {
    if (Array.isArray(list)) return calculate(list);
    throw new CommandError(code, `${name}'s argument must be an array, but is ${typeName(list)}`);
  });
}

/** Lists as sets. */
export const SETS: Readonly<Record<string, OperatorCompiler>> = {
  $setUnion: ofSets('$setUnion', [0, MANY], {
    code: 17043,
    isNullable: true,
    calculate: (sets, keyOf) => distinctOf(sets.flat(), keyOf),
  }),
  $setIntersection: ofSets('$setIntersection', [0, MANY], {
    code: 17047,
    isNullable: true,
    calculate: intersection,
  }),
  $setDifference: ofSets('$setDifference', [2, 2], {
    code: 17048,
    isNullable: true,
    calculate([first = [], second], keyOf) {
      const without = keysOf(second, keyOf);
      const seen = new Set<string>();
      return first.filter((value) => {
        const key = keyOf(value);
        const isNew = !without.has(key) && !seen.has(key);
        seen.add(key);
        return isNew;
      });
    },
  }),
  $setEquals: ofSets('$setEquals', [2, MANY], { code: 17044, isNullable: false, calculate: areEqual }),
  $setIsSubset: ofSets('$setIsSubset', [2, 2], {
    code: 17046,
    isNullable: false,
    calculate([first, second], keyOf) {
      const all = keysOf(second, keyOf);
      return [...keysOf(first, keyOf)].every((key) => all.has(key));
    },
  }),
  $allElementsTrue: truthOfAll('$allElementsTrue', 17040, (list) => list.every(isTruthy)),
  $anyElementTrue: truthOfAll('$anyElementTrue', 17041, (list) => list.some(isTruthy)),
};
