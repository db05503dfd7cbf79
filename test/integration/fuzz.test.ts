import { expect } from 'chai';
import fc from 'fast-check';
import type { Connection } from 'mongoose';
import { testApp, type Person, type TestApp } from '../kit/app.ts';
import type { Client } from '../kit/client.ts';
import { freshDatabaseUri } from '../kit/database.ts';
import { fingerprint } from '../kit/fingerprint.ts';
import { problemFault } from '../kit/problem.ts';
import { apiRows } from '../kit/routes/api-rows.ts';
import type { Sample } from '../kit/routes/row.ts';
import { tenantOf, type Tenant } from '../kit/tenants.ts';
import { connectStore } from '../../src/store/connect.ts';

const REQUESTS = 2_400;
const UNDER_WAY_MAX = 6;
/** Printed by fast-check when it fails; a fixed seed keeps a run repeatable. */
const SEED = 20_261_124;

const ASKERS: readonly Person[] = ['guest', 'administrator', 'officer', 'manager', 'clerk', 'staff'];

type Ask = {
  readonly route: number;
  readonly asker: number;
  readonly language: 'vi' | 'en';
  readonly segment: string | null;
  readonly body: unknown;
  readonly query: readonly (readonly [string, string])[];
  /** How the sample is bent: at the how-manyeth of its members, and with which value. */
  readonly bend: { readonly at: number; readonly value: unknown; readonly remove: boolean };
  readonly whole: boolean;
};

const anything = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom<unknown>('', 0, -1, 1e308, [], {}, null, '2026-02-30', '__proto__', { $gt: '' }, [[[[]]]]),
);

const asks: fc.Arbitrary<Ask> = fc.record({
  route: fc.nat(),
  asker: fc.nat(),
  language: fc.constantFrom('vi' as const, 'en' as const),
  segment: fc.option(fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }), { freq: 2 }),
  body: anything,
  query: fc.array(fc.tuple(fc.constantFrom('limit', 'cursor', 'q', 'province', 'tier', 'x'), fc.string()), {
    maxLength: 3,
  }),
  bend: fc.record({ at: fc.nat(), value: anything, remove: fc.boolean() }),
  whole: fc.boolean(),
});

type Members = Record<string, unknown>;

/** The sample's body with one member, at any depth, replaced or taken away. */
function bent(body: unknown, { at, value, remove }: Ask['bend']): unknown {
  if (typeof body !== 'object' || body === null) return value;
  const copy: unknown = structuredClone(body);
  const places: (readonly [Members, string])[] = [];
  const collect = (branch: Members) => {
    for (const [name, member] of Object.entries(branch)) {
      places.push([branch, name]);
      if (typeof member === 'object' && member !== null) collect(member as Members);
    }
  };
  collect(copy as Members);
  const [branch, name] = places[at % Math.max(1, places.length)] ?? [];
  if (branch === undefined || name === undefined) return value;
  if (remove) Reflect.deleteProperty(branch, name);
  else branch[name] = value;
  return copy;
}

/** `path` with its last id replaced by something else, and a query. */
function bentPath(path: string, { segment, query }: Ask): string {
  const [bare = '', own = ''] = path.split('?', 2);
  const parts = bare.split('/');
  const place = parts.findLastIndex((part, index) => index > 3 && /\d/.test(part));
  const changed =
    segment === null || place < 0
      ? bare
      : parts.map((part, at) => (at === place ? encoded(segment) : part)).join('/');
  const params = new URLSearchParams(own);
  for (const [name, value] of query) params.append(name, value);
  return params.size === 0 ? changed : `${changed}?${params.toString()}`;
}

/** A lone surrogate cannot be percent-encoded; a dot or two alone would change the path. */
function encoded(segment: string): string {
  const text = Buffer.from(segment).toString('utf8');
  return /^\.{1,2}$/.test(text) ? '%2e%2e%2e' : encodeURIComponent(text);
}

describe('2,400 requests that make little sense', function () {
  this.timeout(180_000);
  let app: TestApp;
  let tenant: Tenant;
  let database: Connection;
  const samples: Sample[] = [];
  const clients: Client[] = [];

  before(async () => {
    const uri = await freshDatabaseUri();
    app = await testApp({ uri });
    tenant = await tenantOf(app, 'first');
    database = await connectStore(uri);
    for (const row of apiRows) samples.push(await row.sample(tenant));
    for (const person of ASKERS) clients.push(await app.as(person));
  });
  after(async () => {
    await database.close();
    await app.stop();
  });

  async function send(ask: Ask) {
    const index = ask.route % apiRows.length;
    const [method = 'GET'] = apiRows[index]?.route.split(' ', 1) ?? [];
    const sample = samples[index] ?? { path: '/' };
    const client = clients[ask.asker % clients.length] ?? (await app.as('guest'));
    const body = ask.whole ? ask.body : bent(sample.json, ask.bend);
    const path = bentPath(sample.path, ask);
    const answer = await client.send(method, path, {
      headers: {
        'accept-language': ask.language,
        cookie: `nguon_lang=${ask.language}`,
        ...(method === 'GET' ? {} : { 'content-type': 'application/json' }),
      },
      ...(method === 'GET' || body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { answer, line: `${method} ${path} ${JSON.stringify(body)}`.slice(0, 500) };
  }

  type Sent = Awaited<ReturnType<typeof send>> & { readonly ask: Ask };

  async function sendAll(all: readonly Ask[]): Promise<readonly Sent[]> {
    const sent: Sent[] = [];
    for (let at = 0; at < all.length; at += UNDER_WAY_MAX) {
      const some = all.slice(at, at + UNDER_WAY_MAX);
      sent.push(...(await Promise.all(some.map(async (ask) => ({ ask, ...(await send(ask)) })))));
    }
    return sent;
  }

  const isRefused = ({ answer }: Sent) => answer.status >= 400;

  it('are answered, never with a 500, and a refusal is a problem that changes nothing', async () => {
    const first = await sendAll(fc.sample(asks, { seed: SEED, numRuns: REQUESTS }));
    const refused = first.filter(isRefused);
    const faults = refused.flatMap(({ ask, answer, line }) => {
      const fault = problemFault(answer, ask.language);
      return fault === null ? [] : [`${line}: ${fault}`];
    });
    // What was refused is refused again; a part of it in which nothing passes must leave the database as it is.
    let compared = 0;
    for (let at = 0; at < refused.length; at += 50) {
      const before = await fingerprint(database);
      const again = await sendAll(refused.slice(at, at + 50).map(({ ask }) => ask));
      if (!again.every(isRefused)) continue;
      compared += 1;
      const after = await fingerprint(database);
      if (JSON.stringify(after) !== JSON.stringify(before)) {
        faults.push(`changed by one of:\n${again.map(({ line }) => line).join('\n')}`);
      }
    }

    expect(faults, faults.slice(0, 20).join('\n')).to.deep.equal([]);
    expect(refused.length).to.be.greaterThan(REQUESTS / 3);
    expect(compared).to.be.greaterThan(refused.length / 100);
  });
});
