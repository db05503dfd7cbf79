import { BSON } from 'mongodb';
import type { Document } from 'mongodb';

/** `collection/_id` → the document after a write; null where the write removes it. In the order it is applied. */
export type Changes = ReadonlyMap<string, Document | null>;

type Entry = {
  readonly at: bigint;
  readonly kind: 'sent' | 'acknowledged' | 'refused';
  readonly write: number;
};

/**
 * What was sent to the server and what it acknowledged, kept outside of it. Every document has one writer, so what
 * must be there after a crash is known: what was acknowledged, and of the writes that were under way any beginning.
 */
export type Ledger = {
  /** @returns the write's number */
  sent(changes: Changes): number;
  acknowledged(write: number): void;
  /** The server said that it did not do it. */
  refused(write: number): void;
  readonly acknowledgedCount: number;
  /** When the latest write that was acknowledged had been sent, on the monotonic clock in nanoseconds. */
  readonly lastAcknowledgedSentAt: bigint;
  /** The document as it was acknowledged last; undefined when there is none. */
  current(key: string): Document | undefined;
  keys(prefix: string): string[];
  /** What is wrong with what was `found` after a crash at `time` (the end, unless given). */
  problems(found: ReadonlyMap<string, Document>, time?: bigint): string[];
  /** Takes what was found for what is true from now on. */
  settle(found: ReadonlyMap<string, Document>): void;
};

const same = (one: Document | null, other: Document | null): boolean =>
  one === null || other === null
    ? one === other
    : Buffer.from(BSON.serialize(one)).equals(Buffer.from(BSON.serialize(other)));

const isStillBehind = (
  settled: ReadonlyMap<string, Document>,
  key: string,
  found: Document | null,
): boolean => same(settled.get(key) ?? null, found);

/** Acknowledged documents, and writes of which nobody knows. */
type State = { readonly settled: Map<string, Document>; readonly open: readonly Changes[] };

function apply(settled: Map<string, Document>, changes: Changes): void {
  for (const [key, document] of changes) {
    if (document === null) settled.delete(key);
    else settled.set(key, document);
  }
}

/** A write under way was done up to some point in its own order: what comes after a part that is missing is missing. */
function openProblems({ settled }: State, changes: Changes, found: ReadonlyMap<string, Document>): string[] {
  const problems: string[] = [];
  let missing = '';
  for (const [key, after] of changes) {
    const document = found.get(key) ?? null;
    if (same(document, after)) {
      if (missing !== '' && !isStillBehind(settled, key, document)) {
        problems.push(`${key} was changed, though ${missing} before it in the same write was not`);
      }
    } else if (isStillBehind(settled, key, document)) missing ||= key;
    else problems.push(`${key} is neither as before the write nor as after it: ${text(document)}`);
  }
  return problems;
}

const text = (document: Document | null): string => BSON.EJSON.stringify(document).slice(0, 300);

function problemsOf(state: State, found: ReadonlyMap<string, Document>): string[] {
  const open = new Set(state.open.flatMap((changes) => [...changes.keys()]));
  const problems = state.open.flatMap((changes) => openProblems(state, changes, found));
  for (const [key, document] of state.settled) {
    if (open.has(key) || same(document, found.get(key) ?? null)) continue;
    problems.push(`acknowledged and lost: ${key} is ${text(found.get(key) ?? null)}, not ${text(document)}`);
  }
  for (const key of found.keys()) {
    if (!open.has(key) && !state.settled.has(key)) problems.push(`${key} is there and should not be`);
  }
  return problems;
}

/** An empty ledger for an empty database. */
export function newLedger(): Ledger {
  let base = new Map<string, Document>();
  let current = new Map<string, Document>();
  let writes: Changes[] = [];
  let entries: Entry[] = [];
  let acknowledgedCount = 0;
  let lastAcknowledgedSentAt = 0n;
  const note = (kind: Entry['kind'], write: number): void => {
    entries.push({ at: process.hrtime.bigint(), kind, write });
  };
  const stateAt = (time: bigint | undefined): State => {
    const settled = new Map(base);
    const open = new Map<number, Changes>();
    for (const { at, kind, write } of entries) {
      if (time !== undefined && at >= time) break;
      const changes = writes[write] ?? new Map<string, Document | null>();
      if (kind === 'sent') open.set(write, changes);
      else open.delete(write);
      if (kind === 'acknowledged') apply(settled, changes);
    }
    return { settled, open: [...open.values()] };
  };
  return {
    sent(changes) {
      writes.push(changes);
      note('sent', writes.length - 1);
      return writes.length - 1;
    },
    acknowledged(write) {
      note('acknowledged', write);
      apply(current, writes[write] ?? new Map<string, Document | null>());
      acknowledgedCount += 1;
      const { at = 0n } = entries.find((entry) => entry.kind === 'sent' && entry.write === write) ?? {};
      if (at > lastAcknowledgedSentAt) lastAcknowledgedSentAt = at;
    },
    refused(write) {
      note('refused', write);
    },
    get acknowledgedCount() {
      return acknowledgedCount;
    },
    get lastAcknowledgedSentAt() {
      return lastAcknowledgedSentAt;
    },
    current: (key) => current.get(key),
    keys: (prefix) => [...current.keys()].filter((key) => key.startsWith(prefix)),
    problems: (found, time) => problemsOf(stateAt(time), found),
    settle(found) {
      base = new Map(found);
      current = new Map(found);
      [writes, entries] = [[], []];
    },
  };
}
