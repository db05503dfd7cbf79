import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp, type App } from '../../src/app.ts';
import { readConfig } from '../../src/platform/config.ts';
import { createLog } from '../../src/platform/log.ts';
import { systemClock, type Clock } from '../../src/platform/clock.ts';
import { systemRandom } from '../../src/platform/random.ts';
import type { KeySource } from '../../src/features/labels/unit-keys.ts';
import { connectStore } from '../../src/store/connect.ts';
import type { Membership } from '../../src/platform/access.ts';
import { freshDatabaseUri } from './database.ts';
import { session, type Session } from './browser-session.ts';
import { client, type Client } from './client.ts';

export const PASSWORD = 'mật khẩu đủ dài';

/** The people of the test world: two provinces, a cooperative and an officer in each, and a retailer. */
export type Person =
  | 'guest'
  | 'administrator'
  | 'officer'
  | 'manager'
  | 'clerk'
  | 'otherOfficer'
  | 'otherManager'
  | 'otherClerk'
  | 'staff';

export const PEOPLE: readonly Person[] = [
  'guest',
  'administrator',
  'officer',
  'manager',
  'clerk',
  'otherOfficer',
  'otherManager',
  'otherClerk',
  'staff',
];

export type TestApp = {
  readonly url: string;
  readonly app: App;
  /** Ids of the world's organisations. */
  readonly cooperativeId: string;
  readonly otherCooperativeId: string;
  readonly unionId: string;
  readonly retailerId: string;
  as(person: Person): Promise<Client>;
  /** A new browser, signed in by the form as that person. */
  browse(person: Person): Promise<Session>;
  stop(): Promise<void>;
};

export const emailOf = (person: Person): string => `${person.toLowerCase()}@example.org`;

type World = Pick<TestApp, 'cooperativeId' | 'otherCooperativeId' | 'unionId' | 'retailerId'>;

async function makeWorld(app: App): Promise<World> {
  const organizations = app.features.organizations.contract;
  const insert = (
    id: string,
    kind: 'cooperative' | 'union' | 'retailer',
    name: string,
    provinceCode: string,
  ) =>
    organizations.insert({
      id,
      kind,
      name,
      provinceCode,
      address: 'Thôn Pả Ngán, xã Lũng Phìn',
      status: 'active',
      demo: false,
      taxCode: '0100109106',
      ...(kind === 'cooperative' ? { cooperativeKind: 'cooperative' as const } : {}),
    });
  await insert('coop1', 'cooperative', 'Hợp tác xã Chè Mây Ngủ', '08');
  await insert('coop2', 'cooperative', 'Hợp tác xã Cà phê Nắng Nương', '68');
  await insert('union1', 'union', 'Liên minh Hợp tác xã tỉnh Tuyên Quang', '08');
  await insert('union2', 'union', 'Liên minh Hợp tác xã tỉnh Lâm Đồng', '68');
  await insert('retail1', 'retailer', 'Siêu thị Thúng Tre', '79');
  const membership = (
    organizationId: string,
    kind: Membership['kind'],
    role: Membership['role'],
    provinceCode: string,
  ) => [{ organizationId, kind, role, provinceCode }];
  const people: readonly (readonly [Exclude<Person, 'guest'>, readonly Membership[]])[] = [
    ['administrator', []],
    ['officer', membership('union1', 'union', 'officer', '08')],
    ['manager', membership('coop1', 'cooperative', 'manager', '08')],
    ['clerk', membership('coop1', 'cooperative', 'clerk', '08')],
    ['otherOfficer', membership('union2', 'union', 'officer', '68')],
    ['otherManager', membership('coop2', 'cooperative', 'manager', '68')],
    ['otherClerk', membership('coop2', 'cooperative', 'clerk', '68')],
    ['staff', membership('retail1', 'retailer', 'staff', '79')],
  ];
  for (const [person, memberships] of people) {
    await app.features.accounts.contract.create(
      {
        id: person.toLowerCase(),
        name: `Cô ${person}`,
        email: emailOf(person),
        password: PASSWORD,
        administrator: person === 'administrator',
        memberships,
      },
      '/email',
    );
  }
  return { cooperativeId: 'coop1', otherCooperativeId: 'coop2', unionId: 'union1', retailerId: 'retail1' };
}

/** The real application on a real database of its own, listening on loopback. */
export async function testApp(
  options: {
    readonly clock?: Clock;
    readonly unitKeySource?: KeySource;
    readonly settings?: Readonly<Record<string, string>>;
    readonly uri?: string;
    /** An app on the same database, whose people are there already: another process, as far as the database knows. */
    readonly joins?: World;
  } = {},
): Promise<TestApp> {
  const config = readConfig({
    DEMO: '0',
    LOG_LEVEL: 'silent',
    PUBLIC_URL: 'https://nguon.example',
    ...options.settings,
  });
  const connection = await connectStore(options.uri ?? (await freshDatabaseUri()));
  const app = await createApp({
    config,
    connection,
    clock: options.clock ?? systemClock,
    random: systemRandom,
    log: createLog(config.logLevel),
    sessionSecret: new Uint8Array(32).fill(7),
    passwordCost: 'test',
    unitKeySource: options.unitKeySource ?? { kind: 'given', keys: [new Uint8Array(32).fill(9)] },
  });
  await app.prepare();
  const server = createServer(app.http).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const world = options.joins ?? (await makeWorld(app));
  const clients = new Map<Person, Client>();
  return {
    cooperativeId: world.cooperativeId,
    otherCooperativeId: world.otherCooperativeId,
    unionId: world.unionId,
    retailerId: world.retailerId,
    url,
    app,
    async as(person) {
      const known = clients.get(person);
      if (known !== undefined) return known;
      const made = client(url);
      if (person !== 'guest') await made.signIn(emailOf(person), PASSWORD);
      clients.set(person, made);
      return made;
    },
    async browse(person) {
      const browser = session(url);
      if (person !== 'guest') await browser.signIn(emailOf(person), PASSWORD);
      return browser;
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await app.stop();
      if (connection.name.startsWith('test_')) await connection.dropDatabase();
      await connection.close();
    },
  };
}
