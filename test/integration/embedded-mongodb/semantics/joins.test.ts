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
});
