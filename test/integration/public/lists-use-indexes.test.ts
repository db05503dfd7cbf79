import { expect } from 'chai';
import type { Connection } from 'mongoose';
import { connectStore } from '../../../src/store/connect.ts';
import { testApp, type TestApp } from '../../kit/app.ts';
import { freshDatabaseUri } from '../../kit/database.ts';

/** Enough that a list which reads everything is told from one that reads a page. */
const PRODUCTS = 1_500;
const PAGE_MAX_KEYS = 60;

describe('lists read their page and not the collection', () => {
  let app: TestApp;
  let connection: Connection;

  const lists = [
    { name: 'every product', filter: {}, sort: { searchKey: 1, _id: 1 } },
    { name: 'a province’s products', filter: { provinceCode: '08' }, sort: { searchKey: 1, _id: 1 } },
    { name: 'a cooperative’s products', filter: { cooperativeId: 'c7' }, sort: { searchKey: 1, _id: 1 } },
    { name: 'products of one tier', filter: { tier: 'national' }, sort: { searchKey: 1, _id: 1 } },
    { name: 'the newest products', filter: {}, sort: { createdAt: -1, _id: -1 } },
    { name: 'a province’s newest', filter: { provinceCode: '08' }, sort: { createdAt: -1, _id: -1 } },
    { name: 'products with a rare word', filter: { searchTerms: /^1499/ }, sort: { searchKey: 1, _id: 1 } },
  ] as const;

  before(async function () {
    this.timeout(60_000);
    const uri = await freshDatabaseUri();
    app = await testApp({ uri });
    connection = await connectStore(uri);
    const rows = Array.from({ length: PRODUCTS }, (_, index) => ({
      _id: `p${index}`,
      slug: `chè-${index}`,
      cooperativeId: `c${index % 100}`,
      provinceCode: index % 2 === 0 ? '08' : '68',
      name: { vi: `Chè ${index}` },
      tier: index % 100 === 0 ? 'national' : 'local',
      category: '1.11',
      standards: [],
      photos: [],
      searchKey: `che ${index}`,
      searchTerms: ['che', String(index)],
      demo: false,
      createdAt: new Date(1_700_000_000_000 + index),
      updatedAt: new Date(1_700_000_000_000),
      updatedBy: 'test',
      version: 1,
    }));
    // The type says what the driver would not guess: ids are texts.
    await connection.collection<{ _id: string }>('products').insertMany(rows);
  });
  after(async () => {
    await connection.close();
    await app.stop();
  });

  for (const { name, filter, sort } of lists) {
    it(`${name}: by an index, no more keys than a page`, async () => {
      const plan = await connection
        .collection('products')
        .find(filter)
        .sort(sort)
        .limit(25)
        .explain('executionStats');

      expect(JSON.stringify(plan['queryPlanner'].winningPlan)).to.contain('IXSCAN').and.not.contain('COLLSCAN');
      expect(plan['executionStats'].totalKeysExamined).to.be.at.most(PAGE_MAX_KEYS);
    });
  }

  it('finds common and rare words alike, counted', async () => {
    const guest = await app.as('guest');
    const summary = async (q: string) =>
      /<h2 id="found">([^<]*)</.exec((await guest.send('GET', `/products?lang=vi&q=${q}`)).text)?.[1];

    expect(await summary('che')).to.equal('hơn 1.000 sản phẩm');
    expect(await summary('149')).to.equal('11 sản phẩm');
    expect(await summary('che+1499')).to.equal('1 sản phẩm');
    expect(await summary('zzz')).to.equal('0 sản phẩm');
  });

  it('gives the API the same products for a word, each once', async () => {
    const guest = await app.as('guest');
    const seen: string[] = [];

    for (let cursor: string | null = ''; cursor !== null; ) {
      const { body } = await guest.get(`/products?q=149&limit=4&cursor=${cursor}`);
      seen.push(...body.items.map((one: { id: string }) => one.id));
      cursor = body.next;
    }

    expect(seen).to.have.length(11);
    expect(new Set(seen).size).to.equal(11);
  });
});
