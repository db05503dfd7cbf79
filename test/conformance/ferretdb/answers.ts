import type { Document } from 'mongodb';
import { BSON } from 'mongodb';
import type { Disagreement } from './documented-differences.ts';

/** What a server answered: documents with their types, or a code. */
export type Answer = { readonly documents: string } | { readonly code: unknown };

/** A value as text, with its types. */
export const text = (value: unknown): string => BSON.EJSON.stringify(value, { relaxed: false });

/** FerretDB's way to say that it keeps no list in a list, no infinity and no NaN. */
const NOT_KEPT = /nested arrays are not supported|infinity values are not allowed|NaN is not supported/;
const INTERNAL_ERROR = 1;
const NOT_IMPLEMENTED = 238;

/** The answer to a question; a failure is one too. */
export async function answerOf(ask: () => Promise<unknown>): Promise<Answer> {
  try {
    return { documents: text(await ask()) };
  } catch (error) {
    const { code, message } = error as { readonly code?: unknown; readonly message: string };
    if (NOT_KEPT.test(message)) return { code: NOT_IMPLEMENTED };
    return { code: code === undefined ? undefined : Number(code) };
  }
}

/** FerretDB closes the connection over what its format does not know, and answers 238 or 1 to what it has not. */
export const isAnswer = (answer: Answer): boolean =>
  'documents' in answer || ![undefined, NOT_IMPLEMENTED, INTERNAL_ERROR].includes(answer.code as number);

/** Documents of an answer by their `_id`; null where they are none of those that are stored. */
function byId(answer: Answer): Map<string, string> | null {
  if ('code' in answer) return null;
  const value = JSON.parse(answer.documents) as Document[] | { readonly after: Document[] };
  const found = new Map<string, string>();
  for (const document of Array.isArray(value) ? value : value.after) {
    const id = JSON.stringify(document['_id']);
    found.set(id, `${found.get(id) ?? ''}${JSON.stringify(document)}`);
  }
  return found;
}

/** The stored documents in which two answers differ. null where the answers are the same. */
export function differingDocuments(
  stored: readonly Document[],
  ours: Answer,
  theirs: Answer,
): Omit<Disagreement, 'subject'> | null {
  if (text(ours) === text(theirs)) return null;
  const [left, right] = [byId(ours), byId(theirs)];
  if (left === null || right === null) return { differing: stored, isAny: true };
  const differing = stored.filter((document) => {
    const id = JSON.stringify(JSON.parse(text(document['_id'])));
    return left.get(id) !== right.get(id);
  });
  return differing.length === 0 ? { differing: stored, isAny: true } : { differing };
}
