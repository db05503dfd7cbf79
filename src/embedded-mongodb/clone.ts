import { BSONRegExp, DBRef, Double, Int32, Long, Timestamp } from 'bson';
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

/** The value as expressions calculate with it: JavaScript numbers and regular expressions. */
export function promote(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Int32 || value instanceof Double) return value.value;
  if (Array.isArray(value)) return value.map(promote);
  if (isDocument(value)) return promoteDocument(value);
  if (value instanceof Long && !(value instanceof Timestamp)) {
    const number = value.toNumber();
    return Number.isSafeInteger(number) ? number : value;
  }
  if (value instanceof BSONRegExp) return promoteRegex(value);
  return value instanceof DBRef ? promoteDocument(dbRefDocument(value)) : value;
}

/** See `promote`. */
export function promoteDocument(document: Document): Document {
  const promoted: Document = {};
  for (const key of Object.keys(document)) setField(promoted, key, promote(document[key]));
  return promoted;
}

function promoteRegex(value: BSONRegExp): unknown {
  try {
    return new RegExp(value.pattern, [...value.options].filter((option) => 'ims'.includes(option)).join(''));
  } catch {
    return value;
  }
}
