import { completenessOf } from './completeness.ts';
import { batchDateProblem, expiryOf } from './rules.ts';
import { READERS, requireRole, type Actor, type Role } from '../../platform/access.ts';
import { dateInVietnam, validOn, type Clock } from '../../platform/clock.ts';
import { Problem, invalidField } from '../../platform/problem.ts';
import type { Random } from '../../platform/random.ts';
import type { ListPage } from '../../platform/list-page.ts';
import type { Certificates } from '../certificates/contract.ts';
import type { Organization, Organizations } from '../organizations/contract.ts';
import type { Product, Products } from '../products/contract.ts';
import {
  currentContent,
  type Batch,
  type BatchListRequest,
  type Batches,
  type Completeness,
} from './contract.ts';
import type { EventStore } from './event-store.ts';
import { PACKS_MAX, type BatchFilling, type NewBatch } from './input.ts';
import {
  FILLED_ALREADY,
  INPUT_TWICE,
  LOT_TAKEN,
  QUANTITY_RANGE,
  UNIT_DIFFERS,
  UNKNOWN_BATCH,
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
  readonly measures: Measures;
  readonly clock: Clock;
  readonly random: Random;
  readonly newCode: () => string;
};

/** One request of one person: who, and the id of what it makes. */
export type Operation = { readonly actor: Actor | null; readonly id: string };

/** A batch with its cooperative, for somebody who may touch it. */
export type Place = { readonly batch: StoredBatch; readonly cooperative: Organization };

export const RECORDERS: readonly Role[] = ['clerk', 'manager'];

const CODE_TRIES_MAX = 5;
/** A batch that is still `preparing` after this was cut off by a crash. */
const UNFINISHED_AFTER_MS = 60_000;

/** Batches, their events and corrections: each use case as a sequence of steps that a retry finishes. */
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
      const sentence = notEnough(source.lotNumber, { left, wanted: input.quantity }, measures);
      throw invalidField(`/inputs/${index}/quantity`, sentence, 'not-enough');
    }
  }

  async function giveBack(batch: StoredBatch): Promise<void> {
    for (const input of batch.inputs) await store.giveBack(input.batchId, batch.id);
  }

  /** Gives back what a batch took that never opened, then forgets it; safe to repeat. */
  async function abandon(batch: StoredBatch): Promise<void> {
    // A slow request may have opened it a moment ago: then it keeps what it took.
    const stopped =
      batch.status === 'abandoned' || (await store.changeStatus(batch.id, 'preparing', 'abandoned'));
    if (!stopped) return;
    await giveBack(batch);
    await store.discard(batch.id);
  }

  /** @throws Problem `changed-meanwhile` when a sweep took the batch for one that a crash had cut off */
  async function open(batch: StoredBatch): Promise<void> {
    if (await store.changeStatus(batch.id, 'preparing', 'open')) return;
    const now = await store.byIdAnyStatus(batch.id);
    if (now?.status === 'open' || now?.status === 'closed') return;
    await giveBack(batch);
    throw new Problem('changed-meanwhile');
  }

  /** The record of this request; a retry that finds it being given back finishes that and begins again. */
  async function inserted(batch: Omit<StoredBatch, 'lastSequence' | 'code'>): Promise<StoredBatch> {
    await insert(batch);
    const stored = await store.byIdAnyStatus(batch.id);
    if (stored?.status !== 'abandoned' && stored !== null) return stored;
    if (stored !== null) await abandon(stored);
    await insert(batch);
    const again = await store.byIdAnyStatus(batch.id);
    if (again === null) throw new Problem('changed-meanwhile');
    return again;
  }

  /** Packs told, or those that the net content gives exactly, unless they are more than any batch has. */
  function packsFor(input: NewBatch, product: Product): number | null {
    if (input.packs !== undefined) return input.packs;
    const packs = measures.packsOf(input.quantity, product.netContent);
    return packs === null || packs > PACKS_MAX ? null : packs;
  }

  async function finishAbandoned(): Promise<number> {
    const unfinished = await store.unfinished(new Date(clock.now().getTime() - UNFINISHED_AFTER_MS));
    for (const batch of unfinished) await abandon(batch);
    return unfinished.length;
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

  const contract: Batches = {
    byId: async (id) => {
      const found = await store.byId(id);
      return found === null ? null : toBatch(found);
    },
    byIds: async (ids) => new Map((await store.byIds(ids)).map((found) => [found.id, toBatch(found)])),
    byLot: async (productId, lotNumber) => {
      const found = await store.byLot(productId, lotNumber);
      return found === null ? null : toBatch(found);
    },
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
    recentPublic: async (productId, limit) =>
      (await store.recent(productId, limit)).map((found) => ({
        ...toBatch(found),
        eventCount: found.lastSequence,
      })),
    count: (provinceCode) => store.count(provinceCode),
    madeFrom: async (batchId, limit) => (await store.madeFrom(batchId, limit)).map(toBatch),
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
        valid: covering.filter((one) => validOn(one, today)).length,
      },
    });
  }

  return {
    contract,
    place,

    /** A new batch of a product; its inputs are taken from their batches, or nothing happens at all. */
    async create(productId: string, input: NewBatch, operation: Operation): Promise<Batch> {
      const product = await activeProduct(productId, operation.actor);
      const wrong = batchDateProblem(input, dateInVietnam(clock.now()));
      if (wrong !== null) throw wrong;
      const amounts = await inputAmounts(input.inputs, product.cooperativeId);
      const remainingMicro = microOf(input.quantity, '/quantity');
      await finishAbandoned();
      const stored = await inserted({
        id: operation.id,
        productId,
        cooperativeId: product.cooperativeId,
        provinceCode: product.provinceCode,
        lotNumber: input.lotNumber,
        quantity: input.quantity,
        remainingMicro,
        packs: packsFor(input, product),
        producedOn: input.producedOn,
        expiresOn: expiryOf(input, product.shelfLifeDays),
        inputs: input.inputs ?? [],
        boughtIn: input.boughtIn ?? [],
        status: amounts.length === 0 ? 'open' : 'preparing',
        demo: product.demo,
        createdAt: clock.now(),
        createdBy: operation.actor?.userId ?? '',
      });
      if (stored.status !== 'preparing') return toBatch(stored);
      await takeInputs(stored, amounts);
      await open(stored);
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

    /** No further events or labels after this; closing twice is no error, the second changes nothing. */
    async close(batchId: string, actor: Actor | null): Promise<Batch> {
      await place(batchId, actor, ['manager']);
      await store.close(batchId, { at: clock.now(), by: actor?.userId ?? '' });
      const batch = await store.byId(batchId);
      if (batch === null) throw new Error(`Batch ${batchId} vanished`);
      return toBatch(batch);
    },

    /** Fills in what was left empty when the batch was made; what stands there never changes. */
    async fill(batchId: string, input: BatchFilling, actor: Actor | null): Promise<Batch> {
      const { batch } = await place(batchId, actor, RECORDERS);
      const wrong = batchDateProblem({ ...batch, ...input }, dateInVietnam(clock.now()));
      if (wrong !== null) throw wrong;
      for (const [field, value] of Object.entries(input)) {
        if (value === undefined || (await store.fill(batchId, field as keyof BatchFilling, value))) continue;
        throw invalidField(`/${field}`, FILLED_ALREADY, 'already-exists');
      }
      const filled = await store.byId(batchId);
      if (filled === null) throw new Error(`Batch ${batchId} vanished`);
      return toBatch(filled);
    },

    /** After a crash: gives back what batches took that were never acknowledged. @returns how many */
    finishAbandoned,
  };
}

export type BatchService = ReturnType<typeof batchService>;
