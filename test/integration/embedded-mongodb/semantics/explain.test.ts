import { expect } from 'chai';
import type { Document } from 'mongodb';
import type { HeldEngine } from './engine.ts';
import { heldEngine } from './engine.ts';

const GROUP = { $group: { _id: '$kind' } };
const over = (name: string, ...pipeline: Document[]): Document => ({ aggregate: name, pipeline, cursor: {} });

describe('embedded MongoDB: what explain tells', () => {
  let engine: HeldEngine;
  before(async () => {
    engine = await heldEngine();
    const documents = ['a', 'a', 'b', 'b', 'b'].map((kind, _id): Document => ({ _id, kind, n: _id }));
    engine.ask({ insert: 'c', documents });
    engine.ask({ createIndexes: 'c', indexes: [{ key: { kind: 1 }, name: 'kind_1' }] });
    engine.ask({ create: 'v', viewOn: 'c', pipeline: [{ $match: { kind: 'b' } }] });
    engine.ask({ create: 'w', viewOn: 'v', pipeline: [{ $project: { n: 1 } }] });
  });
  after(() => engine.close());

  const explained = (command: Document, verbosity = 'executionStats'): Document =>
    engine.ask({ explain: command, verbosity });

  it('the command, without what its driver added', () => {
    const command = { find: 'c', filter: { n: 1 }, collation: { locale: 'simple' } };
    const answer = explained({ ...command, comment: 'x' }, 'queryPlanner');
    expect(answer['command']).to.deep.equal({ ...command, $db: 'test' });
    expect(explained(over('c', GROUP))['command'].pipeline).to.deep.equal([GROUP]);
  });

  it('the groups that come first as part of the plan', () => {
    const answer = explained(over('c', GROUP, GROUP));
    expect(answer).to.not.have.property('stages');
    expect(answer['explainVersion']).to.equal('2');
    expect(answer['queryPlanner'].winningPlan.queryPlan).to.deep.include({ stage: 'GROUP' });
    expect(answer['queryPlanner'].winningPlan.queryPlan.inputStage.inputStage.stage).to.equal('COLLSCAN');
    expect(answer['executionStats']).to.include({ nReturned: 1, totalDocsExamined: 5 });
  });

  it('the stages that are left, with how many documents each makes', () => {
    const [unwind, limit] = [{ $unwind: '$kind' }, { $limit: 2 }];
    const { stages, ...answer } = explained(
      over('c', { $match: { kind: 'b' } }, unwind, limit, { $out: 'd' }),
    );
    const [{ $cursor: cursor, ...first }, ...rest] = stages as Document[] as [Document, ...Document[]];

    expect(answer).to.not.have.any.keys('queryPlanner', 'executionStats');
    expect(cursor.queryPlanner.winningPlan.inputStage.indexName).to.equal('kind_1');
    expect(cursor.executionStats.totalDocsExamined).to.equal(2);
    expect([first, ...rest].map(({ nReturned }) => Number(nReturned))).to.deep.equal([2, 2, 2, 0]);
    expect(rest).to.have.length(3);
    expect(rest[1]).to.include(limit);
    expect(engine.ask({ count: 'd' })['n']).to.equal(0);
  });

  it('no more than the stages, where it runs nothing', () => {
    const { stages } = explained(over('c', GROUP, { $unwind: '$_id' }), 'queryPlanner');
    expect(stages).to.have.length(2);
    expect(Object.keys(stages[0])).to.deep.equal(['$cursor']);
    expect(stages[0].$cursor).to.have.all.keys('queryPlanner');
    expect(stages[1]).to.deep.equal({ $unwind: '$_id' });
  });

  it('the stages alone, where the first makes its documents itself', () => {
    const { stages } = explained(over('c', { $collStats: { count: {} } }, { $count: 'n' }));
    expect(stages.map((stage: Document) => Object.keys(stage)[0] as string)).to.deep.equal([
      '$collStats',
      '$count',
    ]);
    expect(Number(stages[0].nReturned)).to.equal(1);
    const made = { aggregate: 1, pipeline: [{ $documents: [{ a: 1 }, { a: 2 }] }], cursor: {} };
    expect(Number(explained(made)['stages'][0].nReturned)).to.equal(2);
  });

  it('of a view what reads the collection below it', () => {
    const { queryPlanner, executionStats } = explained({ find: 'v', filter: { n: { $gt: 2 } } });
    expect(queryPlanner.namespace).to.equal('test.c');
    expect(queryPlanner.winningPlan.inputStage.indexName).to.equal('kind_1');
    expect(executionStats).to.include({ nReturned: 2, totalDocsExamined: 3 });
    const { stages } = explained({ find: 'w', filter: { n: 4 } });
    expect(stages.map(({ nReturned }: Document) => Number(nReturned))).to.deep.equal([3, 3, 1]);
    expect(explained({ count: 'v', query: { n: 4 } })['executionStats'].nReturned).to.equal(1);
  });

  const refused: [string, Document, number][] = [
    ['a stage that there is not', over('c', { $nope: 1 }), 40324],
    ['a stage that is not valid', over('c', { $unwind: 1 }), 15981],
    ['an operator that there is not', over('c', { $match: { n: { $nope: 1 } } }), 2],
    ['a stage that must be the first', over('c', GROUP, { $collStats: {} }), 40602],
    ['a stage that must be the last', over('c', { $out: 'd' }, GROUP), 40601],
    ['a change stream', over('c', { $changeStream: {} }), 40573],
    ['an update of a view', { update: 'v', updates: [{ q: {}, u: { $set: { a: 1 } } }] }, 166],
    ['a removal from a view', { delete: 'v', deletes: [{ q: {}, limit: 1 }] }, 166],
    ['another command', { ping: 1 }, 59],
  ];
  for (const [what, command, code] of refused) {
    it(`refuses to explain ${what}`, () => {
      expect(explained(command)).to.include({ ok: 0, code });
    });
  }
});
