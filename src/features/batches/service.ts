import { completenessOf } from './completeness.ts';
import { batchDateProblem, contentOf, correctedContent, eventTimeProblem, expiryOf } from './rules.ts';
import { requireRole, type Actor, type Role } from '../../platform/access.ts';
import { dateInVietnam, type Clock } from '../../platform/clock.ts';
import { Problem, invalidField } from '../../platform/problem.ts';
import type { Random } from '../../platform/random.ts';
import type { ListPage } from '../../platform/list-page.ts';
import type { Certificates } from '../certificates/contract.ts';
import type { Organization, Organizations } from '../organizations/contract.ts';
import type { Product, Products } from '../products/contract.ts';
import {
  currentContent,
  originalContent,
  type Batch,
  type BatchEvent,
  type BatchListRequest,
  type Batches,
  type Completeness,
  type EventCorrection,
} from './contract.ts';
import type { EventStore } from './event-store.ts';
import type { NewBatch, NewCorrection, NewEvent } from './input.ts';
import {
  INPUT_TWICE,
  LOT_TAKEN,
  QUANTITY_RANGE,
  TOO_MANY_EVENTS,
  UNIT_DIFFERS,
  UNKNOWN_BATCH,
  UNKNOWN_PHOTO,
  notEnough,
} from './messages.ts';
import type { Measures } from './measures.ts';
import type { BatchStore, StoredBatch } from './store.ts';

export type BatchServiceDeps = {
  readonly store: BatchStore;
  readonly events: EventStore;
  readonly organizations: Organizations;
  readonly products: Products;
  readonly certificates: Certificates;
  readonly pictures: { belongsTo(pictureId: string, ownerId: string): Promise<boolean> };
  readonly measures: Measures;
  readonly clock: Clock;
  readonly random: Random;
  readonly newCode: () => string;
};

/** One request of one person: who, and the id of what it makes. */
export type Operation = { readonly actor: Actor | null; readonly id: string };

type Place = { readonly batch: StoredBatch; readonly cooperative: Organization };

const RECORDERS: readonly Role[] = ['clerk', 'manager'];
const READERS: readonly Role[] = ['clerk', 'manager', 'officer', 'administrator'];

/** An event's insert collides with another's at most as often as people record at once. */
const SEQUENCE_TRIES_MAX = 50;
const CODE_TRIES_MAX = 5;
/** A batch that is still `preparing` after this was cut off by a crash. */
const UNFINISHED_AFTER_MS = 60_000;
const EVENTS_MAX = 2_000;

export function batchService(deps: BatchServiceDeps) {
  const { store, events, organizations, products, measures, clock } = deps;

  const toBatch = (stored: StoredBatch): Batch => {
    const { remainingMicro, lastSequence: _, status, ...rest } = stored;
    return {
      ...rest,
      status: status === 'closed' ? 'closed' : 'open',
      remaining: measures.fromMicro(remainingMicro, stored.quantity.unit),
    };
  };

  async function place(batchId: string, actor: Actor | null, roles: readonly Role[]): Promise<Place> {
    const batch = await store.byId(batchId);
    const cooperative = batch === null ? null : await organizations.byId(batch.cooperativeId);
    if (batch === null || cooperative === null) throw new Problem('not-found');
    requireRole(actor, cooperative, roles);
    return { batch, cooperative };
  }

  async function activeProduct(productId: string, actor: Actor | null): Promise<Product> {
    const product = await products.byId(productId);
    const cooperative = product === null ? null : await organizations.byId(product.cooperativeId);
    if (product === null || cooperative === null) throw new Problem('not-found');
    requireRole(actor, cooperative, RECORDERS);
    if (cooperative.status !== 'active') throw new Problem('organization-not-active');
    return product;
  }

  async function takeInputs(batch: StoredBatch, amounts: readonly number[]): Promise<void> {
    for (const [index, input] of batch.inputs.entries()) {
      const taken = await store.take(input.batchId, batch.id, amounts[index] ?? 0);
      if (taken) continue;
      const source = await store.byId(input.batchId);
      await abandon(batch);
      if (source === null) throw invalidField(`/inputs/${index}/batchId`, UNKNOWN_BATCH);
      const left = measures.fromMicro(source.remainingMicro, source.quantity.unit);
      const sentence = notEnough(source.lotNumber, left, input.quantity, measures);
      throw invalidField(`/inputs/${index}/quantity`, sentence, 'not-enough');
    }
  }

  /** Gives back what a batch took that never opened, then forgets it; safe to repeat. */
  async function abandon(batch: StoredBatch): Promise<void> {
    if (batch.status === 'preparing') await store.changeStatus(batch.id, 'preparing', 'abandoned');
    for (const input of batch.inputs) await store.giveBack(input.batchId, batch.id);
    await store.discard(batch.id);
  }

  async function inputAmounts(inputs: NewBatch['inputs'], cooperativeId: string): Promise<readonly number[]> {
    const amounts: number[] = [];
    const seen = new Set<string>();
    for (const [index, input] of (inputs ?? []).entries()) {
      const pointer = `/inputs/${index}/batchId`;
      const source = await store.byId(input.batchId);
      // Another cooperative's batch is used after a hand-over only; until then it does not exist for this one.
      if (source === null || source.cooperativeId !== cooperativeId)
        throw invalidField(pointer, UNKNOWN_BATCH);
      if (seen.has(input.batchId)) throw invalidField(pointer, INPUT_TWICE);
      seen.add(input.batchId);
      if (!measures.comparable(input.quantity.unit, source.quantity.unit)) {
        throw invalidField(`/inputs/${index}/quantity/unit`, UNIT_DIFFERS);
      }
      amounts.push(microOf(input.quantity, `/inputs/${index}/quantity`));
    }
    return amounts;
  }

  function microOf(quantity: NewBatch['quantity'], pointer: string): number {
    const micro = measures.toMicro(quantity);
    if (micro === null) throw invalidField(`${pointer}/value`, QUANTITY_RANGE);
    return micro;
  }

  async function insert(batch: Omit<StoredBatch, 'lastSequence' | 'code'>): Promise<'inserted' | 'existed'> {
    for (let attempt = 0; attempt < CODE_TRIES_MAX; attempt += 1) {
      const outcome = await store.insert({ ...batch, code: deps.newCode() });
      if (outcome === 'lot-taken') throw invalidField('/lotNumber', LOT_TAKEN, 'lot-already-exists');
      if (outcome !== 'code-taken') return outcome;
    }
    throw new Error('No unused batch code was drawn');
  }

  async function insertNextEvent(batchId: string, event: { id: string; by: string; input: NewEvent }) {
    for (let attempt = 0; attempt < SEQUENCE_TRIES_MAX; attempt += 1) {
      const batch = await store.byId(batchId);
      if (batch?.status !== 'open') throw new Problem('batch-closed');
      if (batch.lastSequence >= EVENTS_MAX) throw new Problem('invalid', { detail: TOO_MANY_EVENTS });
      const sequence = batch.lastSequence + 1;
      const outcome = await events.insertEvent({
        id: event.id,
        batchId,
        sequence,
        recordedAt: clock.now(),
        recordedBy: event.by,
        content: contentOf(event.input),
      });
      // Whoever inserted at this number, counting it is everybody's business: so a crash between the two steps
      // leaves nothing that the next recorder does not finish.
      const counted = await store.countEvent(batchId, sequence);
      if (outcome === 'sequence-taken') continue;
      const mine = await events.byId(event.id);
      const now = await store.byId(batchId);
      if (mine !== null && now !== null && mine.sequence <= now.lastSequence) return mine;
      if (!counted && now?.status === 'closed') throw new Problem('batch-closed');
    }
    throw new Error(`Batch ${batchId} takes no event after ${SEQUENCE_TRIES_MAX} tries`);
  }

  async function checkPhotos(photos: readonly string[] | undefined, cooperativeId: string, pointer: string) {
    for (const [index, photo] of (photos ?? []).entries()) {
      if (!(await deps.pictures.belongsTo(photo, cooperativeId))) {
        throw invalidField(`${pointer}/photos/${index}`, UNKNOWN_PHOTO);
      }
    }
  }

  const contract: Batches = {
    byId: async (id) => {
      const found = await store.byId(id);
      return found === null ? null : toBatch(found);
    },
    byIds: async (ids) => new Map((await store.byIds(ids)).map((found) => [found.id, toBatch(found)])),
    byCode: async (code) => {
      const [found] = await store.byCodes([code]);
      return found === undefined ? null : toBatch(found);
    },
    byCodes: async (codes) =>
      new Map((await store.byCodes(codes)).map((found) => [found.code, toBatch(found)])),
    eventsOf: async (batchId) => {
      const batch = await store.byId(batchId);
      return batch === null ? [] : events.ofBatch(batchId, batch.lastSequence);
    },
    ofCooperative: async (cooperativeId, request = { limit: 200 }) => {
      const found = await store.ofCooperative(cooperativeId, request);
      return { items: found.items.map(toBatch), next: found.next };
    },
    recentEvents: async (batchIds, limit) => {
      const found = await store.byIds(batchIds);
      return events.latest(new Map(found.map((batch) => [batch.id, batch.lastSequence])), limit);
    },
    completenessOf: async (batch) => completeness(batch),
  };

  async function completeness(batch: Batch): Promise<Completeness> {
    const [product, cooperative] = await Promise.all([
      products.byId(batch.productId),
      organizations.byId(batch.cooperativeId),
    ]);
    if (product === null || cooperative === null)
      throw new Error(`Batch ${batch.id} has no product or cooperative`);
    const [recorded, covering] = await Promise.all([
      contract.eventsOf(batch.id),
      deps.certificates.ofProduct(product),
    ]);
    const today = dateInVietnam(clock.now());
    return completenessOf({
      product,
      cooperative,
      batch,
      today,
      events: recorded.map(currentContent).filter((content) => content !== null),
      certificates: {
        all: covering.length,
        valid: covering.filter((one) => one.issuedOn <= today && one.expiresOn >= today).length,
      },
    });
  }

  return {
    contract,

    /** A new batch of a product; its inputs are taken from their batches, or nothing happens at all. */
    async create(productId: string, input: NewBatch, operation: Operation): Promise<Batch> {
      const product = await activeProduct(productId, operation.actor);
      const wrong = batchDateProblem(input, dateInVietnam(clock.now()));
      if (wrong !== null) throw wrong;
      const amounts = await inputAmounts(input.inputs, product.cooperativeId);
      const remainingMicro = microOf(input.quantity, '/quantity');
      const outcome = await insert({
        id: operation.id,
        productId,
        cooperativeId: product.cooperativeId,
        provinceCode: product.provinceCode,
        lotNumber: input.lotNumber,
        quantity: input.quantity,
        remainingMicro,
        packs: input.packs ?? measures.packsOf(input.quantity, product.netContent),
        producedOn: input.producedOn,
        expiresOn: expiryOf(input, product.shelfLifeDays),
        inputs: input.inputs ?? [],
        boughtIn: input.boughtIn ?? [],
        status: amounts.length === 0 ? 'open' : 'preparing',
        demo: product.demo,
        createdAt: clock.now(),
        createdBy: operation.actor?.userId ?? '',
      });
      const stored = await store.byIdAnyStatus(operation.id);
      if (stored === null) throw new Error(`Batch ${operation.id} vanished after being ${outcome}`);
      if (stored.status === 'abandoned') throw new Problem('changed-meanwhile');
      if (stored.status === 'preparing') {
        await takeInputs(stored, amounts);
        await store.changeStatus(stored.id, 'preparing', 'open');
      }
      return toBatch({ ...stored, status: 'open' });
    },

    /** Everything about a batch, for its cooperative and its province's officers. */
    async read(batchId: string, actor: Actor | null) {
      const { batch } = await place(batchId, actor, READERS);
      const [recorded, measured] = await Promise.all([
        events.ofBatch(batchId, batch.lastSequence),
        completeness(toBatch(batch)),
      ]);
      return { batch: toBatch(batch), events: recorded, completeness: measured };
    },

    async list(
      cooperativeId: string,
      request: BatchListRequest,
      actor: Actor | null,
    ): Promise<ListPage<Batch>> {
      const cooperative = await organizations.byId(cooperativeId);
      if (cooperative === null) throw new Problem('not-found');
      requireRole(actor, cooperative, READERS);
      const found = await store.ofCooperative(cooperativeId, request);
      return { items: found.items.map(toBatch), next: found.next };
    },

    /** Appends an event; it counts once it has its number, and is never changed after. */
    async record(batchId: string, input: NewEvent, operation: Operation): Promise<BatchEvent> {
      const { batch, cooperative } = await place(batchId, operation.actor, RECORDERS);
      if (batch.status !== 'open') throw new Problem('batch-closed');
      const late = eventTimeProblem(new Date(input.occurredAt), clock.now(), '/occurredAt');
      if (late !== null) throw late;
      await checkPhotos(input.photos, cooperative.id, '');
      return insertNextEvent(batchId, { id: operation.id, by: operation.actor?.userId ?? '', input });
    },

    /** Supersedes an event or, without a replacement, withdraws it; the original stays readable. */
    async correct(
      eventId: string,
      input: NewCorrection,
      operation: Operation,
    ): Promise<EventCorrection & { eventId: string }> {
      const event = await events.byId(eventId);
      if (event === null) throw new Problem('not-found');
      const { batch, cooperative } = await place(event.batchId, operation.actor, RECORDERS);
      if (event.sequence > batch.lastSequence) throw new Problem('not-found');
      const told = input.replacement;
      if (told?.occurredAt !== undefined) {
        const late = eventTimeProblem(new Date(told.occurredAt), clock.now(), '/replacement/occurredAt');
        if (late !== null) throw late;
      }
      await checkPhotos(told?.photos, cooperative.id, '/replacement');
      const base = currentContent(event) ?? originalContent(event);
      const replacement = told === undefined ? undefined : correctedContent(base, told);
      for (let sequence = event.corrections.length + 1; ; sequence += 1) {
        const outcome = await events.insertCorrection({
          id: operation.id,
          eventId,
          batchId: event.batchId,
          sequence,
          reason: input.reason,
          recordedAt: clock.now(),
          recordedBy: operation.actor?.userId ?? '',
          ...(replacement === undefined ? {} : { replacement }),
        });
        if (outcome === 'sequence-taken' && sequence < event.corrections.length + SEQUENCE_TRIES_MAX)
          continue;
        const stored = await events.correctionById(operation.id);
        if (stored === null) throw new Problem('changed-meanwhile');
        return stored;
      }
    },

    /** No further events or labels after this; closing twice is no error, the second changes nothing. */
    async close(batchId: string, actor: Actor | null): Promise<Batch> {
      await place(batchId, actor, ['manager']);
      await store.close(batchId, { at: clock.now(), by: actor?.userId ?? '' });
      const batch = await store.byId(batchId);
      if (batch === null) throw new Error(`Batch ${batchId} vanished`);
      return toBatch(batch);
    },

    /** After a crash: gives back what batches took that were never acknowledged. @returns how many */
    async finishAbandoned(): Promise<number> {
      const unfinished = await store.unfinished(new Date(clock.now().getTime() - UNFINISHED_AFTER_MS));
      for (const batch of unfinished) await abandon(batch);
      return unfinished.length;
    },
  };
}

export type BatchService = ReturnType<typeof batchService>;
