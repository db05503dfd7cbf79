import { readCode, type Code } from '../../domain/batch-code/batch-code.ts';
import { dateInVietnam, type Clock } from '../../platform/clock.ts';
import type { Batch, BatchEvent, Batches, Completeness } from '../batches/contract.ts';
import type { Certificate, Certificates } from '../certificates/contract.ts';
import type { Organization, Organizations } from '../organizations/contract.ts';
import type { Product, Products } from '../products/contract.ts';
import type { Labels, Unit } from '../labels/contract.ts';
import { UNKNOWN, judgeBatch, judgeUnit, type Judgement } from './rules.ts';

export type TraceDeps = {
  readonly batches: Batches;
  readonly labels: Pick<Labels, 'unitsOf'>;
  readonly products: Products;
  readonly organizations: Organizations;
  readonly certificates: Certificates;
  readonly clock: Clock;
};

/** A batch that went into this one, as far as the public may know it. */
export type Source = { readonly batch: Batch; readonly product: Product };

/** Everything that a code of ours leads to. */
export type TraceSubject = {
  readonly batch: Batch;
  readonly product: Product;
  readonly cooperative: Organization;
  readonly events: readonly BatchEvent[];
  readonly certificates: readonly Certificate[];
  readonly completeness: Completeness;
  readonly sources: readonly Source[];
  /** Batches that this one went into. */
  readonly uses: readonly Source[];
  /** The union of the province: where an odd label is reported. */
  readonly union: Organization | null;
};

export type Trace = Judgement & {
  /** As stored: upper case, without spaces; for an unknown code, what was typed. */
  readonly code: string;
  readonly kind: 'batch' | 'unit';
  readonly subject: TraceSubject | null;
  /** The single pack of a unit code; null of a batch's. */
  readonly unit: Unit | null;
};

/** What a single verification says; no events, no certificates. */
export type Verification = Judgement & {
  readonly code: string;
  readonly subject: Pick<TraceSubject, 'batch' | 'product' | 'cooperative'> | null;
};

/** The most batches made from one that its page links to. */
const USES_SHOWN = 20;

/** What codes lead to, and what they are worth; reads only. */
export function traceService(deps: TraceDeps) {
  const today = () => dateInVietnam(deps.clock.now());

  async function withProducts(batches: readonly Batch[]): Promise<readonly Source[]> {
    const made = await deps.products.byIds(batches.map((batch) => batch.productId));
    return batches.flatMap((batch) => {
      const product = made.get(batch.productId);
      return product === undefined ? [] : [{ batch, product }];
    });
  }

  async function subjectOf(batch: Batch): Promise<TraceSubject | null> {
    const [product, cooperative] = await Promise.all([
      deps.products.byId(batch.productId),
      deps.organizations.byId(batch.cooperativeId),
    ]);
    if (product === null || cooperative === null) return null;
    const [events, certificates, completeness, inputs, outputs, union] = await Promise.all([
      deps.batches.eventsOf(batch.id),
      deps.certificates.ofProduct(product),
      deps.batches.completenessOf(batch),
      deps.batches.byIds(batch.inputs.map((input) => input.batchId)),
      deps.batches.madeFrom(batch.id, USES_SHOWN),
      deps.organizations.unionOf(cooperative.provinceCode),
    ]);
    const [sources, uses] = await Promise.all([
      withProducts(batch.inputs.flatMap(({ batchId }) => inputs.get(batchId) ?? [])),
      withProducts(outputs),
    ]);
    return { batch, product, cooperative, events, certificates, completeness, sources, uses, union };
  }

  /** The batch that a code leads to, and the pack where it is one pack's own. */
  async function leadOf(
    read: Code | null,
  ): Promise<{ readonly batch: Batch | null; readonly unit: Unit | null }> {
    if (read === null) return { batch: null, unit: null };
    if (read.kind === 'batch') return { batch: await deps.batches.byCode(read.code), unit: null };
    const unit = (await deps.labels.unitsOf([read.code])).get(read.code) ?? null;
    return { batch: unit === null ? null : await deps.batches.byId(unit.batchId), unit };
  }

  const judged = (batch: Batch, unit: Unit | null): Judgement =>
    unit === null ? judgeBatch(batch, today()) : judgeUnit(unit, batch, today());

  return {
    /** The whole record behind a code, however it was typed. */
    async trace(typed: string): Promise<Trace> {
      const read = readCode(typed);
      const kind = read?.kind ?? 'batch';
      const { batch, unit } = await leadOf(read);
      const subject = batch === null ? null : await subjectOf(batch);
      if (read === null || batch === null || subject === null) {
        return { code: read?.code ?? typed, kind, subject: null, unit: null, ...UNKNOWN };
      }
      return { code: read.code, kind, subject, unit, ...judged(batch, unit) };
    },

    /** The verdict on each code, in the order given; six reads for any number of codes. */
    async verify(codes: readonly string[]): Promise<readonly Verification[]> {
      const read = codes.map((typed) => ({ typed, code: readCode(typed) }));
      const wanted = (kind: Code['kind']) =>
        read.flatMap(({ code }) => (code?.kind === kind ? [code.code] : []));
      const [byCode, units] = await Promise.all([
        deps.batches.byCodes(wanted('batch')),
        deps.labels.unitsOf(wanted('unit')),
      ]);
      const ofUnits = await deps.batches.byIds([...units.values()].map(({ batchId }) => batchId));
      const found = [...byCode.values(), ...ofUnits.values()];
      const [products, cooperatives] = await Promise.all([
        deps.products.byIds(found.map((batch) => batch.productId)),
        deps.organizations.byIds(found.map((batch) => batch.cooperativeId)),
      ]);
      return read.map(({ typed, code }) => {
        const unit = units.get(code?.code ?? '') ?? null;
        const batch = unit === null ? byCode.get(code?.code ?? '') : ofUnits.get(unit.batchId);
        const product = batch === undefined ? undefined : products.get(batch.productId);
        const cooperative = batch === undefined ? undefined : cooperatives.get(batch.cooperativeId);
        if (code === null || batch === undefined || product === undefined || cooperative === undefined) {
          return { code: code?.code ?? typed, subject: null, ...UNKNOWN };
        }
        return { code: code.code, subject: { batch, product, cooperative }, ...judged(batch, unit) };
      });
    },
  };
}

export type TraceService = ReturnType<typeof traceService>;
