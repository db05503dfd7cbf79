import type { Actor, OrganizationKind } from '../../platform/access.ts';
import type { DemoAccount } from './contract.ts';
import type { DemoData, DemoPerson } from './data.ts';
import { demoId } from './ids.ts';
import type { DemoPasswords } from './passwords.ts';
import { demonstrationStrings } from './strings.ts';

export const DEMO_ADMINISTRATOR = { name: 'Quản trị minh họa', email: 'quantri@nguon.example' } as const;

type Place = { readonly kind: OrganizationKind; readonly name: string; readonly nameEn: string };

function placeOf(data: DemoData, key: string): Place & { readonly provinceCode: string } {
  const lists = { union: data.unions, retailer: data.retailers, cooperative: data.cooperatives } as const;
  for (const kind of ['union', 'retailer', 'cooperative'] as const) {
    const found = lists[kind].find((organization) => organization.key === key);
    if (found !== undefined) return { ...found, kind };
  }
  throw new RangeError(`The demonstration has no organisation ${key}`);
}

/** A person of the demonstration as the services know somebody who is signed in. */
export function demoActor(data: DemoData, person: DemoPerson): Actor {
  const { kind, provinceCode } = placeOf(data, person.organization);
  const membership = { organizationId: demoId(person.organization), kind, role: person.role, provinceCode };
  return {
    userId: demoId(person.key),
    name: person.name,
    email: person.email,
    administrator: false,
    memberships: [membership],
  };
}

/** The people of an organisation: who manages it, and who writes its records down. */
export function demoStaff(data: DemoData, organization: string): { manager: Actor; recorder: Actor } {
  const find = (role: DemoPerson['role']) =>
    data.accounts.find((person) => person.organization === organization && person.role === role);
  const manager = find('manager');
  if (manager === undefined) throw new RangeError(`${organization} has no manager`);
  return { manager: demoActor(data, manager), recorder: demoActor(data, find('clerk') ?? manager) };
}

/** One of each role first, so that a visitor finds every side of the product at the top. */
function inOrderOfInterest(people: readonly DemoPerson[]): readonly DemoPerson[] {
  const first = (['clerk', 'officer', 'staff'] as const).flatMap((role) =>
    people.filter((person) => person.role === role).slice(0, 1),
  );
  const manager = people.find(
    ({ role, organization }) => role === 'manager' && organization === first[0]?.organization,
  );
  const chosen = [...first.slice(0, 1), ...(manager === undefined ? [] : [manager]), ...first.slice(1)];
  return [...chosen, ...people.filter((person) => !chosen.includes(person))];
}

/** Everybody who can sign in. */
export function demoAccounts(
  data: DemoData,
  passwords: DemoPasswords,
  { administrator }: { readonly administrator: boolean },
): readonly (DemoAccount & { readonly password: string })[] {
  const account = (role: DemoAccount['role'], login: string) => ({
    role,
    login,
    password: passwords.of(login),
  });
  const people = inOrderOfInterest(data.accounts).map((person) => {
    const word = demonstrationStrings[person.role];
    const { name, nameEn } = placeOf(data, person.organization);
    return account({ vi: `${word.vi} · ${name}`, en: `${word.en} · ${nameEn}` }, person.email);
  });
  return administrator
    ? [...people, account(demonstrationStrings.administrator, DEMO_ADMINISTRATOR.email)]
    : people;
}
