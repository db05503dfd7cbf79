import type { Long } from 'bson';
import type { Collection } from './catalog.ts';
import type { CappedPlaces } from './capped-reads.ts';
import type { Collate } from './collation.ts';
import { collateOf } from './collation.ts';
import { checkedCollation } from './collation-spec.ts';
import type { Cursor, Cursors } from './cursors.ts';
import { readAhead, takeBatch } from './cursors.ts';
import { refuseView, viewOf } from './collection-kinds.ts';
import { CommandError, LongWork } from './errors.ts';
import type { FailPoints } from './fail-points.ts';
import { evaluate } from './expressions/expression.ts';
import { checkOwnName } from './expressions/variable-names.ts';
import { matchContext } from './match-context.ts';
import type { Health } from './health.ts';
import type { LongReads, LongWrites } from './long-work.ts';
import type { MatchContext } from './match.ts';
import { typeName } from './match-type.ts';
import type { Storage } from './records.ts';
import type { SqlValue } from './sqlite.ts';
import { Long as LongValue } from 'bson';
import type { Document } from './values.ts';
import { isDocument, isNumeric, toDouble } from './values.ts';

/** One command as it came: `body` decoded, document sequences as bytes. */
export type Request = {
  readonly database: string;
  readonly name: string;
  readonly body: Document;
  /** The body's bytes, for documents that are stored as they came. */
  readonly bodyBytes: Buffer;
  readonly sequences: ReadonlyMap<string, readonly Buffer[]>;
  readonly connectionId: number;
  /** It has waited for as long as it may: it is answered now. */
  readonly isWaitOver?: boolean;
};

/** What a command answers: a document, a batch of documents that stay bytes, or no answer from here. */
export type Reply =
  | { readonly kind: 'close' }
  /** The thread of the long reads, or that of the long writes, has the answer. */
  | { readonly kind: 'elsewhere'; readonly isWrite: boolean }
  /** To be asked again once what is under way elsewhere has been answered. */
  | { readonly kind: 'later' }
  /** To be asked again after a write; when this time is over, for the last time. */
  | { readonly kind: 'wait'; readonly waitMs: number }
  | { readonly kind: 'document'; readonly document: Document }
  | {
      readonly kind: 'cursor';
      readonly id: Long;
      readonly namespace: string;
      readonly field: 'firstBatch' | 'nextBatch';
      readonly batch: readonly Uint8Array[];
    };

/** What commands work on. */
export type Server = {
  readonly storage: Storage;
  readonly health: Health;
  readonly cursors: Cursors;
  /** Where reads go that are too long for this thread; null where all are done here. */
  readonly longReads: LongReads | null;
  /** Where writes go that are too long for this thread; null where all are done here. */
  readonly longWrites: LongWrites | null;
  /** null where the server was started without test commands. */
  readonly failPoints: FailPoints | null;
  /** Sessions by their id in base64, with when each was last used. */
  readonly sessions: Map<string, Date>;
  /** The database's version when the catalog was read last beside a long write. */
  version?: SqlValue | undefined;
  readonly startedAt: Date;
  /** Connections that are open now. */
  readonly connectionCount: () => number;
  readonly now: () => Date;
  /** How often expired documents are removed; a client may change it. */
  readonly expiry: { everyMs: number };
};

/** One command: whether it writes, and what it does. */
export type Command = {
  readonly isWrite: boolean | ((request: Request) => boolean);
  run(server: Server, request: Request): Reply;
};

/** A plain answer; `ok: 1` is added at its end. */
export function answer(document: Document): Reply {
  return { kind: 'document', document: { ...document, ok: 1 } };
}

/** The collection that the command names first: `{ find: 'batches' }`. @throws CommandError 73 */
export function collectionName(request: Request): string {
  const name = request.body[request.name];
  if (typeof name !== 'string') {
    const message = `collection name has invalid type ${typeName(name)}`;
    throw new CommandError('InvalidNamespace', message);
  }
  return checkedName(request.database, name);
}

/** @throws CommandError 73 for a name that MongoDB refuses */
export function checkedName(database: string, name: string): string {
  const isBad =
    name === '' || name.includes('\0') || name.startsWith('.') || name.endsWith('.') || name.includes('$');
  if (isBad || database === '' || /[/\\. "$\0]/.test(database) || database.length > 63) {
    throw new CommandError('InvalidNamespace', `Invalid namespace specified '${database}.${name}'`);
  }
  return name;
}

/** The command's collection, or null where there is none yet. */
export function namedCollection(server: Server, request: Request): Collection | null {
  return server.storage.catalog.find(request.database, collectionName(request));
}

/** The collection, made now when there is none: a first write makes it. */
export function madeCollection(server: Server, database: string, name: string): Collection {
  const { catalog } = server.storage;
  const existing = catalog.find(database, name);
  if (existing !== null) refuseView(existing);
  return existing ?? catalog.create(database, name, {});
}

/** A field that must be a document, `{}` when missing. @throws CommandError 14 */
export function documentField(body: Document, name: string): Document {
  const value = body[name];
  if (value === undefined || value === null) return {};
  if (isDocument(value)) return value;
  const message = `BSON field '${name}' is the wrong type '${typeName(value)}', expected type 'object'`;
  throw new CommandError('TypeMismatch', message);
}

/** A field that must be a list of documents. @throws CommandError 14 */
export function documentsField(body: Document, name: string): Document[] {
  const value = body[name];
  if (Array.isArray(value) && value.every(isDocument)) return value;
  if (value === undefined) {
    throw new CommandError(40414, `BSON field '${name}' is missing but a required field`);
  }
  const message = `BSON field '${name}' is the wrong type '${typeName(value)}', expected type 'array'`;
  throw new CommandError('TypeMismatch', message);
}

/** A whole number, or null when missing. @throws CommandError 14, 2 */
export function numberField(body: Document, name: string, minimum = 0): number | null {
  const value = body[name];
  if (value === undefined || value === null) return null;
  if (!isNumeric(value)) {
    const message = `BSON field '${name}' is the wrong type '${typeName(value)}', expected types '[long, int, decimal, double']`;
    throw new CommandError('TypeMismatch', message);
  }
  const number = Math.trunc(toDouble(value));
  if (number >= minimum) return number;
  throw new CommandError(51024, `BSON field '${name}' value must be >= ${minimum}, actual value '${number}'`);
}

/** A document or the name of an index; null when missing or empty. @throws CommandError 9 */
export function hintField(body: Document): string | Document | null {
  const hint = body['hint'];
  if (typeof hint === 'string') return hint === '' ? null : hint;
  if (hint === undefined || hint === null) return null;
  if (!isDocument(hint)) throw new CommandError('FailedToParse', 'Hint must be a string or an object');
  return Object.keys(hint).length === 0 ? null : hint;
}

/** Collation and `let` of a command, as the matcher needs them. */
export type Scope = {
  readonly collate: Collate | null;
  readonly variables: Document;
  readonly context: MatchContext;
};

/** The command's own collation, or else its collection's. */
export function scopeOf(body: Document, collection: Collection | null, variables = body['let']): Scope {
  const own = body['collation'] ?? null;
  const isInherited = own === null || (isDocument(own) && Object.keys(own).length === 0);
  const collate = collateOf(isInherited ? collection?.options['collation'] : checkedCollation(own));
  if (!isInherited && collection !== null) checkViewCollation(collection, collate);
  const values = isDocument(variables) ? constants(variables, collate) : {};
  return { collate, variables: values, context: matchContext(collate, values) };
}

/** A view has one collation for all who read it. @throws CommandError 167 */
function checkViewCollation(collection: Collection, collate: Collate | null): void {
  if (viewOf(collection) === null || collateOf(collection.options['collation']) === collate) return;
  throw new CommandError('OptionNotSupportedOnView', "Cannot override a view's default collation");
}

/** `let` gives constant expressions, each of which may read those before it: `{ $literal: '$5' }` is the text. */
function constants(given: Document, collate: Collate | null): Document {
  const variables: Document = {};
  for (const [name, expression] of Object.entries(given)) {
    checkOwnName(name);
    variables[name] = evaluate(expression, { collate, variables });
  }
  return variables;
}

/** The first batch of a new cursor, which stays open when there is more. */
export function openCursor(
  server: Server,
  {
    namespace,
    documents,
    batchSize,
    isSingle,
    isKept,
    isTailable = false,
    isAwaiting = false,
    places = null,
  }: {
    readonly namespace: string;
    readonly documents: Iterator<Uint8Array>;
    readonly batchSize: number | null;
    readonly isSingle: boolean;
    readonly isKept: boolean;
    readonly isTailable?: boolean;
    readonly isAwaiting?: boolean;
    readonly places?: CappedPlaces | null;
  },
): Reply {
  const usedAt = server.now().getTime();
  const collectionId = collectionIdOf(server, namespace);
  const cursor: Cursor = {
    namespace,
    documents,
    pending: null,
    last: null,
    places,
    collectionId,
    usedAt,
    isKept,
    isTailable,
    isAwaiting,
  };
  const { batch, isExhausted } = takeBatch(cursor, batchSize ?? FIRST_BATCH);
  const isOver = isExhausted || isSingle;
  const id = isOver ? LongValue.ZERO : server.cursors.open(keptHere(server, cursor));
  return { kind: 'cursor', id, namespace, field: 'firstBatch', batch };
}

/** Which collection has this name now; null where there is none. */
export function collectionIdOf({ storage }: Server, namespace: string): number | null {
  const dot = namespace.indexOf('.');
  return storage.catalog.find(namespace.slice(0, dot), namespace.slice(dot + 1))?.id ?? null;
}

/** What is left of a result is kept only where it is little: what has more to read goes to the long reads. */
function keptHere({ longReads }: Server, cursor: Cursor): Cursor {
  if (longReads === null) return cursor;
  const rest = cursor.isTailable ? null : readAhead(cursor);
  if (rest === null) throw new LongWork();
  return { ...cursor, documents: rest.values(), pending: null };
}

/** Documents in a first batch when the client does not say. */
const FIRST_BATCH = 101;
