import { Int32 } from 'bson';
import { keysBy } from '../collation.ts';
import { CommandError } from '../errors.ts';
import type { Accumulator } from '../expressions/accumulators.ts';
import { ACCUMULATORS } from '../expressions/accumulators.ts';
import type { Surroundings } from '../expressions/expression.ts';
import { compileExpression, compilerIn, evaluate, frameOf } from '../expressions/expression.ts';
import type { Frame } from '../expressions/frame.ts';
import { heldName } from '../field-names.ts';
import { typeName } from '../match-type.ts';
import type { StageMemory } from '../memory.ts';
import { metered, sizeOf, stageMemory } from '../memory.ts';
import type { Document, TextOrder } from '../values.ts';
import { compareValues, isDocument, isNumeric, setField, toDouble } from '../values.ts';
import type { Rounder } from './preferred-numbers.ts';
import { rounderOf } from './preferred-numbers.ts';
import type { Stage, StageCompiler } from './stage.ts';

/** Makes the accumulators of one group, under the names of their fields. */
export type MakeAccumulators = () => readonly { readonly name: string; readonly state: Accumulator }[];

/** The fields of `$group` and its kin. @throws CommandError 15952, 40234, 40235 */
export function compileAccumulators(fields: Document, surroundings: Surroundings): MakeAccumulators {
  const compile = compilerIn(surroundings);
  const makers = Object.entries(fields).map(([name, spec]) => {
    if (name.includes('.')) throw new CommandError(40235, `The field name '${name}' cannot contain '.'`);
    if (name.startsWith('$'))
      throw new CommandError(40236, `The field name '${name}' cannot be an operator name`);
    const keys = isDocument(spec) ? Object.keys(spec) : [];
    if (!isDocument(spec) || keys.length === 0) {
      throw new CommandError(40234, `The field '${name}' must be an accumulator object`);
    }
    if (keys.length > 1) throw new CommandError(40238, `The field '${name}' must specify one accumulator`);
    const [operator = ''] = keys;
    const compiler = Object.hasOwn(ACCUMULATORS, operator) ? ACCUMULATORS[operator] : undefined;
    if (compiler === undefined) throw new CommandError(15952, `unknown group operator '${operator}'`);
    return { name, make: compiler(spec[operator], compile) };
  });
  return () => makers.map(({ name, make }) => ({ name, state: make() }));
}

type Group = { readonly id: unknown; readonly states: ReturnType<MakeAccumulators> };

/** What an accumulator of one group costs, about. */
const STATE_BYTES = 100;

/** Gives a document to its group's accumulators. @throws CommandError 292 when they hold too much */
function addTo({ states }: Group, frame: Frame, memory: StageMemory): void {
  for (const { state } of states) {
    state.add(frame);
    const grown = state.grown?.() ?? 0;
    if (grown > 0) memory.hold(grown);
  }
}

function documentOfGroup({ id, states }: Group): Document {
  const document: Document = { _id: id };
  for (const { name, state } of states) {
    const value = state.result();
    if (value !== undefined) setField(document, name, value);
  }
  return document;
}

/**
 * What a document is grouped by. Where that is an object of one field, a missing field is null there too.
 * Source: server, jstests/aggregation/bugs/groupMissing.js (SERVER-21992)
 */
function compileId(spec: unknown, surroundings: Surroundings): (frame: Frame) => unknown {
  const idOf = compileExpression(spec, surroundings);
  const [name, ...others] = isDocument(spec) ? Object.keys(spec) : [];
  if (name === undefined || name.startsWith('$') || others.length > 0) return (frame) => idOf(frame) ?? null;
  return (frame) => {
    const id = idOf(frame) as Document;
    return id[name] === undefined ? { [name]: null } : id;
  };
}

/** `$group`: one document for each value of `_id`, in the order in which they came. */
const group: StageCompiler = (spec, { scope }) => {
  if (!isDocument(spec)) throw new CommandError(15947, "a group's fields must be specified in an object");
  if (!('_id' in spec)) throw new CommandError(15955, 'a group specification must include an _id');
  const { _id: idSpec, ...fields } = spec;
  const idOf = compileId(idSpec, scope);
  const make = compileAccumulators(fields, scope);
  return function* (documents) {
    const groups = new Map<string, Group>();
    const keyOf = keysBy(scope.collate);
    const memory = stageMemory('$group');
    for (const document of documents) {
      const frame = frameOf(document, scope.variables);
      const id = idOf(frame);
      const key = keyOf(id);
      let known = groups.get(key);
      if (known === undefined) {
        known = { id, states: make() };
        groups.set(key, known);
        memory.hold(sizeOf(id) + key.length + known.states.length * STATE_BYTES);
      }
      addTo(known, frame, memory);
    }
    for (const known of groups.values()) yield documentOfGroup(known);
  };
};

const count: StageCompiler = (name) => {
  if (typeof name !== 'string') throw new CommandError(40156, `the count field must be a non-empty string`);
  if (name === '') throw new CommandError(40157, 'the count field must be a non-empty string');
  if (name.startsWith('$')) throw new CommandError(40158, 'the count field cannot be a $-prefixed path');
  if (name.includes('.')) throw new CommandError(40160, "the count field cannot contain '.'");
  return function* (documents) {
    let n = 0;
    const each = documents[Symbol.iterator]();
    while (each.next().done !== true) n++;
    if (n > 0) yield { [heldName(name)]: new Int32(n) };
  };
};

const sortByCount: StageCompiler = (spec, place, runner) => {
  const isPath = typeof spec === 'string' && spec.startsWith('$');
  if (!isPath && !isDocument(spec)) {
    throw new CommandError(
      40149,
      'the sortByCount field must be defined as a $-prefixed path or an expression inside an object',
    );
  }
  const grouped = group({ _id: spec, count: { $sum: new Int32(1) } }, place, runner);
  return (documents) =>
    [...grouped(documents)].sort((left, right) => compareValues(right['count'], left['count']));
};

const COUNTED = { count: { $sum: new Int32(1) } };

const bucket: StageCompiler = (spec, { scope }) => {
  if (!isDocument(spec))
    throw new CommandError(
      40201,
      `Argument to $bucket stage must be an object, but found type: ${typeName(spec)}`,
    );
  const { groupBy, boundaries, output } = spec;
  if (groupBy === undefined || boundaries === undefined) {
    throw new CommandError(40198, "$bucket requires 'groupBy' and 'boundaries' to be specified.");
  }
  if (!Array.isArray(boundaries))
    throw new CommandError(40200, "The $bucket 'boundaries' field must be an array");
  const { collate } = scope;
  const bounds = boundaries.map((bound: unknown) => evaluate(bound, scope));
  if (bounds.length < 2)
    throw new CommandError(40192, "The $bucket 'boundaries' field must have at least 2 values");
  if (bounds.some((bound, at) => at > 0 && compareValues(bounds[at - 1], bound, collate) >= 0)) {
    throw new CommandError(40194, "The 'boundaries' option to $bucket must be sorted in ascending order");
  }
  const value = compileExpression(groupBy, scope);
  const make = compileAccumulators(isDocument(output) ? output : COUNTED, scope);
  const hasDefault = 'default' in spec;
  if (hasDefault && placeIn(bounds, spec['default'], collate) !== -1) {
    const message =
      "The $bucket 'default' field must be less than the lowest boundary or greater than or equal to the highest boundary.";
    throw new CommandError(40199, message);
  }
  return function* (documents) {
    const groups = new Map<number, Group>();
    const memory = stageMemory('$bucket');
    for (const document of documents) {
      const frame = frameOf(document, scope.variables);
      const at = placeIn(bounds, value(frame), collate);
      if (at === -1 && !hasDefault) {
        throw new CommandError(
          40066,
          '$switch could not find a matching branch for an input, and no default was specified.',
        );
      }
      const known = groups.get(at) ?? { id: at === -1 ? spec['default'] : bounds[at], states: make() };
      groups.set(at, known);
      addTo(known, frame, memory);
    }
    const sorted = [...groups.values()].sort((left, right) => compareValues(left.id, right.id, collate));
    yield* sorted.map(documentOfGroup);
  };
};

/** The bucket of a value: the last bound that is not above it; -1 where it lies outside. */
function placeIn(bounds: readonly unknown[], value: unknown, order: TextOrder): number {
  if (value === undefined || compareValues(value, bounds[0], order) < 0) return -1;
  if (compareValues(value, bounds.at(-1), order) >= 0) return -1;
  return bounds.findLastIndex((bound) => compareValues(bound, value, order) <= 0);
}

/** `$bucketAuto`: buckets of nearly the same size; equal values stay together. */
const bucketAuto: StageCompiler = (spec, { scope }) => {
  if (!isDocument(spec)) throw new CommandError(40240, 'The argument to $bucketAuto must be an object');
  const { groupBy, buckets, output } = spec;
  if (groupBy === undefined || buckets === undefined) {
    throw new CommandError(40246, "$bucketAuto requires 'groupBy' and 'buckets' to be specified.");
  }
  const rounder = spec['granularity'] === undefined ? null : rounderOf(spec['granularity']);
  const wanted = isNumeric(buckets) ? toDouble(buckets) : 0;
  if (!(wanted > 0)) throw new CommandError(40243, "The $bucketAuto 'buckets' field must be greater than 0");
  const value = compileExpression(groupBy, scope);
  const make = compileAccumulators(isDocument(output) ? output : COUNTED, scope);
  return function* (documents) {
    const all = [...metered(documents, '$bucketAuto')]
      .map((document) => ({ document, value: value(frameOf(document, scope.variables)) ?? null }))
      .sort((left, right) => compareValues(left.value, right.value, scope.collate));
    // The next value still belongs to the bucket when it equals its last, or lies below its rounded boundary.
    const isBelow = (next: unknown, boundary: unknown): boolean =>
      compareValues(next, boundary, scope.collate) < (rounder === null ? 1 : 0);
    let at = 0;
    const size = Math.max(Math.round(all.length / wanted), 1);
    const [first] = all;
    if (first === undefined) return;
    let min: unknown = rounder === null ? first.value : rounder.down(first.value);
    for (let bucket = 0; bucket < wanted && at < all.length; bucket++) {
      let end = Math.min(at + size, all.length);
      const limit = rounder?.up(all[end - 1]?.value);
      while (end < all.length && isBelow(all[end]?.value, limit ?? all[end - 1]?.value)) end++;
      if (bucket === wanted - 1) end = all.length;
      const states = make();
      for (const { document } of all.slice(at, end)) {
        for (const { state } of states) state.add(frameOf(document, scope.variables));
      }
      const max = bucketMax(all, end, rounder);
      yield documentOfGroup({ id: { min, max }, states });
      min = max;
      at = end;
    }
  };
};

/** Where the bucket ends: at the next value or, without one, at its own last; or at a preferred number. */
function bucketMax(
  all: readonly { readonly value: unknown }[],
  end: number,
  rounder: Rounder | null,
): unknown {
  const [last, next] = [all[end - 1]?.value, all[end]?.value];
  if (rounder === null) return end < all.length ? next : last;
  // Zero rounds to zero: a bucket of zeros ends below what comes after it.
  return toDouble(last) === 0 && end < all.length ? rounder.down(next) : rounder.up(last);
}

/** All documents at once, for stages that must see them before they answer. */
export const held = (name: string, answer: (documents: readonly Document[]) => Iterable<Document>): Stage =>
  function* (documents) {
    yield* answer([...metered(documents, name)]);
  };

const sample: StageCompiler = (spec) => {
  const size = isDocument(spec) && isNumeric(spec['size']) ? toDouble(spec['size']) : Number.NaN;
  if (!(size > 0)) throw new CommandError(28747, 'size argument to $sample must be a positive number');
  return held('$sample', (documents) => {
    const rest = [...documents];
    const taken: Document[] = [];
    while (rest.length > 0 && taken.length < size) {
      const at = Math.floor(Math.random() * rest.length);
      taken.push(rest[at] as Document);
      rest[at] = rest.at(-1) as Document;
      rest.pop();
    }
    return taken;
  });
};

/** Stages that make a few documents of many. */
export const GROUP_STAGES: Readonly<Record<string, StageCompiler>> = {
  $group: group,
  $count: count,
  $sortByCount: sortByCount,
  $bucket: bucket,
  $bucketAuto: bucketAuto,
  $sample: sample,
};
