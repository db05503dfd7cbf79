import type { Direction } from './key-encoding.ts';
import { encodeKey } from './key-encoding.ts';
import { foldedText, withTexts } from './collation.ts';
import type { Index } from './catalog.ts';
import { CommandError } from './errors.ts';
import type { Path } from './paths.ts';
import { arrayIndex } from './paths.ts';
import type { Document } from './values.ts';
import { EMPTY_ARRAY, fieldOf } from './values.ts';

/** One field of an index: `{ 'a.b': -1 }`. */
export type IndexField = { readonly name: string; readonly path: Path; readonly direction: Direction };

/** Where one field's walk through the document stands; `at` beyond the path's length means it is done. */
type Slot = { readonly value: unknown; readonly at: number };

/** The values under which an index holds a document: one tuple, or one for each element of an array. */
export type KeyTuples = { readonly tuples: readonly (readonly unknown[])[]; readonly isMultikey: boolean };

/**
 * Values of the index fields. Elements of one array stay together across the fields that go through it.
 * @throws CommandError 171 when two fields go through different arrays
 */
export function keyTuples(document: unknown, fields: readonly IndexField[]): KeyTuples {
  const slots = fields.map(() => ({ value: document, at: 0 }));
  const tuples: unknown[][] = [];
  const isMultikey = expand(slots, fields, tuples);
  return { tuples, isMultikey };
}

/**
 * What indexes of some kinds do not take: an array on the way to a field of a hashed index, or to one beside the words
 * of a text index, where `a.3` is no array but its element.
 * Source: server, db/index/expression_keys_private.cpp, getHashKeys; db/fts/fts_index_format.cpp
 * @throws CommandError 16766, 201
 */
export function refuseArrays(
  document: unknown,
  { isHashed, fields }: Pick<Index, 'isHashed' | 'fields'>,
): void {
  const isWrong = isHashed ? hasArrayAlong : isMultikeyAlone;
  const wrong = fields.find((field) => isWrong(document, field));
  if (wrong === undefined) return;
  if (isHashed) {
    const message = `hashed indexes do not currently support array values. Found array at path: ${wrong.name}`;
    throw new CommandError(16766, message);
  }
  const message = `Field '${wrong.name}' of text index contains an array in document`;
  throw new CommandError('CannotBuildIndexKeys', message);
}

function hasArrayAlong(document: unknown, { path }: IndexField): boolean {
  let value = document;
  for (const name of path) {
    if (Array.isArray(value)) return true;
    value = fieldOf(value, name);
  }
  return Array.isArray(value);
}

const isMultikeyAlone = (document: unknown, field: IndexField): boolean =>
  keyTuples(document, [field]).isMultikey;

/** The encoded keys of a document, without repetition. */
export function encodedKeys(
  given: KeyTuples['tuples'],
  { fields, collation }: { readonly fields: readonly IndexField[]; readonly collation: Document | null },
): Buffer[] {
  const directions = fields.map((field) => field.direction);
  const tuples =
    collation === null ? given : given.map((tuple) => tuple.map((value) => foldedValue(value, collation)));
  if (tuples.length === 1) return [encodeKey(tuples[0] ?? [], directions)];
  const keys = new Map<string, Buffer>();
  for (const tuple of tuples) {
    const key = encodeKey(tuple, directions);
    keys.set(key.toString('latin1'), key);
  }
  return [...keys.values()];
}

/** The value with its texts folded, as an index with a collation holds it. */
export function foldedValue(value: unknown, collation: Document): unknown {
  return withTexts(value, (text) => foldedText(text, collation));
}

function expand(start: readonly Slot[], fields: readonly IndexField[], tuples: unknown[][]): boolean {
  const slots = start.map((slot, index) => advance(slot, (fields[index] as IndexField).path));
  const first = slots.findIndex((slot, index) => isOpenArray(slot, fields[index] as IndexField));
  if (first === -1) {
    tuples.push(slots.map((slot) => slot.value));
    return false;
  }
  const array = (slots[first] as Slot).value as unknown[];
  slots.forEach((slot, index) => {
    if (!isOpenArray(slot, fields[index] as IndexField) || slot.value === array) return;
    const names = [index, first].map((at) => `[${fields[at]?.path.at(-1) ?? ''}]`).join(' ');
    throw new CommandError('CannotIndexParallelArrays', `cannot index parallel arrays ${names}`);
  });
  const elements = array.length === 0 ? [EMPTY_ARRAY] : array;
  for (const element of elements) {
    const next = slots.map((slot, index) =>
      isOpenArray(slot, fields[index] as IndexField)
        ? into(element, slot, (fields[index] as IndexField).path)
        : slot,
    );
    expand(next, fields, tuples);
  }
  return true;
}

function isOpenArray(slot: Slot, field: IndexField): boolean {
  return slot.at <= field.path.length && Array.isArray(slot.value);
}

/** Goes on by name until the path ends or an array is in the way; a number is a place in an array. */
function advance(slot: Slot, path: Path): Slot {
  let { value, at } = slot;
  while (at < path.length) {
    const component = path[at] as string;
    if (Array.isArray(value)) {
      const index = arrayIndex(component);
      const named = value.some((element) => fieldOf(element, component) !== undefined);
      if (index === null || index >= value.length || named) break;
      value = value[index];
    } else {
      value = fieldOf(value, component);
    }
    at++;
  }
  return { value, at };
}

/** One element of the array: the value itself at the path's end, else the place to go on from. */
function into(element: unknown, slot: Slot, path: Path): Slot {
  if (slot.at === path.length) return { value: element, at: path.length + 1 };
  if (element === EMPTY_ARRAY || Array.isArray(element)) return { value: undefined, at: path.length + 1 };
  return { value: element, at: slot.at };
}
