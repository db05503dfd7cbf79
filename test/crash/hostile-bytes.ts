import { BSON } from 'mongodb';
import type { Random } from './random.ts';

/** Messages of MongoDB's wire protocol, whole and spoilt. */

const OP_QUERY = 2004;
const OP_COMPRESSED = 2012;
const OP_MSG = 2013;
const HEADER_BYTES = 16;
const OPCODES = [
  0,
  1,
  1000,
  2001,
  2002,
  2005,
  2006,
  2007,
  2010,
  OP_QUERY,
  OP_COMPRESSED,
  OP_MSG,
  -1,
] as const;

const int32 = (...values: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => bytes.writeInt32LE(value | 0, index * 4));
  return bytes;
};
const bson = (document: object): Buffer => Buffer.from(BSON.serialize(document));

function framed(opcode: number, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([int32(HEADER_BYTES + body.length, 7, 0, opcode), body]);
}

const message = (document: object, flags = 0): Buffer =>
  framed(OP_MSG, int32(flags), Buffer.from([0]), bson({ ...document, $db: 'fuzz' }));

function withSequence(document: object, name: string, documents: readonly object[]): Buffer {
  const content = Buffer.concat([Buffer.from(`${name}\0`), ...documents.map(bson)]);
  const section = Buffer.concat([Buffer.from([1]), int32(content.length + 4), content]);
  return framed(OP_MSG, int32(0), Buffer.from([0]), bson({ ...document, $db: 'fuzz' }), section);
}

const query = (document: object): Buffer =>
  framed(OP_QUERY, int32(0), Buffer.from('admin.$cmd\0'), int32(0, -1), bson(document));

const { Binary, Code, Decimal128, Long, MaxKey, MinKey, ObjectId, Timestamp } = BSON;
const everyType = {
  double: 1.5, text: 'chè', document: { a: { b: 1 } }, array: [1, [2, { c: 3 }]], binary: new Binary(Buffer.from('x')),
  id: new ObjectId('0123456789abcdef01234567'), yes: true, date: new Date(0), nothing: null, regex: /^a.b$/i,
  code: new Code('f()', { x: 1 }), int: 1, timestamp: new Timestamp({ t: 1, i: 2 }), long: Long.fromNumber(2 ** 40),
  decimal: Decimal128.fromString('1.5'), least: new MinKey(), most: new MaxKey(), '__proto__ ': 1, constructor: 2,
}; // prettier-ignore

/** What clients send when they are well. */
const WHOLE: readonly Buffer[] = [
  query({ isMaster: 1, helloOk: true, client: { driver: { name: 'x', version: '1' } } }),
  message({ hello: 1 }),
  message({ ping: 1 }),
  message({ insert: 'c', documents: [everyType] }),
  message({ insert: 'c', documents: [{ n: 1 }] }, 2),
  withSequence({ insert: 'c', ordered: false }, 'documents', [
    everyType,
    { n: 1 },
    { n: 2, tags: ['a', 'b'] },
  ]),
  withSequence({ update: 'c' }, 'updates', [
    { q: { n: 1 }, u: { $inc: { n: 1 } }, multi: true, upsert: true },
  ]),
  withSequence({ delete: 'c' }, 'deletes', [{ q: { n: { $gt: 100 } }, limit: 1 }]),
  message({ find: 'c', filter: { tags: 'a', n: { $in: [1, 2, 3] } }, sort: { n: -1 }, limit: 5 }),
  message({
    find: 'c',
    filter: { $or: [{ text: /^ch/ }, { 'document.a.b': 1 }] },
    batchSize: 2,
    projection: { n: 1 },
  }),
  message({
    aggregate: 'c',
    pipeline: [{ $match: { n: 1 } }, { $group: { _id: '$n', t: { $sum: 1 } } }],
    cursor: {},
  }),
  message({ findAndModify: 'c', query: { n: 2 }, update: { $push: { tags: 'z' } }, new: true }),
  message({ getMore: Long.fromNumber(12_345), collection: 'c' }),
  message({ killCursors: 'c', cursors: [Long.fromNumber(1)] }),
  message({ createIndexes: 'c', indexes: [{ key: { tags: 1 }, name: 'tags_1' }] }),
  message({ distinct: 'c', key: 'tags' }),
  message({ count: 'c', query: {} }),
  message({ listCollections: 1, nameOnly: true }),
  message({ endSessions: [{ id: new Binary(Buffer.alloc(16), 4) }] }),
];

/** A document in a document, and so on; arrays every other time. */
function nested(depth: number): Buffer {
  let inner = Buffer.from([5, 0, 0, 0, 0]);
  for (let level = 0; level < depth; level += 1) {
    const type = level % 2 === 0 ? 3 : 4;
    inner = Buffer.concat([int32(inner.length + 8), Buffer.from([type, 0x30, 0]), inner, Buffer.from([0])]);
  }
  return inner;
}

/** One message as nobody should send it. */
type Spoil = (bytes: Buffer, random: Random) => Buffer;

const flipBits: Spoil = (bytes, random) => {
  for (let count = 1 + random.below(8); count > 0; count -= 1) {
    const at = random.below(bytes.length);
    bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << random.below(8)), at);
  }
  return bytes;
};

const NUMBERS = [
  0,
  1,
  4,
  5,
  -1,
  0x7fff_ffff,
  -0x8000_0000,
  15,
  16,
  17,
  48_000_000,
  48_000_001,
  1 << 24,
] as const;

/** Another number where one may stand: a length, a flag, a cursor. */
const writeNumber = (bytes: Buffer, random: Random, at: number): Buffer => {
  if (at + 4 <= bytes.length)
    bytes.writeInt32LE(random.chance(0.7) ? random.pick(NUMBERS) : bytes.length + random.below(9) - 4, at);
  return bytes;
};

/** The frame says its true length, so that what is wrong lies inside. */
const relength = (bytes: Buffer): Buffer => {
  if (bytes.length >= 4) bytes.writeInt32LE(bytes.length, 0);
  return bytes;
};

const SPOILS: readonly Spoil[] = [
  flipBits,
  (bytes, random) => relength(flipBits(bytes, random)),
  (bytes, random) => bytes.subarray(0, random.below(bytes.length)),
  (bytes, random) =>
    relength(Buffer.from(bytes.subarray(0, HEADER_BYTES + random.below(bytes.length - HEADER_BYTES)))),
  (bytes, random) => relength(Buffer.concat([bytes, Buffer.alloc(random.below(40), random.below(256))])),
  (bytes, random) => writeNumber(bytes, random, 0),
  (bytes, random) => writeNumber(bytes, random, random.below(bytes.length)),
  (bytes, random) => writeNumber(bytes, random, HEADER_BYTES + 5),
  (bytes, random) => {
    bytes.writeInt32LE(random.pick(OPCODES), 12);
    return bytes;
  },
  (bytes, random) => {
    bytes.writeUInt32LE(random.pick([1, 2, 3, 4, 0x8000, 0x1_0000, 0x2_0000, 0xffff_ffff]), HEADER_BYTES);
    return bytes;
  },
  // A checksum that is none.
  (bytes, random) => {
    bytes.writeUInt32LE(1, HEADER_BYTES);
    return relength(Buffer.concat([bytes, int32(random.below(1 << 30))]));
  },
  (bytes, random) => {
    bytes.writeUInt8(random.below(256), HEADER_BYTES + 4);
    return bytes;
  },
  // A section twice, a section of another kind behind.
  (bytes, random) =>
    relength(Buffer.concat([bytes, bytes.subarray(HEADER_BYTES + 4)].slice(0, 1 + random.below(2)))),
  (bytes, random) =>
    framed(OP_COMPRESSED, int32(OP_MSG, random.pick(NUMBERS)), Buffer.from([random.below(5)]), bytes),
  (_bytes, random) =>
    framed(OP_MSG, int32(0), Buffer.from([0]), nested(random.pick([50, 150, 199, 200, 201, 1_000, 3_000]))),
  (_bytes, random) => Buffer.from(Array.from({ length: 1 + random.below(300) }, () => random.below(256))),
  // Whole ones, so that connections live on and several come in one piece.
  (bytes, random) => Buffer.concat(Array.from({ length: 1 + random.below(3) }, () => bytes)),
];

/** The next thing to send; most of it is no message. */
export function hostileMessage(random: Random): Buffer {
  return random.pick(SPOILS)(Buffer.from(random.pick(WHOLE)), random);
}
