import { expect } from 'chai';
import type { Connection } from 'mongoose';
import { PEOPLE, testApp, type Person, type TestApp } from '../kit/app.ts';
import type { Client } from '../kit/client.ts';
import { freshDatabaseUri } from '../kit/database.ts';
import { fingerprint } from '../kit/fingerprint.ts';
import { problemFault } from '../kit/problem.ts';
import { apiRows } from '../kit/routes/api-rows.ts';
import type { Row, Sample } from '../kit/routes/row.ts';
import { tenantOf, type Tenant } from '../kit/tenants.ts';
import { wrongBodies, type WrongBody } from '../kit/wrong-values.ts';
import { connectStore } from '../../src/store/connect.ts';

const routeOf = (row: Row) => {
  const [method = '', path = ''] = row.route.split(' ');
  return { method, path };
};

const allowed = (row: Row): Person =>
  PEOPLE.find((person) => row.outcomes[person] === 'ok') ?? 'administrator';

describe('bad input', function () {
  this.timeout(120_000);
  let app: TestApp;
  let tenant: Tenant;
  let database: Connection;

  before(async () => {
    const uri = await freshDatabaseUri();
    app = await testApp({ uri });
    tenant = await tenantOf(app, 'first');
    database = await connectStore(uri);
    for (const person of PEOPLE) await app.as(person);
  });
  after(async () => {
    await database.close();
    await app.stop();
  });

  /** Sends `text` as JSON in a language that alternates, so that both are seen for every kind of mistake. */
  async function refused(client: Client, request: { method: string; path: string }, wrong: WrongBody) {
    const language = (count += 1) % 2 === 0 ? 'vi' : 'en';
    const answer = await client.send(request.method, request.path, {
      headers: { 'content-type': 'application/json', 'accept-language': language },
      body: wrong.text,
    });
    const fault = problemFault(answer, language);
    if (fault !== null) return `${wrong.what}: ${fault}`;
    if (answer.status !== 422) return `${wrong.what}: status ${answer.status}`;
    const pointers = (answer.body.errors as { pointer: string }[]).map(({ pointer }) => pointer);
    const told = pointers.some((one) => one === wrong.pointer || one.startsWith(`${wrong.pointer}/`));
    return told ? null : `${wrong.what}: points at ${pointers.join(' ')}`;
  }
  let count = 0;

  const withBody = apiRows.filter(({ route }) => /^(POST|PATCH)/.test(route));
  for (const row of withBody) {
    it(`${row.route} points at each wrong field, in both languages, and changes nothing`, async function () {
      const { method, path } = routeOf(row);
      const route = app.app.routes.find(
        (one) => one.method === method.toLowerCase() && `/api/v1${one.path}` === path,
      );
      const body = route?.doc?.body;
      if (body === undefined) {
        expect(await takesNoBody(row), `${row.route} has no schema in its doc`).to.equal(true);
        return;
      }
      const sample = await row.sample(tenant);
      const client = await app.as(allowed(row));
      const before = await fingerprint(database);

      const faults: string[] = [];
      for (const wrong of wrongBodies(body, sample.json)) {
        const fault = await refused(client, { method, path: sample.path }, wrong);
        if (fault !== null) faults.push(fault);
      }

      expect(faults.join('\n')).to.equal('');
      expect(await fingerprint(database)).to.deep.equal(before);
    });
  }

  async function takesNoBody(row: Row): Promise<boolean> {
    const sample: Sample = await row.sample(tenant);
    return sample.json === undefined;
  }
});
