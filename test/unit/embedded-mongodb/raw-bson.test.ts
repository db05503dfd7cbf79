import { Binary, Code, DBRef, Decimal128, Long, ObjectId, Timestamp, serialize, type Document } from 'bson';
import { expect } from 'chai';
import { MalformedBytes, checkBson } from '../../../src/embedded-mongodb/raw-bson.ts';

const bytesOf = (document: Document): Buffer => Buffer.from(serialize(document, { ignoreUndefined: false }));

/** The document with a number written over it. */
function damaged(document: Document, at: number, length: number): Buffer {
  const bytes = bytesOf(document);
  bytes.writeInt32LE(length, at);
  return bytes;
}

/** Where the value of the only field begins: after the size, the type and a name of one letter. */
const VALUE = 4 + 1 + 2;

describe('bytes that are to be BSON', () => {
  it('are taken whatever types they hold', () => {
    const document = {
      text: 'Chè Shan tuyết',
      empty: '',
      list: [1, 'hai', [null]],
      inner: { code: new Code('f(x)', { x: 1 }), plain: new Code('g()') },
      bytes: new Binary(Buffer.from([1, 2, 3])),
      id: new ObjectId(),
      long: Long.MAX_VALUE,
      decimal: Decimal128.fromString('1.10'),
      when: new Date(0),
      stamp: new Timestamp({ t: 1, i: 2 }),
      pattern: /a\/b/i,
      ref: new DBRef('c', new ObjectId()),
      yes: true,
    };

    expect(() => checkBson(bytesOf(document))).to.not.throw();
  });

  for (const [what, bytes] of [
    ['a string of no bytes, not even its zero', damaged({ s: 'abc' }, VALUE, 0)],
    ['a string shorter than it is', damaged({ s: 'abc' }, VALUE, 2)],
    ['a string longer than its document', damaged({ s: 'abc' }, VALUE, 400)],
    ['a string inside a list that is longer than the list', damaged({ a: ['b'] }, VALUE + VALUE, 9)],
    ['code whose text is shorter than it is', damaged({ c: new Code('f()', { x: 1 }) }, VALUE + 4, 2)],
    ['code that is longer than its parts', damaged({ c: new Code('f()', { x: 1 }) }, VALUE, 99)],
  ] as const) {
    it(`are refused for ${what}`, () => {
      expect(() => checkBson(bytes)).to.throw(MalformedBytes);
    });
  }

  it('are refused for a string whose last byte is no zero', () => {
    const bytes = bytesOf({ s: 'abc', next: 1 });
    bytes.writeUInt8(0x64, VALUE + 4 + 3);

    expect(() => checkBson(bytes)).to.throw(MalformedBytes);
  });

  it('are refused for a scope that is no document', () => {
    const bytes = bytesOf({ c: new Code('f()', { x: 'y' }) });
    // The string in the scope: after the code's two lengths, its text, the scope's size, its type and name.
    bytes.writeInt32LE(1, VALUE + 8 + 4 + 4 + 1 + 2);

    expect(() => checkBson(bytes)).to.throw(MalformedBytes);
  });
});
