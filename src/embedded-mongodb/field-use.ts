import { splitPath } from './paths.ts';
import type { Document } from './values.ts';
import { isDocument } from './values.ts';

/** Names of the fields at the top of a document that something reads; null for all of them. */
export type FieldUse = ReadonlySet<string> | null;

const LOGICAL = new Set(['$and', '$or', '$nor']);
/** Operators that name fields in other ways than by a path, or that may look at the whole document. */
const OPAQUE = new Set([
  '$getField', '$setField', '$unsetField', '$top', '$topN', '$bottom', '$bottomN', '$meta', '$function',
  '$accumulator',
]); // prettier-ignore

/** Fields that either reads. */
export function unionUse(...uses: readonly FieldUse[]): FieldUse {
  const names = new Set<string>();
  for (const use of uses) {
    if (use === null) return null;
    for (const name of use) names.add(name);
  }
  return names;
}

/** Fields that a filter reads. */
export function filterUse(filter: Document): FieldUse {
  const uses = Object.entries(filter).map(([key, operand]): FieldUse => {
    if (!key.startsWith('$')) return new Set([splitPath(key)[0] as string]);
    if (key === '$expr') return expressionUse(operand);
    if (!LOGICAL.has(key) || !Array.isArray(operand)) return null;
    return unionUse(...operand.map((part: unknown) => (isDocument(part) ? filterUse(part) : null)));
  });
  return unionUse(...uses);
}

/** Fields by which a sort orders. */
export function sortUse(sort: Document | null): FieldUse {
  if (sort === null) return new Set();
  if (Object.values(sort).some(isDocument)) return null;
  return new Set(Object.keys(sort).map((path) => splitPath(path)[0] as string));
}

/** Fields that an expression reads: `'$a.b'` is `a`. */
export function expressionUse(expression: unknown): FieldUse {
  if (typeof expression === 'string') return pathUse(expression);
  if (Array.isArray(expression)) return unionUse(...expression.map(expressionUse));
  if (!isDocument(expression)) return new Set();
  const parts = Object.entries(expression).map(([key, operand]): FieldUse => {
    if (key === '$literal') return new Set();
    return OPAQUE.has(key) ? null : expressionUse(operand);
  });
  return unionUse(...parts);
}

function pathUse(text: string): FieldUse {
  if (text.startsWith('$$')) return /^\$\$(ROOT|CURRENT)\b/.test(text) ? null : new Set();
  return new Set(text.startsWith('$') ? [splitPath(text.slice(1))[0] as string] : []);
}

/** Fields that a pipeline reads of the documents that it is given. */
export function pipelineUse(stages: readonly Document[]): FieldUse {
  const [first] = stages;
  if (first === undefined) return null;
  // Only what these read of a document goes on; every other stage hands on the document itself.
  for (const name of ['$group', '$bucket', '$bucketAuto', '$sortByCount', '$count']) {
    if (name in first) return expressionUse(first[name]);
  }
  return null;
}
