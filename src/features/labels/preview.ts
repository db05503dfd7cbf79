import { z } from 'zod';
import { only } from '../../platform/access.ts';
import { formatNumber } from '../../platform/format.ts';
import { LANGUAGES, speak, type Language } from '../../platform/i18n.ts';
import { api, ok, param, type Answer, type Route } from '../../platform/routing.ts';
import { parseQuery } from '../../platform/validate.ts';
import { pagePlaces, perPage, slotAt } from '../../domain/label/template.ts';
import type { LabelTemplate, PrintPlan } from '../../domain/label/template.ts';
import { POINTS_PER_MM } from '../../domain/pdf/syntax.ts';
import type { LabelDrawing } from '../../domain/label/drawing.ts';
import type { SymbolMatrix } from '../../domain/label/symbol.ts';
import type { Fonts } from './fonts.ts';
import { LABEL_CODES } from './contract.ts';
import { LABELS_MAX, layoutIdField, templateIdField } from './input.ts';
import type { LabelService } from './service.ts';
import { labelSvg, sheetSvg } from './svg.ts';
import { filledCount, leftSentence, mostOf, partUsed, startAtHint } from './work-form.ts';
import { labelWorkStrings } from './work-strings.ts';

const flag = z.enum(['true', 'false', '']).transform((value) => value === 'true');

/** What a preview is asked for; the same words as a print run's. */
export const previewQuery = z.object({
  template: templateIdField,
  count: z.coerce.number().int().min(1).max(LABELS_MAX),
  startAt: z.coerce.number().int().min(1).default(1),
  language: z.enum(LANGUAGES).default('vi'),
  goodsLabel: flag.default(false),
  layout: layoutIdField.optional(),
  codes: z.enum(LABEL_CODES).default('batch'),
  numbered: flag.default(false),
  view: z.enum(['sheet', 'label']).default('label'),
});
export type PreviewRequest = z.output<typeof previewQuery>;

const COARSE_MODULE_MM = 0.375;

/** `3 tờ · 195 tem · tờ cuối còn trống 5 chỗ`. */
export function planSentence(
  template: Pick<LabelTemplate, 'kind'>,
  plan: PrintPlan,
  language: Language,
): string {
  const t = speak(labelWorkStrings, language);
  const show = (value: number) => formatNumber(value, language);
  const said = { pages: show(plan.pages), count: show(plan.count), free: show(plan.free) };
  if (template.kind === 'roll') return t.planRoll(said);
  return plan.pages === 1 ? t.planSheetOne(said) : t.planSheet(said);
}

/** The symbol's size and from which printer on it is clear. */
export function symbolSentence(drawing: LabelDrawing, symbolSize: number, language: Language): string {
  const t = speak(labelWorkStrings, language);
  const show = (value: number, decimals: number) => formatNumber(Number(value.toFixed(decimals)), language);
  return t.symbolLine({
    side: show(drawing.moduleMm * symbolSize, 1),
    module: show(drawing.moduleMm, 2),
    dpi: drawing.moduleMm >= COARSE_MODULE_MM - 1e-6 ? '203' : '300',
    pt: show(drawing.textMm * POINTS_PER_MM, 1),
  });
}

type Printable = {
  readonly template: LabelTemplate;
  readonly drawing: LabelDrawing;
  readonly symbol: SymbolMatrix;
  readonly plan: PrintPlan;
};

/** The first page, or one label, as an SVG image. */
export function pictureOf(printable: Printable, view: 'sheet' | 'label', fonts: Fonts): Answer {
  const { template, drawing, symbol, plan } = printable;
  const parts = { template, drawing, symbol, fonts };
  const svg = view === 'label' ? labelSvg(parts) : sheetSvg(parts, pagePlaces(plan, 0));
  return {
    kind: 'bytes',
    type: 'image/svg+xml',
    body: Buffer.from(svg, 'utf8'),
    headers: { 'Cache-Control': 'private, no-cache' },
  };
}

/** Everything that a label's picture says, in words. */
export const labelWords = (drawing: LabelDrawing): string =>
  drawing.marks.flatMap((mark) => (mark.kind === 'text' ? [mark.text] : [])).join(' ');

/** How labels fall on sheets, for a page that shows it while somebody types. */
export function previewAnswer(
  { template, plan, drawing, symbol }: Printable,
  submit: string,
  language: Language,
) {
  return {
    pages: plan.pages,
    perPage: plan.perPage,
    free: plan.free,
    moduleMm: Number(drawing.moduleMm.toFixed(4)),
    sentences: {
      plan: planSentence(template, plan, language),
      symbol: symbolSentence(drawing, symbol.size, language),
      submit,
    },
    /** Where each place of the page is, for pointing at the first free one. */
    page: {
      widthMm: template.pageWidthMm,
      heightMm: template.pageHeightMm,
      labelWidthMm: template.widthMm,
      labelHeightMm: template.heightMm,
      places: Array.from({ length: perPage(template) }, (_, slot) => slotAt(template, slot)),
    },
  };
}

/** Looking at labels before they are printed: nothing is recorded. */
export function previewRoutes(deps: {
  readonly service: LabelService;
  readonly fonts: Fonts;
}): readonly Route[] {
  const { service, fonts } = deps;
  const draftFor = async (id: string, query: PreviewRequest, actor: Parameters<LabelService['place']>[1]) =>
    service.draft(await service.place(id, actor), query);
  return [
    api.get(
      '/batches/:id/label-preview',
      only('clerk', 'manager'),
      async (request, { actor, language }) => {
        const query = parseQuery(previewQuery, request.query);
        const at = await service.place(param(request, 'id'), actor);
        const draft = await service.draft(at, query);
        const onPaper = await service.lastOn(at.cooperative.id, draft.template.id);
        const balance = (await service.contract.balancesOf([at.batch])).get(at.batch.id);
        const most = balance === undefined ? null : mostOf(balance, query.codes);
        const submit = speak(labelWorkStrings, language).submit({
          count: formatNumber(draft.plan.count, language),
        });
        const left = leftSentence({ balance, codes: query.codes }, at.packWord, language);
        const { sentences, ...answer } = previewAnswer(draft, submit, language);
        // `most`: no more unit codes than that; `full`: so many make the last sheet full.
        const full = filledCount(draft.plan, most);
        const startAt = startAtHint(partUsed(onPaper ?? undefined), language);
        const calibration = service.calibrationPath(at.cooperative.id, draft.template.id);
        return ok({ ...answer, most, full, calibration, sentences: { ...sentences, left, startAt } });
      },
      { doc: { summary: 'How labels would fall on sheets, before printing them', query: previewQuery } },
    ),
    api.get(
      '/batches/:id/label-preview.svg',
      only('clerk', 'manager'),
      async (request, { actor }) => {
        const query = parseQuery(previewQuery, request.query);
        const draft = await draftFor(param(request, 'id'), query, actor);
        return pictureOf({ ...draft, ...draft.shown }, query.view, fonts);
      },
      { doc: { summary: 'A picture of the first sheet or of one label', query: previewQuery } },
    ),
  ];
}
