import type { CommandError } from './errors.ts';
import { bytesOf, checkBson, documentEnd, encodeCursorReply, MalformedBytes } from './raw-bson.ts';
import type { Reply } from './command.ts';
import type { Document } from './values.ts';

/** Largest message, as `mongod` announces it: 48,000,000 bytes. */
export const MESSAGE_BYTES_MAX = 48_000_000;
const HEADER_BYTES = 16;
const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_COMPRESSED = 2012;
const OP_MSG = 2013;
const FLAG_CHECKSUM = 1;
const FLAG_MORE_TO_COME = 2;
/** Bits 0–15 of OP_MSG's flags must be understood; only the two above are. */
const FLAGS_REQUIRED_UNKNOWN = 0xfffc;

/** A message of a client, taken apart but not decoded. */
export type Message = {
  /** All of it, as it came. */
  readonly bytes: Buffer;
  readonly requestId: number;
  /** The old form, in which a driver may send its first `hello`. */
  readonly isQuery: boolean;
  /** The client waits for no answer. */
  readonly isUnacknowledged: boolean;
  readonly body: Buffer;
  readonly sequences: ReadonlyMap<string, readonly Buffer[]>;
  /** Database of an old query: `admin.$cmd`. */
  readonly queryDatabase: string | null;
};

/** Cuts a stream of bytes into whole messages. @throws MalformedBytes when it can only be noise */
export function messageReader(): (chunk: Buffer) => Buffer[] {
  let chunks: Buffer[] = [];
  let held = 0;
  let wanted = HEADER_BYTES;
  return (chunk) => {
    chunks.push(chunk);
    held += chunk.length;
    if (held < wanted) return [];
    let bytes = chunks.length === 1 ? chunk : Buffer.concat(chunks, held);
    const messages: Buffer[] = [];
    for (;;) {
      wanted = bytes.length < 4 ? HEADER_BYTES : messageLength(bytes);
      if (bytes.length < Math.max(wanted, HEADER_BYTES)) break;
      messages.push(bytes.subarray(0, wanted));
      bytes = bytes.subarray(wanted);
    }
    chunks = bytes.length === 0 ? [] : [bytes];
    held = bytes.length;
    return messages;
  };
}

function messageLength(bytes: Buffer): number {
  const length = bytes.readInt32LE(0);
  if (length > HEADER_BYTES && length <= MESSAGE_BYTES_MAX) return length;
  throw new MalformedBytes(`a message says that it has ${length} bytes`);
}

/** Takes one whole message apart. @throws MalformedBytes */
export function parseMessage(bytes: Buffer): Message {
  const requestId = bytes.readInt32LE(4);
  const opcode = bytes.readInt32LE(12);
  switch (opcode) {
    case OP_MSG:
      return parseOpMsg(bytes, requestId);
    case OP_QUERY:
      return parseOpQuery(bytes, requestId);
    case OP_COMPRESSED:
      throw new MalformedBytes('compression was not agreed on');
    default:
      throw new MalformedBytes(`operation ${opcode} is not supported`);
  }
}

function parseOpMsg(bytes: Buffer, requestId: number): Message {
  if (bytes.length < HEADER_BYTES + 4) throw new MalformedBytes('an OP_MSG without flags');
  const flags = bytes.readUInt32LE(HEADER_BYTES);
  if ((flags & FLAGS_REQUIRED_UNKNOWN) !== 0) throw new MalformedBytes('an OP_MSG with unknown flags');
  const end = bytes.length - ((flags & FLAG_CHECKSUM) === 0 ? 0 : 4);
  let at = HEADER_BYTES + 4;
  let body: Buffer | null = null;
  const sequences = new Map<string, Buffer[]>();
  while (at < end) {
    const kind = bytes.readUInt8(at);
    at++;
    if (kind === 0) {
      if (body !== null) throw new MalformedBytes('an OP_MSG with two bodies');
      body = checkedDocument(bytes, at, end);
      at += body.length;
    } else if (kind === 1) {
      at = parseSequence(bytes, { at, end, sequences });
    } else {
      throw new MalformedBytes(`an OP_MSG section of kind ${kind}`);
    }
  }
  if (body === null) throw new MalformedBytes('an OP_MSG without a body');
  const isUnacknowledged = (flags & FLAG_MORE_TO_COME) !== 0;
  return { bytes, requestId, isQuery: false, isUnacknowledged, body, sequences, queryDatabase: null };
}

type SequencePlace = { readonly at: number; readonly end: number; readonly sequences: Map<string, Buffer[]> };

function parseSequence(bytes: Buffer, { at, end, sequences }: SequencePlace): number {
  if (at + 4 > end) throw new MalformedBytes('a document sequence is cut off');
  const sequenceEnd = at + bytes.readInt32LE(at);
  const nameEnd = bytes.indexOf(0, at + 4);
  if (sequenceEnd > end || nameEnd === -1 || nameEnd >= sequenceEnd) {
    throw new MalformedBytes('a document sequence does not fit into its message');
  }
  const name = bytes.toString('utf8', at + 4, nameEnd);
  const documents: Buffer[] = [];
  let position = nameEnd + 1;
  while (position < sequenceEnd) {
    const document = checkedDocument(bytes, position, sequenceEnd);
    documents.push(document);
    position += document.length;
  }
  sequences.set(name, documents);
  return sequenceEnd;
}

function checkedDocument(bytes: Buffer, at: number, end: number): Buffer {
  const documentLimit = documentEnd(bytes, at);
  if (documentLimit > end) throw new MalformedBytes('a document reaches beyond its section');
  const document = bytes.subarray(at, documentLimit);
  checkBson(document);
  return document;
}

function parseOpQuery(bytes: Buffer, requestId: number): Message {
  const nameEnd = bytes.indexOf(0, HEADER_BYTES + 4);
  if (nameEnd === -1 || nameEnd + 9 > bytes.length) throw new MalformedBytes('an OP_QUERY is cut off');
  const namespace = bytes.toString('utf8', HEADER_BYTES + 4, nameEnd);
  if (!namespace.endsWith('.$cmd')) throw new MalformedBytes('an OP_QUERY for something else than a command');
  const body = checkedDocument(bytes, nameEnd + 9, bytes.length);
  const queryDatabase = namespace.slice(0, -'.$cmd'.length);
  return {
    bytes,
    requestId,
    isQuery: true,
    isUnacknowledged: false,
    body,
    sequences: new Map(),
    queryDatabase,
  };
}

/** Bytes of the answer to `message`. */
export function encodeReply(
  message: Pick<Message, 'requestId' | 'isQuery'>,
  reply: Reply,
  replyId: number,
): Buffer {
  const body = encodeBody(reply);
  if (message.isQuery) {
    // OP_REPLY: flags 8 (await capable), cursor 0, from 0, one document.
    const head = Buffer.alloc(HEADER_BYTES + 20);
    writeHeader(head, {
      length: head.length + body.length,
      replyId,
      responseTo: message.requestId,
      opcode: OP_REPLY,
    });
    head.writeInt32LE(8, HEADER_BYTES);
    head.writeInt32LE(1, HEADER_BYTES + 16);
    return Buffer.concat([head, body]);
  }
  const head = Buffer.alloc(HEADER_BYTES + 5);
  writeHeader(head, {
    length: head.length + body.length,
    replyId,
    responseTo: message.requestId,
    opcode: OP_MSG,
  });
  return Buffer.concat([head, body]);
}

function encodeBody(reply: Reply): Buffer {
  if (reply.kind === 'document') return bytesOf(reply.document);
  if (reply.kind !== 'cursor') throw new RangeError('no answer, no bytes');
  const { id, namespace: ns, field, batch } = reply;
  return encodeCursorReply({ id, ns, field }, batch, { ok: 1 });
}

type Header = {
  readonly length: number;
  readonly replyId: number;
  readonly responseTo: number;
  readonly opcode: number;
};

function writeHeader(bytes: Buffer, { length, replyId, responseTo, opcode }: Header): void {
  bytes.writeInt32LE(length, 0);
  bytes.writeInt32LE(replyId, 4);
  bytes.writeInt32LE(responseTo, 8);
  bytes.writeInt32LE(opcode, 12);
}

/** The answer to a message that could not be taken apart for what it says, not for its bytes. */
export function refusalOf(bytes: Buffer, error: CommandError): Buffer {
  const isQuery = bytes.readInt32LE(12) === OP_QUERY;
  const message = { requestId: bytes.readInt32LE(4), isQuery };
  return encodeReply(message, errorReply(error), message.requestId);
}

/** An error as a command answers it. */
export function errorReply(error: CommandError): Reply {
  const document: Document = {
    ok: 0,
    errmsg: error.message,
    code: error.code,
    codeName: error.codeName,
    ...error.extra,
  };
  return { kind: 'document', document };
}
