import { CODE_ALPHABET, UNIT_CODE_LENGTH, groupCode } from '../../domain/batch-code/batch-code.ts';
import type { LabelContent } from '../../domain/label/content.ts';
import type { Typefaces } from '../../domain/label/text.ts';
import { formatNumber } from '../../platform/format.ts';
import { speak, type Language } from '../../platform/i18n.ts';
import type { Quantity } from '../../domain/quantity/quantity.ts';
import type { Batch, Measures } from '../batches/contract.ts';
import type { Product } from '../products/contract.ts';
import { packName } from './messages.ts';
import { paperStrings } from './strings.ts';

/** What labels of a unit run say besides, and how the pack number is said: `{n}` stands for the number. */
export type UnitWords = {
  readonly content: Pick<LabelContent, 'code' | 'packNumber' | 'packedFrom' | 'isUnit'>;
  readonly packLine: string | undefined;
};

type Asked = { readonly language: Language; readonly numbered: boolean };
type Of = { readonly batch: Batch; readonly product: Product; readonly packs: number };

const widestOf = (letters: string, typefaces: Typefaces): string =>
  [...letters].reduce((widest, letter) =>
    typefaces.semibold.widthOf(letter) > typefaces.semibold.widthOf(widest) ? letter : widest,
  );

/** A code that is as wide as any: what fits it fits every label of a run. */
export const widestCode = (typefaces: Typefaces): string =>
  widestOf(CODE_ALPHABET, typefaces).repeat(UNIT_CODE_LENGTH);

/** Weighed or measured goods are packed from something; counted ones are packs already. */
export const isBulk = ({ unit }: Quantity, measures: Measures): boolean =>
  measures.comparable(unit, 'kg') || measures.comparable(unit, 'l');

function packedFrom({ quantity }: Batch, language: Language, measures: Measures): string | undefined {
  if (!isBulk(quantity, measures)) return undefined;
  const amount = measures.format(quantity, language).replaceAll(' ', '\u00A0');
  return speak(paperStrings, language).packedFrom({ amount });
}

/** The words in which each label has its own code, and its own pack number where that is asked for. */
export function unitWords(
  { batch, product, packs }: Of,
  { language, numbered }: Asked,
  { typefaces, measures }: { readonly typefaces: Typefaces; readonly measures: Measures },
): UnitWords {
  const code = groupCode(widestCode(typefaces));
  if (!numbered) return { content: { code, isUnit: true }, packLine: undefined };
  const name = packName([product.netContent, batch.quantity], measures)[language];
  const t = speak(paperStrings, language);
  const packLine = t.packNumber({ name, packs: formatNumber(packs, language) }).replaceAll(' ', '\u00A0');
  const widest = formatNumber(packs, language).replace(/\d/g, widestOf('0123456789', typefaces));
  return {
    content: {
      code,
      isUnit: true,
      packNumber: packLine.replace('{n}', widest),
      packedFrom: packedFrom(batch, language, measures),
    },
    packLine,
  };
}
