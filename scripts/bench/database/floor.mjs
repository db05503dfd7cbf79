// The least that an acknowledged write can cost behind this driver: a server that keeps nothing one could read. All
// that waits at once is answered with the same bytes after one write of what SQLite appends to its log for a small
// document (two pages and their headings) to a file that has its size already, and one fdatasync.
// `node floor.mjs DIR PORT`
import { fdatasyncSync, openSync, writeSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { BSON } from 'mongodb';

const PAGE_BYTES = 4_096;
const FRAME_HEADING_BYTES = 24;
const FILE_BYTES = 8 * 1024 * 1024;
// Source: https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol/
const OP_REPLY = 1;
const OP_QUERY = 2_004;
const OP_MSG = 2_013;
const HEADING_BYTES = 16;
/** Of an OP_MSG: after flags, kind of section, length of the document and type of its first field. */
const FIRST_NAME_AT = HEADING_BYTES + 4 + 1 + 4 + 1;

const GREETING = {
  isWritablePrimary: true,
  maxBsonObjectSize: 16 * 1024 * 1024,
  maxMessageSizeBytes: 48_000_000,
  maxWriteBatchSize: 100_000,
  minWireVersion: 0,
  maxWireVersion: 21,
  ok: 1,
};
const greeting = BSON.serialize(GREETING);
const done = BSON.serialize({ n: 1, ok: 1 });

const [directory = '', port = ''] = process.argv.slice(2);
const file = openSync(join(directory, 'log'), 'w');
writeSync(file, Buffer.alloc(FILE_BYTES));
fdatasyncSync(file);
const frames = Buffer.alloc(2 * (FRAME_HEADING_BYTES + PAGE_BYTES), 1);
let at = 0;

function commit() {
  if (at + frames.length > FILE_BYTES) at = 0;
  writeSync(file, frames, 0, frames.length, at);
  fdatasyncSync(file);
  at += frames.length;
}

/** A reply of this kind; what stands between heading and document is zero but for the count of documents. */
function reply(requestId, kind, document) {
  const before = kind === OP_REPLY ? 20 : 5;
  const bytes = Buffer.alloc(HEADING_BYTES + before + document.length);
  bytes.writeInt32LE(bytes.length, 0);
  bytes.writeInt32LE(requestId, 8);
  bytes.writeInt32LE(kind, 12);
  if (kind === OP_REPLY) bytes.writeInt32LE(1, HEADING_BYTES + before - 4);
  bytes.set(document, HEADING_BYTES + before);
  return bytes;
}

/** The name of a command is that of its first field. */
function commandOf(message) {
  return message.toString('latin1', FIRST_NAME_AT, message.indexOf(0, FIRST_NAME_AT));
}

let waiting = [];

function answerAll() {
  const all = waiting;
  waiting = [];
  commit();
  for (const { socket, requestId } of all) socket.write(reply(requestId, OP_MSG, done));
}

function receive(socket, message) {
  const requestId = message.readInt32LE(4);
  if (message.readInt32LE(12) === OP_QUERY) {
    socket.write(reply(requestId, OP_REPLY, greeting));
  } else if (commandOf(message) === 'insert') {
    waiting.push({ socket, requestId });
    if (waiting.length === 1) setImmediate(answerAll);
  } else {
    const isHello = commandOf(message) === 'hello';
    socket.write(reply(requestId, OP_MSG, isHello ? greeting : done));
  }
}

createServer((socket) => {
  let rest = Buffer.alloc(0);
  socket.setNoDelay(true);
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    while (rest.length >= HEADING_BYTES && rest.length >= rest.readInt32LE(0)) {
      const length = rest.readInt32LE(0);
      receive(socket, rest.subarray(0, length));
      rest = rest.subarray(length);
    }
  });
}).listen(Number(port), '127.0.0.1');
