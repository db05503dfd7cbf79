import { dateInVietnam, type Clock } from '../../platform/clock.ts';
import { Problem } from '../../platform/problem.ts';
import type { Batch, BatchEvent, Batches, Completeness } from '../batches/contract.ts';
import type { Certificate, Certificates } from '../certificates/contract.ts';
import type { Organization, Organizations } from '../organizations/contract.ts';
import type { Product, Products } from '../products/contract.ts';
import { certificatesToRenew, ranksToRenew, type Lapse } from './rules.ts';

export type TodayDeps = {
  readonly batches: Batches;
  readonly products: Products;
  readonly organizations: Organizations;
  readonly certificates: Certificates;
  readonly clock: Clock;
};

/** Open batches shown on the first screen; the list has the rest. */
const OPEN_SHOWN = 6;
/** Open batches whose latest records are looked at. */
const OPEN_READ = 100;
const RECENT_SHOWN = 6;

export type OpenBatch = {
  readonly batch: Batch;
  readonly product: Product | null;
  readonly completeness: Completeness;
  readonly events: readonly BatchEvent[];
};

export type RecentRecord = {
  readonly event: BatchEvent;
  readonly batch: Batch;
  readonly product: Product | null;
};

/** What a cooperative's people see first. */
export type Today =
  | {
      readonly kind: 'waiting';
      readonly cooperative: Organization;
      /** What the officer wrote when refusing. */
      readonly note: string | null;
      /** Who decides. */
      readonly union: Organization | null;
    }
  | {
      readonly kind: 'working';
      readonly cooperative: Organization;
      /** `YYYY-MM-DD` in Vietnam. */
      readonly today: string;
      readonly productCount: number;
      readonly batchCount: 'none' | 'some';
      readonly open: readonly OpenBatch[];
      readonly moreOpen: boolean;
      readonly certificates: readonly Lapse<Certificate>[];
      readonly ranks: readonly Lapse<Product>[];
      readonly recent: readonly RecentRecord[];
    };

/** What waits for somebody today in the organisation in whose name they work. */
export function todayService(deps: TodayDeps) {
  const { batches, products, organizations, certificates, clock } = deps;

  async function openBatch(batch: Batch, known: ReadonlyMap<string, Product>): Promise<OpenBatch> {
    const [completeness, events] = await Promise.all([
      batches.completenessOf(batch),
      batches.eventsOf(batch.id),
    ]);
    return { batch, product: known.get(batch.productId) ?? null, completeness, events };
  }

  async function recentRecords(
    open: readonly Batch[],
    known: ReadonlyMap<string, Product>,
  ): Promise<readonly RecentRecord[]> {
    const byId = new Map(open.map((batch) => [batch.id, batch]));
    const events = await batches.recentEvents([...byId.keys()], RECENT_SHOWN);
    return events.flatMap((event) => {
      const batch = byId.get(event.batchId);
      return batch === undefined ? [] : [{ event, batch, product: known.get(batch.productId) ?? null }];
    });
  }

  return {
    /** The first screen of a cooperative; whoever asks is a member of it. */
    async today(cooperativeId: string): Promise<Today> {
      const cooperative = await organizations.byId(cooperativeId);
      if (cooperative === null) throw new Problem('not-found');
      if (cooperative.status !== 'active') {
        const [note, union] = await Promise.all([
          organizations.decisionNote(cooperativeId),
          organizations.unionOf(cooperative.provinceCode),
        ]);
        return { kind: 'waiting', cooperative, note, union };
      }
      const [own, found, closed, held] = await Promise.all([
        products.ofCooperative(cooperativeId),
        batches.ofCooperative(cooperativeId, { limit: OPEN_READ, status: 'open' }),
        batches.ofCooperative(cooperativeId, { limit: 1, status: 'closed' }),
        certificates.ofCooperative(cooperativeId),
      ]);
      const known = new Map(own.map((product) => [product.id, product]));
      const today = dateInVietnam(clock.now());
      const [open, recent] = await Promise.all([
        Promise.all(found.items.slice(0, OPEN_SHOWN).map((batch) => openBatch(batch, known))),
        recentRecords(found.items, known),
      ]);
      return {
        kind: 'working',
        cooperative,
        today,
        productCount: own.length,
        batchCount: found.items.length + closed.items.length === 0 ? 'none' : 'some',
        open,
        moreOpen: found.items.length > OPEN_SHOWN || found.next !== null,
        certificates: certificatesToRenew(held, today),
        ranks: ranksToRenew(own, today),
        recent,
      };
    },
  };
}

export type TodayService = ReturnType<typeof todayService>;
