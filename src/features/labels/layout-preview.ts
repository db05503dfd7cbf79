import { groupCode } from '../../domain/batch-code/batch-code.ts';
import { eanSymbol } from '../../domain/gs1/ean.ts';
import { designLabel } from '../../domain/label/design.ts';
import {
  digitalLinkAddress,
  labelAddress,
  symbolFor,
  type SymbolEncoder,
} from '../../domain/label/symbol.ts';
import type { LabelContent } from '../../domain/label/content.ts';
import type { LabelDrawing } from '../../domain/label/drawing.ts';
import type { LabelLayout } from '../../domain/label/layout.ts';
import type { SymbolMatrix } from '../../domain/label/symbol.ts';
import type { LabelTemplate } from '../../domain/label/template.ts';
import type { Actor } from '../../platform/access.ts';
import { speak, type Language } from '../../platform/i18n.ts';
import { Problem } from '../../platform/problem.ts';
import { digitalLinkKeys, type LabelChoices } from './choices.ts';
import type { Fonts } from './fonts.ts';
import type { LabelLibrary } from './library.ts';
import { misfitProblem } from './messages.ts';
import type { LabelService } from './service.ts';
import { sampleStrings } from './sample-strings.ts';

type Deps = {
  readonly service: LabelService;
  readonly library: LabelLibrary;
  readonly choices: LabelChoices;
  readonly fonts: Fonts;
  readonly encode: SymbolEncoder;
  readonly publicUrl: string;
};

/** What a layout is looked at with: a batch of the cooperative, or a sample of everything where `batchId` is absent. */
export type LookRequest = {
  readonly template: string;
  /** Undefined of the trace label. */
  readonly layout: LabelLayout | undefined;
  readonly batchId?: string | undefined;
  readonly language: Language;
};

/** A label as it would be printed. */
export type Look = {
  readonly template: LabelTemplate;
  readonly drawing: LabelDrawing;
  readonly symbol: SymbolMatrix;
};

/** A number of the range that stands in GS1's own examples. */
const SAMPLE_GTIN = '9506000134352';
const SAMPLE_LOT = 'CX-02';
const SAMPLE_CODE = '7K2M9QXC4TRV';

function sampleContent(language: Language): LabelContent {
  const t = speak(sampleStrings, language);
  const { ocopRank, ocopDecision, ocopUntil, ...texts } = t;
  return {
    ...texts,
    code: groupCode(SAMPLE_CODE),
    ocop: { stars: 4, texts: [ocopRank, ocopDecision, ocopUntil] },
    barcode: eanSymbol({ digits: SAMPLE_GTIN }) ?? undefined,
  };
}

/** Looking at layouts before they are saved or printed: nothing is recorded. */
export function layoutPreviews({ service, library, choices, fonts, encode, publicUrl }: Deps) {
  async function words(cooperativeId: string, asked: LookRequest, actor: Actor | null) {
    const { batchId, layout, language } = asked;
    if (batchId === undefined) {
      const isGs1 = layout?.symbolContent === 'gs1';
      const keys = { gtin14: SAMPLE_GTIN.padStart(14, '0'), lot: SAMPLE_LOT };
      return {
        content: sampleContent(language),
        address: isGs1 ? digitalLinkAddress(publicUrl, keys) : labelAddress(publicUrl, SAMPLE_CODE),
      };
    }
    const at = await service.place(batchId, actor);
    if (at.cooperative.id !== cooperativeId) throw new Problem('not-found');
    const keys = digitalLinkKeys(layout, at);
    const content = service.contentOf(at, language);
    return {
      content,
      address: keys === null ? labelAddress(publicUrl, at.batch.code) : digitalLinkAddress(publicUrl, keys),
    };
  }

  return {
    /** @throws Problem that says what does not fit, as printing would */
    async look(cooperativeId: string, asked: LookRequest, actor: Actor | null): Promise<Look> {
      await library.list(cooperativeId, { kind: 'layout' }, actor);
      const template = await choices.template(cooperativeId, asked.template);
      const { content, address } = await words(cooperativeId, asked, actor);
      const symbol = symbolFor(address, encode);
      const { typefaces } = fonts;
      const { layout } = asked;
      const design = designLabel({ template, content, layout, symbolSize: symbol.size, typefaces });
      if (!design.fits) throw misfitProblem(design.misfit, template);
      return { template, drawing: design.drawing, symbol };
    },
  };
}

export type LayoutPreviews = ReturnType<typeof layoutPreviews>;
