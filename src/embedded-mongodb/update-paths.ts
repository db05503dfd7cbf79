import type { ElementTests } from './array-filters.ts';
import { identifierIn } from './array-filters.ts';
import { CommandError } from './errors.ts';
import { heldName } from './field-names.ts';
import { arrayIndex, joinPath, splitPath } from './paths.ts';
import { shellText } from './shell-text.ts';
import type { Document } from './values.ts';
import { hasFields, isDocument, setField } from './values.ts';

/** Nulls that an update may put before a new element; MongoDB's own bound. */
const PADDING_MAX = 1_500_000;

/** What positional parts of a path mean in this update. */
export type Positions = {
  readonly filters: ElementTests;
  /** Place of the element that made the query match; null when the query says nothing of an array. */
  readonly matchedIndex: () => number | null;
};

/** Value at a path of field names and array places; undefined where it does not lead anywhere. */
export function valueAt(root: unknown, parts: readonly string[]): unknown {
  return parts.reduce<unknown>((value, part) => {
    if (Array.isArray(value)) {
      const index = arrayIndex(part);
      return index === null ? undefined : (value[index] as unknown);
    }
    return isDocument(value) && Object.hasOwn(value, part) ? value[part] : undefined;
  }, root);
}

/** Sets the value, making documents on the way. @throws CommandError 28 where something else is in the way */
export function setAt(root: Document, parts: readonly string[], value: unknown): void {
  let container: unknown = root;
  parts.forEach((part, at) => {
    const isLast = at === parts.length - 1;
    const next = isLast ? value : childOf(container, part);
    if (isLast || next === undefined) {
      const child = isLast ? value : {};
      place(container, part, child, parts.slice(0, at));
      container = child;
    } else {
      container = next;
    }
  });
}

function childOf(container: unknown, part: string): unknown {
  const child = valueAt(container, [part]);
  return child === undefined ? undefined : child;
}

function place(container: unknown, part: string, child: unknown, path: readonly string[]): void {
  if (Array.isArray(container)) {
    const index = arrayIndex(part);
    if (index === null) throw notViable(part, container, path);
    if (index > container.length + PADDING_MAX) {
      throw new CommandError('CannotBackfillArray', `can't backfill more than ${PADDING_MAX} elements`);
    }
    while (container.length < index) container.push(null);
    container[index] = child;
    return;
  }
  if (!hasFields(container)) throw notViable(part, container, path);
  setField(container, part, child);
}

function notViable(part: string, container: unknown, path: readonly string[]): CommandError {
  const element = shellText({ [path.at(-1) ?? '']: container });
  return new CommandError('PathNotViable', `Cannot create field '${part}' in element ${element}`);
}

/** @throws CommandError 28 where the path leads through a value that has no fields, or through a list by name */
export function refuseUnreachable(root: Document, parts: readonly string[]): void {
  let container: unknown = root;
  for (const [at, part] of parts.entries()) {
    if (container === undefined) return;
    const isOpen = Array.isArray(container) ? arrayIndex(part) !== null : hasFields(container);
    if (!isOpen) {
      const element = shellText({ [parts[at - 1] ?? '']: container });
      const message = `Cannot use the part (${part}) of (${joinPath(parts)}) to traverse the element (${element})`;
      throw new CommandError('PathNotViable', message);
    }
    container = valueAt(container, [part]);
  }
}

/** Removes a field; an array's element becomes null, for the others keep their places. */
export function unsetAt(root: Document, parts: readonly string[]): void {
  const container = valueAt(root, parts.slice(0, -1));
  const name = parts.at(-1) as string;
  if (Array.isArray(container)) {
    const index = arrayIndex(name);
    if (index !== null && index < container.length) container[index] = null;
  } else if (isDocument(container)) {
    Reflect.deleteProperty(container, name);
  }
}

/** The paths that `a.$.b`, `a.$[].b`, `a.$[x].b` mean in this document. @throws CommandError code 2 */
export function concretePaths(root: unknown, path: string, positions: Positions): string[][] {
  let paths: string[][] = [[]];
  for (const part of splitPath(path)) {
    if (!part.startsWith('$')) paths = paths.map((known) => [...known, part]);
    else paths = paths.flatMap((known) => expand(root, known, { part, whole: path, positions }));
  }
  return paths;
}

type Expansion = { readonly part: string; readonly whole: string; readonly positions: Positions };

function expand(root: unknown, known: string[], { part, whole, positions }: Expansion): string[][] {
  if (part === '$') {
    const index = positions.matchedIndex();
    if (index === null) {
      throw new CommandError(
        'BadValue',
        'The positional operator did not find the match needed from the query.',
      );
    }
    return [[...known, heldName(String(index))]];
  }
  const identifier = identifierIn(part);
  if (identifier === null) return [[...known, part]];
  const array = valueAt(root, known);
  if (!Array.isArray(array)) throw notAnArray(array, known, whole);
  const test = identifier === '' ? null : positions.filters.get(identifier);
  return array.flatMap((element: unknown, index) =>
    test?.(element) !== false ? [[...known, heldName(String(index))]] : [],
  );
}

function notAnArray(value: unknown, known: readonly string[], whole: string): CommandError {
  const path = joinPath(known);
  if (value === undefined) {
    const message = `The path '${path}' must exist in the document in order to apply array updates.`;
    return new CommandError('BadValue', message);
  }
  const element = `${known.at(-1) ?? ''}: ${shellText(value)}`;
  return new CommandError(
    'BadValue',
    `Cannot apply array updates to non-array element ${element} (path '${whole}')`,
  );
}
