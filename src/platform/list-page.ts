import { z } from 'zod';
import { Problem } from './problem.ts';

/** A list's page size: the default, and the most that may be asked for. */
export const LIST_LIMIT_DEFAULT = 50;
export const LIST_LIMIT_MAX = 200;

const WRONG_CURSOR = {
  vi: 'Con trỏ trang không đúng; hãy bắt đầu lại từ trang đầu.',
  en: 'The cursor is not right; start again from the first page.',
};

/** `?limit=&cursor=` of every list. */
export const listQuery = {
  limit: z.coerce.number().int().min(1).max(LIST_LIMIT_MAX).default(LIST_LIMIT_DEFAULT),
  cursor: z.string().max(400).optional(),
};

export type ListRequest = { readonly limit: number; readonly cursor?: string | undefined };
export type ListPage<T> = { readonly items: readonly T[]; readonly next: string | null };

/** What is told to whoever brings a cursor that no list gave. */
export const cursorProblem = (): Problem =>
  new Problem('invalid', { errors: [{ pointer: '?cursor', detail: WRONG_CURSOR }] });

/** An opaque cursor that holds the sort key of the last item given. */
export function encodeCursor(key: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/**
 * The sort key in a cursor; null for the first page.
 * @throws Problem `invalid` for anything that `encodeCursor` did not make
 */
export function decodeCursor(cursor: string | undefined, parts: number): readonly (string | number)[] | null {
  if (cursor === undefined || cursor === '') return null;
  const key = readJson(Buffer.from(cursor, 'base64url').toString('utf8'));
  const wellFormed =
    Array.isArray(key) &&
    key.length === parts &&
    key.every((part) => typeof part === 'string' || typeof part === 'number');
  if (!wellFormed) throw cursorProblem();
  return key as readonly (string | number)[];
}

/**
 * The place in a list by time and id, whose cursor is the time in ISO 8601 and the id; null for the first page.
 * @throws Problem `invalid` as `decodeCursor`, and for what is no time
 */
export function decodeMoment(cursor: string | undefined): { readonly at: Date; readonly id: string } | null {
  const key = decodeCursor(cursor, 2);
  if (key === null) return null;
  const at = new Date(String(key[0]));
  if (Number.isNaN(at.getTime())) throw cursorProblem();
  return { at, id: String(key[1]) };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A page from one item more than was asked for: that extra item only says that there is a next page. */
export function listPage<T>(
  found: readonly T[],
  limit: number,
  keyOf: (item: T) => readonly (string | number)[],
): ListPage<T> {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items, next: found.length > limit && last !== undefined ? encodeCursor(keyOf(last)) : null };
}
