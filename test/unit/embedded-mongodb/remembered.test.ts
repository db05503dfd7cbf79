import { expect } from 'chai';
import { readOnce, splitAtVariables } from '../../../src/embedded-mongodb/stages/remembered.ts';
import type { Document } from '../../../src/embedded-mongodb/values.ts';

/** A source that is counted each time it is read. */
function counted(documents: readonly Document[]): { reads: number; read: () => Iterable<Document> } {
  const source = {
    reads: 0,
    read: () => {
      source.reads++;
      return documents;
    },
  };
  return source;
}

describe('what a sub-pipeline reads for each document', () => {
  it('is read once, from the second reader on', () => {
    const source = counted([{ a: 1 }, { a: 2 }]);
    const documents = readOnce(source.read);
    for (let turn = 0; turn < 3; turn++) expect([...documents()]).to.deep.equal([{ a: 1 }, { a: 2 }]);
    expect(source.reads).to.equal(1);
  });

  it('is read again where the first reader did not go to its end', () => {
    const source = counted([{ a: 1 }, { a: 2 }]);
    const documents = readOnce(source.read);
    const [first] = documents();
    expect(first).to.deep.equal({ a: 1 });
    expect([...documents()]).to.have.lengthOf(2);
    expect(source.reads).to.equal(2);
  });

  it('is read again, whole, where it is more than a stage may hold', () => {
    const text = 'x'.repeat(40 * 1024 * 1024);
    const source = counted([{ text }, { text }, { text }]);
    const documents = readOnce(source.read);
    for (let turn = 0; turn < 2; turn++) expect([...documents()]).to.have.lengthOf(3);
    expect(source.reads).to.equal(2);
  });

  const [group, match] = [{ $group: { _id: '$a' } }, { $match: { a: 1 } }];
  const varying = { $match: { $expr: { $eq: ['$a', '$$b.c'] } } };
  const CUTS: readonly (readonly [stages: readonly Document[], start: number | null])[] = [
    [[], 0],
    [[group, match], 2],
    [[group, varying, match], 1],
    [[varying, group], null],
    [[match, varying, group], null],
    [[match, varying], null],
    [[match, group, varying], 2],
    [[{ $sample: { size: 1 } }], null],
    [[group, { $set: { a: { $rand: {} } } }], 1],
    [[group, { $set: { a: { $literal: '$$b' } } }], 2],
    [[group, { $set: { a: '$$other' } }], 2],
  ];
  for (const [stages, start] of CUTS) {
    it(`is the first ${String(start)} of ${JSON.stringify(stages)}`, () => {
      const split = splitAtVariables(stages, ['b']);
      expect(split?.start ?? null).to.deep.equal(start === null ? null : stages.slice(0, start));
      if (start !== null) expect(split?.rest).to.deep.equal(stages.slice(start));
    });
  }
});
