import { PEOPLE, type Person } from '../app.ts';
import type { Tenant } from '../tenants.ts';

/** What a person's right request comes to: done or shown, refused with a status, or sent to sign in. */
export type Outcome = 'ok' | 'login' | 401 | 403 | 404 | 409 | 422;

/** A request that is right in every way, so that only who asks can be wrong with it. */
export type Sample = {
  readonly path: string;
  readonly json?: unknown;
  /** Fields of a page's form; the token of the person's browser is added. */
  readonly form?: Readonly<Record<string, string>>;
  /** Sent as multipart, by the API or by a page. */
  readonly multipart?: Readonly<Record<string, string | File>>;
};

/** One route: how to ask rightly, and what each person of the test world is answered about `tenant`'s things. */
export type Row = {
  readonly route: string;
  sample(tenant: Tenant): Sample | Promise<Sample>;
  readonly outcomes: Readonly<Record<Person, Outcome>>;
};

/** What anybody gets, signed in or not. */
export const ANYBODY = 'ok ok ok ok ok ok ok ok ok';

/**
 * A row of the table. `outcomes` are in the order of `PEOPLE`, seen from the tenant's side: guest, administrator,
 * its province's officer, its manager, its clerk, another province's officer, another cooperative's manager and
 * clerk, a retailer's staff.
 */
export function row(route: string, outcomes: string, sample: Row['sample']): Row {
  const words = outcomes.trim().split(/\s+/);
  if (words.length !== PEOPLE.length) throw new RangeError(`${route} needs ${PEOPLE.length} outcomes`);
  const entries = PEOPLE.map((person, index): [Person, Outcome] => {
    const word = words[index] ?? '';
    return [person, (/^\d+$/.test(word) ? Number(word) : word) as Outcome];
  });
  return { route, sample, outcomes: Object.fromEntries(entries) as Row['outcomes'] };
}
