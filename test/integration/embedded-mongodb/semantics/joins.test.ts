import { expect } from 'chai';
import type { Document } from 'mongodb';
import type { HeldEngine } from './engine.ts';
import { heldEngine } from './engine.ts';

const reach = { from: 'c', startWith: '$a', connectFromField: 'a', connectToField: 'b', as: 'x' };
const graph = (fields: Document): Document => ({ $graphLookup: { ...reach, ...fields } });
const lookup = (pipeline: unknown): Document => ({ $lookup: { from: 'c', pipeline, as: 'x' } });
const union = (pipeline: unknown): Document => ({ $unionWith: { coll: 'c', pipeline } });

/**
 * What stages that join refuse before they have read anything.
 * Source: server, jstests/aggregation/sources/graphLookup/error.js, merge/disallowed_in_lookup.js,
 * out/out_in_lookup_not_allowed.js, unionWith/unionWith_invalid_usage.js
 */
const REFUSED: readonly (readonly [what: string, stage: Document, code: number])[] = [
  ['a depth that is no number', graph({ maxDepth: 'a' }), 40100],
  ['a depth below zero', graph({ maxDepth: -1 }), 40101],
  ['a depth that is not whole', graph({ maxDepth: 2.3 }), 40102],
  ['a field of $graphLookup that is no text', graph({ depthField: 0 }), 40103],
  ['another that is no text', graph({ connectToField: 0 }), 40103],
  ['a field that $graphLookup does not know', graph({ notAField: 'a' }), 40104],
  ['an empty name', graph({ as: '' }), 40105],
  ['a restriction that is no filter', graph({ restrictSearchWithMatch: 'a' }), 40185],
  ['a wrong restriction', graph({ restrictSearchWithMatch: { $not: { a: 1 } } }), 2],
  ['$out in $lookup', lookup([{ $out: 'd' }]), 51047],
  ['$merge in $lookup', lookup([{ $merge: 'd' }]), 51047],
  ['$merge in $lookup in $facet', { $facet: { x: [lookup([{ $merge: 'd' }])] } }, 51047],
  ['$out in $unionWith', union([{ $out: 'd' }]), 31441],
  ['$merge in $unionWith', union([{ $merge: 'd' }]), 31441],
  ['$out in $lookup in $unionWith', union([lookup([{ $out: 'd' }])]), 51047],
  ['a stage that there is not in $lookup', lookup([{ $nonsense: 1 }]), 40324],
  ['an expression that there is not in $facet', { $facet: { x: [{ $project: { a: { $nonsense: 1 } } }] } }, 31325],
]; // prettier-ignore

/** Crates of three farms, and what was sent of them; each farm has as many crates. */
const FARMS = 3;
const CRATES = 120;
const sent = Array.from({ length: CRATES }, (_, at) => ({ _id: at, crate: at, least: at % 2 }));
const crates = Array.from({ length: CRATES }, (_, at) => ({
  _id: at,
  farm: at % FARMS,
  kilos: at,
  tags: [at],
}));
const ofCrate = { crate: '$crate', least: '$least' };
const SUMS = [{ $group: { _id: '$farm', crates: { $sum: 1 } } }, { $sort: { _id: 1 } }];
const ofFarms = Array.from({ length: FARMS }, (_, farm) => ({ _id: farm, crates: CRATES / FARMS }));

/**
 * Joins by pipelines → what the document of place 7 is given. They would read 14,400 crates, more than the thread that
 * answers everybody may, were it not for an index or for what is read once.
 */
const JOINED: readonly (readonly [what: string, lookup: Document, joined: readonly Document[]])[] = [
  ['a field that equals a variable', { pipeline: [{ $match: { $expr: { $eq: ['$kilos', '$$crate'] } } }] }, [crates[7] as Document]],
  ['_id that equals one', { pipeline: [{ $match: { $expr: { $eq: ['$$crate', '$_id'] } } }] }, [crates[7] as Document]],
  ['an expression of a variable', { pipeline: [{ $match: { $expr: { $eq: ['$kilos', { $add: ['$$crate', 1] }] } } }] }, [crates[8] as Document]],
  ['the field beside another condition', { pipeline: [{ $match: { farm: 1, $expr: { $and: [{ $eq: ['$kilos', '$$crate'] }] } } }] }, [crates[7] as Document]],
  ['a range that variables end', { pipeline: [{ $match: { $expr: { $and: [{ $gte: ['$kilos', '$$crate'] }, { $lt: ['$kilos', { $add: ['$$crate', 2] }] }] } } }] }, [crates[7] as Document, crates[8] as Document]],
  ['what reads no variable', { pipeline: SUMS }, ofFarms],
  ['what reads none but $literal', { pipeline: [...SUMS, { $limit: 1 }, { $set: { text: { $literal: '$$crate' } } }] }, [{ ...ofFarms[0], text: '$$crate' }]],
  ['what reads one at its end', { pipeline: [...SUMS, { $match: { $expr: { $eq: ['$_id', '$$least'] } } }] }, [ofFarms[1] as Document]],
  ['what is changed at its end', { pipeline: [...SUMS, { $limit: 1 }, { $set: { 'at.crate': '$$crate' } }] }, [{ ...ofFarms[0], at: { crate: 7 } }]],
]; // prettier-ignore

describe('embedded MongoDB: stages that join', () => {
  let engine: HeldEngine;
  before(async () => {
    engine = await heldEngine();
  });
  after(() => engine.close());

  for (const [what, stage, code] of REFUSED) {
    it(`refuses ${what} → ${code}`, () => {
      expect(engine.ask({ aggregate: 'c', pipeline: [stage], cursor: {} })['code']).to.equal(code);
    });
  }

  describe('a pipeline for each document', () => {
    const aggregate = (lookup: Document): readonly Document[] => {
      const stages = [{ $lookup: { from: 'crates', let: ofCrate, ...lookup, as: 'joined' } }];
      const cursor = { batchSize: CRATES };
      return engine.ask({ aggregate: 'sent', pipeline: stages, cursor })['batch'] as readonly Document[];
    };
    before(() => {
      engine.ask({ insert: 'sent', documents: sent });
      engine.ask({ insert: 'crates', documents: crates });
      engine.ask({ createIndexes: 'crates', indexes: [{ key: { kilos: 1 }, name: 'kilos' }] });
    });

    for (const [what, lookup, joined] of JOINED) {
      it(`joins by ${what}`, () => {
        const answers = aggregate(lookup);
        expect(answers).to.have.lengthOf(CRATES);
        expect(answers[7]?.['joined']).to.deep.equal(joined);
      });
    }

    it('reads again what is another each time', () => {
      const one = [{ $match: { kilos: 0 } }, { $project: { _id: 0, chance: { $rand: {} } } }];
      const chances = aggregate({ pipeline: one }).map(({ joined }) =>
        String((joined as Document[])[0]?.['chance']),
      );
      expect(new Set(chances).size).to.equal(CRATES);
    });

    it('takes no field of an object for a comparison', () => {
      const filter = { $expr: { valueOf: ['$kilos', 5] } };
      expect(engine.ask({ count: 'crates', query: filter })['n']).to.equal(CRATES);
    });

    it('does not take an index of lists for what compares whole lists', () => {
      engine.ask({ createIndexes: 'crates', indexes: [{ key: { tags: 1 }, name: 'tags' }] });
      const filter = { $expr: { $eq: ['$tags', [5]] } };
      expect(engine.ask({ find: 'crates', filter })['batch']).to.deep.equal([crates[5]]);
      expect(engine.ask({ find: 'crates', filter: { $expr: { $eq: ['$tags', 5] } } })['batch']).to.deep.equal(
        [],
      );
    });
  });
});
