import type { Actor } from '../../platform/access.ts';
import type { ImportClock } from '../../platform/clock.ts';
import type { DemoBatch, DemoCooperative, DemoData, DemoOrganization, DemoProduct } from './data.ts';
import type { DemoDays } from './days.ts';
import type { Entries } from './entries.ts';
import { demoId } from './ids.ts';
import { DEMO_ADMINISTRATOR, demoActor, demoStaff } from './people.ts';
import type { DemoPasswords } from './passwords.ts';

export type Loading = {
  readonly data: DemoData;
  readonly days: DemoDays;
  readonly entries: Entries;
  readonly at: ImportClock['at'];
  readonly passwords: DemoPasswords;
  readonly administrator: boolean;
  /** Called after each record, `done` of `total`. */
  progress(done: number, total: number): void;
};

/** The cooperatives had joined, and their products stood there, before the first record of the demonstration. */
const JOINED = '-450d';
const REGISTERED = '-440d';

const EVERY_KEY = ['key', 'cooperative', 'product', 'status', 'events'] as const;

/** A row of the file as the API takes it: without what only the file has. */
function bare<T extends object>(row: T, without: readonly string[] = []): Record<string, unknown> {
  const left = new Set<string>([...EVERY_KEY, ...without]);
  return Object.fromEntries(Object.entries(row).filter(([name]) => !left.has(name)));
}

/** What one cooperative's loading has at hand. */
type Desk = Loading & {
  readonly cooperative: DemoCooperative;
  readonly manager: Actor;
  readonly recorder: Actor;
  readonly count: () => void;
  /** Runs after whatever was given before it. */
  readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>;
};

function turns(): Desk['inTurn'] {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const next = last.then(work);
    last = next.catch(() => undefined);
    return next;
  };
}

async function addOrganization(
  loading: Loading,
  kind: 'union' | 'retailer' | 'cooperative',
  organization: DemoOrganization | DemoCooperative,
): Promise<void> {
  const { key, ...rest } = organization;
  const { kind: cooperativeKind, ...fields } = { kind: undefined, ...rest };
  await loading.at(loading.days.instant(JOINED, '09:00'), () =>
    loading.entries.organizations.insert({
      ...fields,
      ...(cooperativeKind === undefined ? {} : { cooperativeKind }),
      id: demoId(key),
      kind,
      status: 'active',
      demo: true,
    }),
  );
}

async function addPeople({ data, days, entries, at, passwords, administrator }: Loading): Promise<void> {
  const people = data.accounts.map((person) => {
    const { userId: id, name, email, memberships } = demoActor(data, person);
    return { id, name, email, memberships };
  });
  const boss = { ...DEMO_ADMINISTRATOR, id: demoId('administrator'), administrator: true, memberships: [] };
  const everybody = administrator ? [...people, boss] : people;
  // Hashing is the dear part, and it runs in threads of its own.
  await Promise.all(
    everybody.map((person) =>
      at(days.instant(JOINED, '10:00'), () =>
        entries.accounts.create({ ...person, password: passwords.of(person.email) }, '/email'),
      ),
    ),
  );
}

async function addProduct(desk: Desk, product: DemoProduct): Promise<void> {
  const { days, entries, at, manager } = desk;
  const { ocop } = product;
  const input = {
    ...bare(product),
    ...(ocop === undefined
      ? {}
      : { ocop: { ...ocop, issuedOn: days.date(ocop.issuedOn), expiresOn: days.date(ocop.expiresOn) } }),
  };
  await at(days.instant(REGISTERED, '09:00'), () =>
    entries.addProduct(demoId(desk.cooperative.key), input, { actor: manager, id: demoId(product.key) }),
  );
  desk.count();
}

async function addCertificates(desk: Desk): Promise<void> {
  const { data, days, entries, at, manager, cooperative } = desk;
  for (const certificate of data.certificates.filter((one) => one.cooperative === cooperative.key)) {
    const { key, products, issuedOn, expiresOn } = certificate;
    const input = {
      ...bare(certificate, ['products']),
      issuedOn: days.date(issuedOn),
      expiresOn: days.date(expiresOn),
      productIds: products.map(demoId),
    };
    await at(days.instant(issuedOn, '14:00'), () =>
      entries.addCertificate(demoId(cooperative.key), input, { actor: manager, id: demoId(key) }),
    );
    desk.count();
  }
}

/** Another cooperative's batch comes with a hand-over; until the product has those it is told as bought in. */
function sourcesOf({ data, cooperative }: Desk, batch: DemoBatch) {
  const productOf = new Map(data.products.map((product) => [product.key, product]));
  const sources = (batch.inputs ?? []).map((input) => {
    const source = data.batches.find(({ key }) => key === input.batch);
    const product = productOf.get(source?.product ?? '');
    if (product === undefined) throw new RangeError(`${batch.key} is made from unknown ${input.batch}`);
    return { ...input, product, own: product.cooperative === cooperative.key };
  });
  const bought = sources
    .filter(({ own }) => !own)
    .map(({ product, quantity }) => {
      const seller = data.cooperatives.find(({ key }) => key === product.cooperative);
      const name = {
        vi: `${product.name.vi} (${seller?.name ?? ''})`,
        en: `${product.name.en} (${seller?.nameEn ?? ''})`,
      };
      return { name, quantity };
    });
  return {
    inputs: sources
      .filter(({ own }) => own)
      .map((one) => ({ batchId: demoId(one.batch), quantity: one.quantity })),
    boughtIn: [...bought, ...(batch.otherInputs ?? [])],
  };
}

async function addBatch(desk: Desk, batch: DemoBatch): Promise<void> {
  const { days, entries, at, recorder } = desk;
  const { expiresOn } = batch;
  const input = {
    ...bare(batch, ['otherInputs', 'unitLabels']),
    ...sourcesOf(desk, batch),
    producedOn: days.date(batch.producedOn),
    ...(expiresOn === undefined ? {} : { expiresOn: days.date(expiresOn) }),
  };
  // Beside another one of a later day, a batch whose inputs are just being taken would look as if a crash had
  // cut it off long ago.
  await desk.inTurn(() =>
    at(days.instant(batch.producedOn, '17:30'), () =>
      entries.addBatch(demoId(batch.product), input, { actor: recorder, id: demoId(batch.key) }),
    ),
  );
  desk.count();
}

/** Some packs have a code of their own, so that a pack's page can be seen. */
async function printUnitLabels(desk: Desk, batch: DemoBatch): Promise<void> {
  const { days, entries, at, recorder } = desk;
  if (batch.unitLabels === undefined) return;
  const input = { template: 'avery-l7160', count: batch.unitLabels, codes: 'unit', numbered: true };
  await at(days.instant(batch.producedOn, '18:30'), () =>
    entries.printLabels(demoId(batch.key), input, { actor: recorder, id: demoId(`${batch.key} labels`) }),
  );
}

const eventId = (batch: DemoBatch, index: number) => demoId(`${batch.key} ${index}`);

async function recordEvents(desk: Desk, batch: DemoBatch): Promise<void> {
  const { data, days, entries, at, recorder } = desk;
  const id = demoId(batch.key);
  const recordedAt = days.recordedAt(batch.events);
  // They are recorded one after another, so as many as there are, are the first ones.
  const recorded = (await entries.batches.eventsOf(id)).length;
  for (const [index, event] of batch.events.entries()) {
    if (index >= recorded) {
      const wrong = data.corrections.find((one) => one.batch === batch.key && one.event === index);
      const input = {
        ...bare(event, ['timeOfDay', 'recordedAfterHours']),
        occurredAt: days.instant(event.occurredAt, event.timeOfDay).toISOString(),
        ...(wrong === undefined ? {} : { quantity: wrong.recordedWrong }),
      };
      const when = recordedAt[index];
      if (when === undefined) throw new RangeError(`${batch.key} has no time for event ${index}`);
      await at(when, () => entries.record(id, input, { actor: recorder, id: eventId(batch, index) }));
    }
    desk.count();
  }
}

const HOUR_MS = 3_600_000;

async function correctEvents(desk: Desk, batch: DemoBatch): Promise<void> {
  const { data, days, entries, at, recorder } = desk;
  const recordedAt = days.recordedAt(batch.events);
  for (const { key, event, reason } of data.corrections.filter((one) => one.batch === batch.key)) {
    const right = batch.events[event];
    const first = recordedAt[event];
    if (right?.quantity === undefined || first === undefined) throw new RangeError(`${key} corrects nothing`);
    const noticed = days.notAfterInstallation(new Date(first.getTime() + 23 * HOUR_MS));
    await at(noticed, () =>
      entries.correct(
        eventId(batch, event),
        { reason, replacement: { quantity: right.quantity } },
        { actor: recorder, id: demoId(key) },
      ),
    );
  }
}

async function closeBatch(desk: Desk, batch: DemoBatch): Promise<void> {
  const { days, entries, at, manager } = desk;
  if (batch.status !== 'closed') return;
  const last = days.recordedAt(batch.events).at(-1);
  const closedAt = days.notAfterInstallation(new Date((last?.getTime() ?? 0) + HOUR_MS));
  await at(closedAt, () => entries.close(demoId(batch.key), manager));
}

async function fillDesk(desk: Desk): Promise<void> {
  const { data, cooperative } = desk;
  const products = data.products.filter((product) => product.cooperative === cooperative.key);
  for (const product of products) await addProduct(desk, product);
  await addCertificates(desk);
  const own = new Set(products.map(({ key }) => key));
  // In the file a batch stands after those that it is made from.
  const batches = data.batches.filter(({ product }) => own.has(product));
  for (const batch of batches) {
    await addBatch(desk, batch);
    await recordEvents(desk, batch);
    await correctEvents(desk, batch);
    await printUnitLabels(desk, batch);
    await closeBatch(desk, batch);
  }
}

/**
 * Enters every record of the demonstration, each with its own day and the person who wrote it. Whatever is there
 * already stays as it is, so a start that was cut off is gone on with by doing it again.
 */
export async function loadRecords(loading: Loading): Promise<void> {
  const { data } = loading;
  const events = data.batches.reduce((sum, batch) => sum + batch.events.length, 0);
  const total = data.products.length + data.certificates.length + data.batches.length + events;
  let done = 0;
  const count = () => {
    done += 1;
    loading.progress(done, total);
  };
  const inTurn = turns();
  for (const union of data.unions) await addOrganization(loading, 'union', union);
  for (const retailer of data.retailers) await addOrganization(loading, 'retailer', retailer);
  for (const one of data.cooperatives) await addOrganization(loading, 'cooperative', one);
  await Promise.all([
    addPeople(loading),
    // Cooperatives have nothing of each other's, so they are entered side by side and share the disk's commits.
    ...data.cooperatives.map((cooperative) =>
      fillDesk({ ...loading, ...demoStaff(data, cooperative.key), cooperative, count, inTurn }),
    ),
  ]);
}
