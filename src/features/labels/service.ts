import { designLabel, type Misfit } from '../../domain/label/design.ts';
import { digitalLinkAddress, labelAddress, symbolFor } from '../../domain/label/symbol.ts';
import type { SymbolEncoder, SymbolMatrix } from '../../domain/label/symbol.ts';
import type { LabelContent } from '../../domain/label/content.ts';
import type { LabelDrawing } from '../../domain/label/drawing.ts';
import { perPage, printPlan, type LabelTemplate, type PrintPlan } from '../../domain/label/template.ts';
import { READERS, requireRole, type Actor, type Role } from '../../platform/access.ts';
import { dateInVietnam, type Clock } from '../../platform/clock.ts';
import { Problem, invalidField } from '../../platform/problem.ts';
import type { ListPage, ListRequest } from '../../platform/list-page.ts';
import type { Batch, Batches, Measures } from '../batches/contract.ts';
import type { Organization, Organizations } from '../organizations/contract.ts';
import type { Product, Products } from '../products/contract.ts';
import type { Language } from '../../platform/i18n.ts';
import { digitalLinkKeys, fittingLayout, type LabelChoices } from './choices.ts';
import { balanceOf, both, type CirculationReader } from './circulation.ts';
import { labelContent, printedFacts, type LabelFacts } from './content.ts';
import type { KeptName, Labels, PrintedFacts } from './contract.ts';
import type { Fonts } from './fonts.ts';
import type { NewPrintRun } from './input.ts';
import {
  START_AT_RANGE,
  UNIT_NOT_GS1,
  UNIT_ONLY,
  labelIncomplete,
  misfitProblem,
  packWord,
  tooManyLabels,
  type PackWord,
} from './messages.ts';
import type { LabelStock } from './stock.ts';
import type { PrintRunStore, StoredRun } from './store.ts';
import type { UnitKeys } from './unit-keys.ts';
import { unitRuns } from './unit-runs.ts';
import type { UnitReader } from './units.ts';

export type LabelServiceDeps = {
  readonly store: PrintRunStore;
  readonly stock: LabelStock;
  readonly choices: LabelChoices;
  /** Why not even a short label fits on this paper; null where one does. */
  readonly smallestMisfit: (template: LabelTemplate) => Misfit | null;
  readonly fonts: Fonts;
  readonly encode: SymbolEncoder;
  readonly organizations: Organizations;
  readonly products: Products;
  readonly batches: Batches;
  readonly measures: Measures;
  readonly clock: Clock;
  /** Told of each new run, which is recorded already: nobody waits for what it starts. */
  readonly created: (run: StoredRun) => void;
  readonly publicUrl: string;
  readonly circulation: CirculationReader;
  readonly keys: Pick<UnitKeys, 'current' | 'inForce'>;
  readonly units: Pick<UnitReader, 'unitsOf'>;
  province(code: string): { readonly fullName: string; readonly nameEn: string } | null;
};

/** A batch with whose and what it is. */
export type BatchPlace = {
  readonly batch: Batch;
  readonly product: Product;
  readonly cooperative: Organization;
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
  readonly layout: KeptName;
  readonly goodsLabel: boolean;
  readonly facts: PrintedFacts;
  /** How labels say which pack they are of; undefined where they do not. */
  readonly packLine: string | undefined;
  /** What a picture shows: a unit run's drawing with a code that is none. */
  readonly shown: { readonly drawing: LabelDrawing; readonly symbol: SymbolMatrix };
};

/** What a draft is made for: it needs no count to be looked at. */
export type DraftRequest = Pick<
  NewPrintRun,
  'template' | 'count' | 'startAt' | 'language' | 'goodsLabel' | 'layout' | 'codes' | 'numbered'
>;

const PRINTERS: readonly Role[] = ['clerk', 'manager'];
/** Runs of one batch collide as often as its people print at once. */
const SEQUENCE_TRIES_MAX = 50;

/** Print runs: what may be printed, recorded before a byte is sent. */
export function labelService(deps: LabelServiceDeps) {
  const { store, stock, choices, fonts, organizations, products, batches, measures, clock } = deps;
  const units = unitRuns(deps);

  /** @throws Problem `not-found` for a stranger, `not-allowed` for another role */
  async function place(batchId: string, actor: Actor | null, roles: readonly Role[]): Promise<BatchPlace> {
    const batch = await batches.byId(batchId);
    const cooperative = batch === null ? null : await organizations.byId(batch.cooperativeId);
    const product = batch === null ? null : await products.byId(batch.productId);
    if (batch === null || cooperative === null || product === null) throw new Problem('not-found');
    requireRole(actor, cooperative, roles);
    const word = packWord([product.netContent, batch.quantity], measures);
    return { batch, product, cooperative, packWord: word };
  }

  const addressOf = (batch: Batch): string => labelAddress(deps.publicUrl, batch.code);
  const symbolOf = (batch: Batch): SymbolMatrix => symbolFor(addressOf(batch), deps.encode);

  function factsOf({ batch, product, cooperative }: Omit<LabelFacts, 'province' | 'today'>): LabelFacts {
    const province = deps.province(batch.provinceCode);
    if (province === null) throw new Error(`Batch ${batch.id} is of an unknown province`);
    return { batch, product, cooperative, province, today: dateInVietnam(clock.now()) };
  }

  /** The label as it would be printed now. @throws Problem that says what is in the way */
  async function draft(at: BatchPlace, asked: DraftRequest): Promise<Draft> {
    const { batch, product, cooperative } = at;
    const template = await choices.template(cooperative.id, asked.template);
    const places = perPage(template);
    if (asked.startAt > places) throw invalidField('/startAt', START_AT_RANGE(places));
    const chosen = await choices.layout(cooperative.id, asked);
    const goodsLabel = chosen.layout?.goodsLabel === true;
    if (goodsLabel) {
      const { missing } = (await batches.completenessOf(batch)).label;
      const names = missing.map(({ name }) => name);
      const pointer = asked.goodsLabel ? '/goodsLabel' : '/layout';
      if (names.length > 0) throw invalidField(pointer, labelIncomplete(names), 'label-incomplete');
    }
    const known = factsOf({ batch, product, cooperative });
    const unit = units.words(at, asked);
    const content = { ...labelContent(known, { ...asked, measures }), ...unit?.content };
    const keys = digitalLinkKeys(chosen.layout, { product, batch });
    const address = keys === null ? addressOf(batch) : digitalLinkAddress(deps.publicUrl, keys);
    if (unit !== null && keys !== null) throw invalidField('/layout', UNIT_NOT_GS1);
    const symbol = unit === null ? symbolFor(address, deps.encode) : units.symbol();
    const { typefaces } = fonts;
    const request = { template, content, layout: chosen.layout, symbolSize: symbol.size, typefaces };
    const design = designLabel(request);
    if (!design.fits) throw misfitProblem(design.misfit, template, fittingLayout(request));
    return {
      template,
      plan: printPlan(template, asked),
      content,
      drawing: design.drawing,
      symbol,
      address,
      layout: { id: chosen.id, name: chosen.name[asked.language] },
      goodsLabel,
      facts: printedFacts(known, asked.language, measures),
      packLine: unit?.packLine,
      shown: unit === null ? { drawing: design.drawing, symbol } : units.sample(design.drawing, unit),
    };
  }

  /** Whether so many labels are more than packs lack one; a void label is no pack's. */
  async function isMore({ batch }: BatchPlace, count: number): Promise<boolean> {
    const { left } = balanceOf(await deps.circulation.of(batch.id), batch.packs);
    return left !== null && count > left;
  }

  /** @throws Problem `too-many-labels` with the numbers, where no reason is given */
  async function checkCount(at: BatchPlace, asked: Pick<NewPrintRun, 'count' | 'reason'>): Promise<void> {
    const { packs, printed, voided, inCirculation, left } = balanceOf(
      await deps.circulation.of(at.batch.id),
      at.batch.packs,
    );
    if (packs === null || left === null || asked.count <= left || asked.reason !== undefined) return;
    const detail = tooManyLabels(packs, left, at.packWord);
    throw new Problem('too-many-labels', {
      detail,
      errors: [{ pointer: '/count', detail }],
      members: {
        packs,
        printed: both(printed),
        voided: both(voided),
        inCirculation: both(inCirculation),
        left,
      },
    });
  }

  async function insert(
    at: BatchPlace,
    input: NewPrintRun,
    made: { id: string; run: number; draft: Draft; actor: Actor },
  ) {
    const { batch } = at;
    const { template, content, drawing, symbol, address, facts, layout, goodsLabel } = made.draft;
    const adjusted = await choices.calibration(at.cooperative.id, input);
    let { run } = made;
    for (let attempt = 0; attempt < SEQUENCE_TRIES_MAX; attempt += 1) {
      // The place in the batch comes first: whatever is counted after it, nobody else may have added to.
      const { printed, sequence } = await store.tally(batch.id);
      const unit = input.codes === 'unit' ? await units.run(at, input, made.draft) : undefined;
      if (unit === undefined) await checkCount(at, input);
      const needsReason = unit === undefined && (await isMore(at, input.count));
      const outcome = await store.insert({
        id: made.id,
        run,
        batchId: batch.id,
        sequence: sequence + 1,
        productId: batch.productId,
        cooperativeId: batch.cooperativeId,
        provinceCode: batch.provinceCode,
        codes: input.codes,
        unit,
        count: input.count,
        printedBefore: printed,
        packs: batch.packs,
        reason: needsReason ? input.reason : undefined,
        startAt: input.startAt,
        language: input.language,
        goodsLabel,
        ...adjusted,
        layout,
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
      if (outcome === 'inserted' || outcome === 'existed') return;
      if (outcome === 'number-taken') run = await store.nextNumber();
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
    usable ??= stock.templates.filter((template) => deps.smallestMisfit(template) === null);
    return usable;
  }

  const contract: Labels = {
    printedOf: store.printedOf,
    unitsOf: deps.units.unitsOf,
    balancesOf: deps.circulation.balances,
  };

  return {
    contract,
    symbolOf,

    usableTemplates,

    /** Where a paper's calibration page is. */
    calibrationPath(cooperativeId: string, templateId: string): string {
      const own = stock.template(templateId) === null ? `/cooperatives/${cooperativeId}` : '';
      return `/api/v1${own}/label-templates/${templateId}/calibration.pdf`;
    },

    offered: (cooperativeId: string) => choices.offered(cooperativeId),

    /** The cooperative's last run on this paper, of those who may see it; null when there is none. */
    lastOn: (cooperativeId: string, templateId: string) => store.lastOn(cooperativeId, templateId),

    /** The cooperative's own paper, then what everybody has. */
    async templatesOf(cooperativeId: string): Promise<readonly LabelTemplate[]> {
      return [...(await choices.ownTemplates(cooperativeId)), ...usableTemplates()];
    },

    /** A batch to print labels of. @throws Problem `not-found`, `not-allowed` */
    place: async (batchId: string, actor: Actor | null, roles: readonly Role[] = PRINTERS) =>
      place(batchId, actor, roles),

    /** The batch of a symbol that members may download. */
    async batchFor(batchId: string, actor: Actor | null): Promise<Batch> {
      return (await place(batchId, actor, READERS)).batch;
    },

    draft,
    /** The words of a batch's label. */
    contentOf: (at: BatchPlace, language: Language) => labelContent(factsOf(at), { language, measures }),

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
      if (input.codes === 'batch' && input.shuffled) throw invalidField('/shuffled', UNIT_ONLY);
      const made = await draft(at, input);
      if (input.codes === 'batch') await checkCount(at, input);
      else await units.packsFor(at, input.count);
      await insert(at, input, { id, run: await store.nextNumber(), draft: made, actor });
      const run = await store.byId(id);
      if (run === null) throw new Error(`Print run ${id} vanished`);
      deps.created(run);
      return run;
    },

    read: readable,
    pictured: units.pictured,
    /** Whether the run's labels can no longer be made, for its key is retired. */
    isRetired: ({ unit }: StoredRun): boolean =>
      unit !== undefined && deps.keys.inForce().every(({ epoch }) => epoch !== unit.epoch),

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
