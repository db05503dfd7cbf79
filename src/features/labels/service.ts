import { BATCH_CODE_LENGTH, groupCode } from '../../domain/batch-code/batch-code.ts';
import { designLabel } from '../../domain/label/design.ts';
import { labelAddress, symbolFor } from '../../domain/label/symbol.ts';
import type { SymbolEncoder, SymbolMatrix } from '../../domain/label/symbol.ts';
import { GOODS_LAYOUT } from '../../domain/label/layout.ts';
import type { LabelContent } from '../../domain/label/content.ts';
import type { LabelDrawing } from '../../domain/label/drawing.ts';
import { perPage, printPlan, type LabelTemplate, type PrintPlan } from '../../domain/label/template.ts';
import { requireRole, type Actor, type Role } from '../../platform/access.ts';
import { dateInVietnam, type Clock } from '../../platform/clock.ts';
import { Problem, invalidField } from '../../platform/problem.ts';
import type { ListPage, ListRequest } from '../../platform/list-page.ts';
import type { Batch, Batches, Measures } from '../batches/contract.ts';
import type { Organization, Organizations } from '../organizations/contract.ts';
import type { Product, Products } from '../products/contract.ts';
import { labelContent, printedFacts, type LabelFacts } from './content.ts';
import type { Labels, PrintedFacts } from './contract.ts';
import type { Fonts } from './fonts.ts';
import type { NewPrintRun } from './input.ts';
import {
  START_AT_RANGE,
  UNIT_CODES_LATER,
  UNKNOWN_TEMPLATE,
  doesNotFit,
  labelIncomplete,
  packWord,
  shownMm,
  tooManyLabels,
  type PackWord,
} from './messages.ts';
import type { LabelStock } from './stock.ts';
import type { PrintRunStore, StoredRun } from './store.ts';

export type LabelServiceDeps = {
  readonly store: PrintRunStore;
  readonly stock: LabelStock;
  readonly fonts: Fonts;
  readonly encode: SymbolEncoder;
  readonly organizations: Organizations;
  readonly products: Products;
  readonly batches: Batches;
  readonly measures: Measures;
  readonly clock: Clock;
  readonly publicUrl: string;
  province(code: string): { readonly fullName: string; readonly nameEn: string } | null;
};

/** A batch with whose and what it is, and how far its labels have come. */
export type BatchPlace = {
  readonly batch: Batch;
  readonly product: Product;
  readonly cooperative: Organization;
  readonly printed: number;
  readonly packWord: PackWord;
};

/** A run that could be printed now. */
export type Draft = {
  readonly template: LabelTemplate;
  readonly plan: PrintPlan;
  readonly content: LabelContent;
  readonly drawing: LabelDrawing;
  readonly symbol: SymbolMatrix;
  readonly address: string;
  readonly facts: PrintedFacts;
};

/** What a draft is made for: it needs no count to be looked at. */
export type DraftRequest = Pick<NewPrintRun, 'template' | 'count' | 'startAt' | 'language' | 'goodsLabel'>;

const PRINTERS: readonly Role[] = ['clerk', 'manager'];
const READERS: readonly Role[] = ['clerk', 'manager', 'officer', 'administrator'];
/** Runs of one batch collide as often as its people print at once. */
const SEQUENCE_TRIES_MAX = 50;

/** Print runs: what may be printed, recorded before a byte is sent. */
export function labelService(deps: LabelServiceDeps) {
  const { store, stock, fonts, organizations, products, batches, measures, clock } = deps;

  /** @throws Problem `not-found` for a stranger, `not-allowed` for another role */
  async function place(batchId: string, actor: Actor | null, roles: readonly Role[]): Promise<BatchPlace> {
    const batch = await batches.byId(batchId);
    const cooperative = batch === null ? null : await organizations.byId(batch.cooperativeId);
    const product = batch === null ? null : await products.byId(batch.productId);
    if (batch === null || cooperative === null || product === null) throw new Problem('not-found');
    requireRole(actor, cooperative, roles);
    const { printed } = await store.tally(batchId);
    const word = packWord([product.netContent, batch.quantity], measures);
    return { batch, product, cooperative, printed, packWord: word };
  }

  const addressOf = (batch: Batch): string => labelAddress(deps.publicUrl, batch.code);
  const symbolOf = (batch: Batch): SymbolMatrix => symbolFor(addressOf(batch), deps.encode);

  /** The label as it would be printed now. @throws Problem that says what is in the way */
  async function draft({ batch, product, cooperative }: BatchPlace, asked: DraftRequest): Promise<Draft> {
    const template = stock.template(asked.template);
    if (template === null) throw invalidField('/template', UNKNOWN_TEMPLATE);
    const places = perPage(template);
    if (asked.startAt > places) throw invalidField('/startAt', START_AT_RANGE(places));
    if (asked.goodsLabel) {
      const { missing } = (await batches.completenessOf(batch)).label;
      const names = missing.map(({ name }) => name);
      if (names.length > 0) throw invalidField('/goodsLabel', labelIncomplete(names), 'label-incomplete');
    }
    const province = deps.province(batch.provinceCode);
    if (province === null) throw new Error(`Batch ${batch.id} is of an unknown province`);
    const known: LabelFacts = { batch, product, cooperative, province, today: dateInVietnam(clock.now()) };
    const content = labelContent(known, { ...asked, measures });
    const symbol = symbolOf(batch);
    const design = designLabel({
      template,
      content,
      layout: asked.goodsLabel ? GOODS_LAYOUT : undefined,
      symbolSize: symbol.size,
      typefaces: fonts.typefaces,
    });
    if (!design.fits) {
      const { misfit } = design;
      const detail = doesNotFit(misfit, template);
      const lacking = misfit.kind === 'space' ? { byMm: shownMm(misfit.byMm) } : { letter: misfit.letter };
      throw new Problem('label-does-not-fit', {
        detail,
        errors: [{ pointer: '/template', detail }],
        members: { field: misfit.field, ...lacking },
      });
    }
    return {
      template,
      plan: printPlan(template, asked),
      content,
      drawing: design.drawing,
      symbol,
      address: addressOf(batch),
      facts: printedFacts(known, asked.language, measures),
    };
  }

  function checkCount(at: BatchPlace, printed: number, asked: Pick<NewPrintRun, 'count' | 'reason'>): void {
    const { packs } = at.batch;
    if (packs === null || printed + asked.count <= packs || asked.reason !== undefined) return;
    const left = Math.max(0, packs - printed);
    const detail = tooManyLabels(packs, left, at.packWord);
    throw new Problem('too-many-labels', {
      detail,
      errors: [{ pointer: '/count', detail }],
      members: { packs, printed, left },
    });
  }

  async function insert(
    at: BatchPlace,
    input: NewPrintRun,
    made: { id: string; run: number; draft: Draft; actor: Actor },
  ) {
    const { batch } = at;
    const { template, content, drawing, symbol, address, facts } = made.draft;
    for (let attempt = 0; attempt < SEQUENCE_TRIES_MAX; attempt += 1) {
      const { printed, sequence } = await store.tally(batch.id);
      checkCount(at, printed, input);
      const isMore = batch.packs !== null && printed + input.count > batch.packs;
      const outcome = await store.insert({
        id: made.id,
        run: made.run,
        batchId: batch.id,
        sequence: sequence + 1,
        productId: batch.productId,
        cooperativeId: batch.cooperativeId,
        provinceCode: batch.provinceCode,
        codes: input.codes,
        count: input.count,
        printedBefore: printed,
        packs: batch.packs,
        reason: isMore ? input.reason : undefined,
        startAt: input.startAt,
        language: input.language,
        goodsLabel: input.goodsLabel,
        calibration: input.calibration,
        code: batch.code,
        address,
        template,
        facts,
        content,
        drawing,
        symbol,
        demo: batch.demo,
        createdAt: clock.now(),
        createdBy: made.actor.userId,
        createdByName: made.actor.name,
      });
      if (outcome !== 'sequence-taken') return;
    }
    throw new Error(`Batch ${batch.id} takes no print run after ${SEQUENCE_TRIES_MAX} tries`);
  }

  async function readable(id: string, actor: Actor | null): Promise<StoredRun> {
    const run = await store.byId(id);
    const cooperative = run === null ? null : await organizations.byId(run.cooperativeId);
    if (run === null || cooperative === null) throw new Problem('not-found');
    requireRole(actor, cooperative, READERS);
    return run;
  }

  let usable: readonly LabelTemplate[] | undefined;
  /** Templates on which a short label with this installation's address fits, sheets before rolls. */
  function usableTemplates(): readonly LabelTemplate[] {
    const symbolSize = symbolFor(
      labelAddress(deps.publicUrl, '0'.repeat(BATCH_CODE_LENGTH)),
      deps.encode,
    ).size;
    const code = groupCode('M'.repeat(BATCH_CODE_LENGTH));
    const content: LabelContent = { name: 'Chè', cooperative: 'HTX', lot: 'Số lô: 1', code };
    usable ??= stock.templates.filter(
      (template) => designLabel({ template, content, symbolSize, typefaces: fonts.typefaces }).fits,
    );
    return usable;
  }

  const contract: Labels = { printedOf: store.printedOf };

  return {
    contract,
    symbolOf,

    usableTemplates,

    /** A batch to print labels of. @throws Problem `not-found`, `not-allowed` */
    place: async (batchId: string, actor: Actor | null, roles: readonly Role[] = PRINTERS) =>
      place(batchId, actor, roles),

    /** The batch of a symbol that members may download. */
    async batchFor(batchId: string, actor: Actor | null): Promise<Batch> {
      return (await place(batchId, actor, READERS)).batch;
    },

    draft,
    checkCount: (at: BatchPlace, asked: Pick<NewPrintRun, 'count' | 'reason'>) =>
      checkCount(at, at.printed, asked),

    /** Records a run of labels; its files are made when they are asked for. */
    async create(
      batchId: string,
      input: NewPrintRun,
      operation: { readonly actor: Actor | null; readonly id: string },
    ): Promise<StoredRun> {
      const { actor, id } = operation;
      const at = await place(batchId, actor, PRINTERS);
      if (actor === null) throw new Problem('sign-in-first');
      const existing = await store.byId(id);
      if (existing !== null) return existing;
      if (at.cooperative.status !== 'active') throw new Problem('organization-not-active');
      if (at.batch.status !== 'open') throw new Problem('batch-closed');
      if (input.codes === 'unit') throw invalidField('/codes', UNIT_CODES_LATER);
      const made = await draft(at, input);
      checkCount(at, at.printed, input);
      await insert(at, input, { id, run: await store.nextNumber(), draft: made, actor });
      const run = await store.byId(id);
      if (run === null) throw new Error(`Print run ${id} vanished`);
      return run;
    },

    read: readable,

    async list(
      cooperativeId: string,
      request: ListRequest & { readonly batchId?: string | undefined },
      actor: Actor | null,
    ): Promise<ListPage<StoredRun>> {
      const cooperative = await organizations.byId(cooperativeId);
      if (cooperative === null) throw new Problem('not-found');
      requireRole(actor, cooperative, READERS);
      return store.ofCooperative(cooperativeId, request);
    },
  };
}

export type LabelService = ReturnType<typeof labelService>;
