import { eanSymbol } from '../../domain/gs1/ean.ts';
import { parseGtin } from '../../domain/gs1/gtin.ts';
import { GOODS_LAYOUT, TRACE_LAYOUTS, type LabelLayout } from '../../domain/label/layout.ts';
import { designLabel, type DesignRequest } from '../../domain/label/design.ts';
import type { DigitalLinkKeys } from '../../domain/gs1/digital-link.ts';
import type { LabelTemplate } from '../../domain/label/template.ts';
import type { Bilingual } from '../../platform/i18n.ts';
import { invalidField } from '../../platform/problem.ts';
import type { Batch } from '../batches/contract.ts';
import type { Product } from '../products/contract.ts';
import {
  BUILT_IN_LAYOUTS,
  isBuiltIn,
  type BuiltInLayout,
  type Calibration,
  type KeptName,
} from './contract.ts';
import type { NewPrintRun } from './input.ts';
import { templateOf, type LabelLibrary } from './library.ts';
import {
  CASE_GTIN,
  NO_GTIN,
  NOT_GOODS_LAYOUT,
  RESTRICTED_GTIN,
  UNKNOWN_LAYOUT,
  UNKNOWN_PRINTER,
} from './library-messages.ts';
import { UNKNOWN_TEMPLATE } from './messages.ts';
import { layoutNames } from './strings.ts';
import type { LabelStock } from './stock.ts';

/** The layout of a run; `layout` is undefined of the trace label, whose fields follow from the paper's size. */
export type ChosenLayout = {
  readonly id: string;
  readonly name: Bilingual;
  readonly layout: LabelLayout | undefined;
};

/** What is chosen from when labels are printed. */
export type Offered = {
  readonly layouts: readonly { readonly id: string; readonly name: Bilingual }[];
  readonly usualLayout: string;
  readonly printers: readonly KeptName[];
};

const BUILT_IN: Readonly<Record<BuiltInLayout, LabelLayout | undefined>> = {
  trace: undefined,
  short: TRACE_LAYOUTS.short,
  code: TRACE_LAYOUTS.code,
  goods: GOODS_LAYOUT,
};

/** The layouts that everybody has. */
export const builtInLayout = (id: BuiltInLayout): ChosenLayout => ({
  id,
  name: layoutNames[id],
  layout: BUILT_IN[id],
});

/** Those with fewer fields than the trace label may have, the fullest first. */
const FEWER_FIELDS = (['short', 'code'] as const).map(builtInLayout);

/** What to offer for a label that does not fit: of a goods label nothing, since the law asks for all of it. */
export function fittingLayout(request: DesignRequest): ChosenLayout | undefined {
  if (request.layout?.goodsLabel === true) return undefined;
  return FEWER_FIELDS.find(({ layout }) => designLabel({ ...request, layout }).fits);
}

export const NO_CALIBRATION: Calibration = { xMm: 0, yMm: 0, scale: 1 };

/** What a product's GTIN must be for the layout. @throws Problem at `/layout` */
export function digitalLinkKeys(
  layout: LabelLayout | undefined,
  { product, batch }: { readonly product: Pick<Product, 'gtin'>; readonly batch: Pick<Batch, 'lotNumber'> },
): DigitalLinkKeys | null {
  const isGs1 = layout?.symbolContent === 'gs1';
  if (layout === undefined || (!isGs1 && !layout.barcode)) return null;
  const gtin = product.gtin === undefined ? null : parseGtin(product.gtin);
  if (gtin === null) throw invalidField('/layout', NO_GTIN);
  if (layout.barcode && eanSymbol(gtin) === null) throw invalidField('/layout', CASE_GTIN);
  if (!isGs1) return null;
  if (gtin.restricted) throw invalidField('/layout', RESTRICTED_GTIN);
  return { gtin14: gtin.gtin14, lot: batch.lotNumber };
}

/** What a print run is made with: standard or own paper, a layout, a printer. */
export function labelChoices({
  stock,
  library,
}: {
  readonly stock: LabelStock;
  readonly library: LabelLibrary;
}) {
  async function layoutById(cooperativeId: string, id: string): Promise<ChosenLayout | null> {
    if (isBuiltIn(id)) return builtInLayout(id);
    const found = (await library.listed(cooperativeId, 'layout')).find((item) => item.id === id);
    return found === undefined ? null : { id, name: { vi: found.name, en: found.name }, layout: found.value };
  }

  return {
    /** The cooperative's own paper, the newest first. */
    async ownTemplates(cooperativeId: string): Promise<readonly LabelTemplate[]> {
      return (await library.listed(cooperativeId, 'stock')).map(templateOf).reverse();
    },

    /** What a print run may choose: layouts, the cooperative's own first, and printers. */
    async offered(cooperativeId: string): Promise<Offered> {
      const [layouts, printers, usual] = await Promise.all([
        library.listed(cooperativeId, 'layout'),
        library.listed(cooperativeId, 'printer'),
        library.defaultLayout(cooperativeId),
      ]);
      const own = layouts.map(({ id, name }) => ({ id, name: { vi: name, en: name } }));
      const all = [...own, ...BUILT_IN_LAYOUTS.map(builtInLayout)].map(({ id, name }) => ({ id, name }));
      const found = all.find(({ id }) => id === usual);
      return {
        layouts: all,
        usualLayout: found?.id ?? 'trace',
        printers: printers.map(({ id, name }) => ({ id, name })),
      };
    },

    /** @throws Problem at `/template` */
    async template(cooperativeId: string, id: string): Promise<LabelTemplate> {
      const standard = stock.template(id);
      if (standard !== null) return standard;
      const own = (await library.listed(cooperativeId, 'stock')).find((item) => item.id === id);
      if (own === undefined) throw invalidField('/template', UNKNOWN_TEMPLATE);
      return templateOf(own);
    },

    /** The layout asked for, else the goods label where that is asked for, else the cooperative's default. */
    async layout(
      cooperativeId: string,
      asked: Pick<NewPrintRun, 'layout' | 'goodsLabel'>,
    ): Promise<ChosenLayout> {
      if (asked.layout === undefined) {
        if (asked.goodsLabel) return builtInLayout('goods');
        const usual = await library.defaultLayout(cooperativeId);
        const found = usual === null ? null : await layoutById(cooperativeId, usual);
        return found ?? builtInLayout('trace');
      }
      const found = await layoutById(cooperativeId, asked.layout);
      if (found === null) throw invalidField('/layout', UNKNOWN_LAYOUT);
      if (asked.goodsLabel && found.layout?.goodsLabel !== true) {
        throw invalidField('/layout', NOT_GOODS_LAYOUT);
      }
      return found;
    },

    /** The offsets to print with, and whose they are. @throws Problem at `/printer` */
    async calibration(
      cooperativeId: string,
      { printer, calibration }: Pick<NewPrintRun, 'printer' | 'calibration'>,
    ): Promise<{ readonly calibration: Calibration; readonly printer: KeptName | undefined }> {
      if (printer === undefined) return { calibration: calibration ?? NO_CALIBRATION, printer: undefined };
      const found = (await library.listed(cooperativeId, 'printer')).find(({ id }) => id === printer);
      if (found === undefined) throw invalidField('/printer', UNKNOWN_PRINTER);
      return { calibration: calibration ?? found.value, printer: { id: found.id, name: found.name } };
    },
  };
}

export type LabelChoices = ReturnType<typeof labelChoices>;
