import { DBRef } from 'bson';
import type { Document } from './values.ts';
import { dbRefDocument, isDocument, setField } from './values.ts';

/** A copy whose documents and arrays are new; the values in them are shared, for they are never changed. */
export function cloneValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(cloneValue);
  if (value instanceof DBRef) return cloneDocument(dbRefDocument(value));
  return isDocument(value) ? cloneDocument(value) : value;
}

/** See `cloneValue`. */
export function cloneDocument(document: Document): Document {
  const copy: Document = {};
  for (const key of Object.keys(document)) setField(copy, key, cloneValue(document[key]));
  return copy;
}
