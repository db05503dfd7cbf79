import { Timestamp } from 'bson';
import type { Document } from './values.ts';
import { setField } from './values.ts';

let previous = { t: 0, i: 0 };

/** The server's time as a timestamp; no two are the same. */
export function timestampAt(now: Date): Timestamp {
  const t = Math.floor(now.getTime() / 1_000);
  previous = t === previous.t ? { t, i: previous.i + 1 } : { t, i: 1 };
  return new Timestamp(previous);
}

/** A timestamp of nothing: the server's time is meant. */
const isEmpty = (value: unknown): boolean => value instanceof Timestamp && value.isZero();

/**
 * A document that is inserted, or takes another's place, with the server's time for each empty timestamp at its top.
 * `_id` is left as it is. Source: server, jstests/core/write/empty_ts.js; ops/insert.cpp, fixDocumentForInsert
 */
export function withServerTime(document: Document, now: Date): Document {
  if (!Object.keys(document).some((name) => name !== '_id' && isEmpty(document[name]))) return document;
  const stamped: Document = {};
  for (const [name, value] of Object.entries(document)) {
    setField(stamped, name, name !== '_id' && isEmpty(value) ? timestampAt(now) : value);
  }
  return stamped;
}
