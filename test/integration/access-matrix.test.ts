import { expect } from 'chai';
import { PEOPLE, emailOf, testApp, type Person, type TestApp } from '../kit/app.ts';
import { apiRows } from '../kit/routes/api-rows.ts';
import { endingRows } from '../kit/routes/ending-rows.ts';
import { pageRows } from '../kit/routes/page-rows.ts';
import { ask, callerOf, outcomeOf, type Caller } from '../kit/routes/people.ts';
import type { Row } from '../kit/routes/row.ts';
import { onSide, tenantOf, type Side, type Tenant } from '../kit/tenants.ts';
import type { Clock } from '../../src/platform/clock.ts';
import { API_PREFIX } from '../../src/platform/mount.ts';

const rows: readonly Row[] = [...apiRows, ...pageRows, ...endingRows];
const SIDES: readonly Side[] = ['first', 'second'];

/** A form that is shown again with what to mend is the person's own; these refusals tell nothing. */
const WITHOUT_A_WORD: ReadonlySet<unknown> = new Set(['login', 401, 403, 404]);

/** Signing in or out changes who the browser is, so each such request is made by one of its own. */
const CHANGES_CALLER: ReadonlySet<string> = new Set([
  'POST /login',
  'POST /logout',
  'POST /api/v1/auth/logout',
  'POST /invitations/:token',
  ...endingRows.map(({ route }) => route),
]);

/** A minute of this one is an hour: access tokens live longer than the whole table takes on the slowest machine. */
function slowClock(): Clock {
  const startedAt = Date.now();
  return { now: () => new Date(startedAt + (Date.now() - startedAt) / 60) };
}

describe('who may do what', function () {
  this.timeout(120_000);
  let app: TestApp;
  let tenants: Readonly<Record<Side, Tenant>>;
  const callers = new Map<Person, Caller>();

  before(async () => {
    app = await testApp({ clock: slowClock() });
    tenants = { first: await tenantOf(app, 'first'), second: await tenantOf(app, 'second') };
    for (const person of PEOPLE) callers.set(person, await callerOf(app, person));
  });
  after(async () => app.stop());

  async function callerFor(person: Person, route: string): Promise<Caller> {
    const known = CHANGES_CALLER.has(route) ? undefined : callers.get(person);
    return known ?? callerOf(app, person);
  }

  it('has a row for every route, and no row without a route', () => {
    const served = app.app.routes.map(
      ({ method, surface, path }) => `${method.toUpperCase()} ${surface === 'api' ? API_PREFIX : ''}${path}`,
    );

    const told = rows.map(({ route }) => route);
    expect(
      served.filter((route) => !told.includes(route)),
      'routes without a row in test/kit/routes',
    ).to.deep.equal([]);
    expect(
      told.filter((route) => !served.includes(route)),
      'rows without a route',
    ).to.deep.equal([]);
    expect(new Set(told).size).to.equal(told.length);
  });

  for (const one of rows) {
    it(`${one.route} answers each person as the table says`, async () => {
      const [method = ''] = one.route.split(' ', 1);
      const wrong: string[] = [];
      for (const side of SIDES) {
        for (const person of PEOPLE) {
          const caller = await callerFor(onSide(person, side), one.route);
          const reply = await ask(caller, method, await one.sample(tenants[side]));
          const outcome = outcomeOf(reply);
          const expected = one.outcomes[person];
          if (outcome !== expected) {
            wrong.push(`${person} of ${side}: ${outcome}, not ${expected}: ${briefly(reply.text)}`);
          }
          if (WITHOUT_A_WORD.has(outcome) && tells(reply.text, tenants[side], onSide(person, side))) {
            wrong.push(
              `${person} of ${side} was refused with a ${outcome} that tells of it: ${briefly(reply.text)}`,
            );
          }
        }
      }

      expect(wrong.join('\n')).to.equal('');
    });
  }
});

/** Whether a refusal holds anything of what it refuses: names, notes, lot numbers, people. */
function tells(text: string, tenant: Tenant, person: Person): boolean {
  const { side, marker } = tenant;
  const lot = side === 'first' ? 'KIN1-' : 'KIN2-';
  const people = [emailOf(onSide('manager', side)), emailOf(onSide('clerk', side))];
  // One's own address on one's own page is no news.
  const rest = text.replaceAll(emailOf(person), '');
  return [marker, lot, tenant.batchCode, ...people].some((word) => rest.includes(word));
}

const briefly = (text: string): string => text.replace(/\s+/g, ' ').slice(0, 300);
