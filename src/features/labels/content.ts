import { groupCode } from '../../domain/batch-code/batch-code.ts';
import { eanSymbol, type EanSymbol } from '../../domain/gs1/ean.ts';
import { parseGtin } from '../../domain/gs1/gtin.ts';
import type { LabelContent } from '../../domain/label/content.ts';
import { formatDate, formatMonth, formatNumber } from '../../platform/format.ts';
import { inLanguage, speak, type Language } from '../../platform/i18n.ts';
import type { Batch, Measures } from '../batches/contract.ts';
import type { Organization } from '../organizations/contract.ts';
import type { Product } from '../products/contract.ts';
import type { PrintedFacts } from './contract.ts';
import { paperStrings } from './strings.ts';

/** What a label is made from. `today` is `YYYY-MM-DD` in Vietnam. */
export type LabelFacts = {
  readonly batch: Batch;
  readonly product: Product;
  readonly cooperative: Organization;
  readonly province: { readonly fullName: string; readonly nameEn: string };
  readonly today: string;
};

type Wording = { readonly language: Language; readonly measures: Measures };

/** A paragraph as one line of words: a label sets its own lines. */
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

const provinceIn = ({ province }: LabelFacts, language: Language): string =>
  language === 'vi' ? province.fullName : province.nameEn;

function netContent({ product }: LabelFacts, { language, measures }: Wording): string | undefined {
  if (product.netContent === undefined) return undefined;
  const t = speak(paperStrings, language);
  const { unit } = product.netContent;
  // A number and its unit stay together on a line.
  const amount = measures.format(product.netContent, language).replaceAll(' ', '\u00A0');
  if (measures.comparable(unit, 'g')) return t.netMass({ amount });
  return measures.comparable(unit, 'ml') ? t.netVolume({ amount }) : t.netOther({ amount });
}

/** The rank with its decision and its term, only while it is in force: a lapsed one is never printed. */
function ocop({ product, today }: LabelFacts, language: Language): LabelContent['ocop'] {
  const rank = product.ocop;
  if (rank === undefined || today < rank.issuedOn || today > rank.expiresOn) return undefined;
  const t = speak(paperStrings, language);
  return {
    stars: rank.stars,
    texts: [
      t.ocop({ stars: formatNumber(rank.stars, language) }),
      t.decision({ number: oneLine(rank.decision) }),
      t.until({ month: formatMonth(rank.expiresOn) }),
    ],
  };
}

type LawField = 'address' | 'origin' | 'ingredients' | 'usage' | 'storage' | 'warnings';

/** What the law asks of goods besides. */
function lawTexts(facts: LabelFacts, language: Language): Pick<LabelContent, LawField> {
  const t = speak(paperStrings, language);
  const { product, cooperative } = facts;
  const told = (['ingredients', 'usage', 'storage', 'warnings'] as const).flatMap((field) => {
    const text = product[field];
    return text === undefined
      ? []
      : [[field, t[field]({ text: oneLine(inLanguage(text, language)) })] as const];
  });
  const vi = facts.province.fullName.replace(/^Tỉnh/, 'tỉnh').replace(/^Thành phố/, 'thành phố');
  return {
    address: t.address({ text: oneLine(cooperative.address) }),
    origin: t.madeIn({ province: language === 'vi' ? vi : facts.province.nameEn }),
    ...Object.fromEntries(told),
  };
}

/** The product's EAN or UPC as bars; none of a GTIN-14, which is a case's. */
function barcodeOf({ product }: LabelFacts): EanSymbol | undefined {
  const gtin = product.gtin === undefined ? null : parseGtin(product.gtin);
  return gtin === null ? undefined : (eanSymbol(gtin) ?? undefined);
}

const nameIn = ({ name, nameEn }: Organization, language: Language): string =>
  language === 'en' && nameEn !== undefined && nameEn !== '' ? nameEn : name;

/** The words of a label. */
export function labelContent(facts: LabelFacts, wording: Wording): LabelContent {
  const { language } = wording;
  const { batch, product, cooperative } = facts;
  const t = speak(paperStrings, language);
  return {
    name: oneLine(inLanguage(product.name, language)),
    cooperative: oneLine(nameIn(cooperative, language)),
    lot: t.lot({ lot: batch.lotNumber }),
    code: groupCode(batch.code),
    ocop: ocop(facts, language),
    producedOn: t.producedOn({ date: formatDate(batch.producedOn) }),
    expiresOn: batch.expiresOn === undefined ? undefined : t.expiresOn({ date: formatDate(batch.expiresOn) }),
    netContent: netContent(facts, wording),
    place: t.place({ province: provinceIn(facts, language) }),
    brand: product.brand === undefined ? undefined : oneLine(product.brand),
    barcode: barcodeOf(facts),
    ...lawTexts(facts, language),
  };
}

/** The same facts for a printing house's table. */
export function printedFacts(facts: LabelFacts, language: Language, measures: Measures): PrintedFacts {
  const { batch, product, cooperative } = facts;
  return {
    productName: oneLine(inLanguage(product.name, language)),
    cooperativeName: oneLine(nameIn(cooperative, language)),
    provinceName: provinceIn(facts, language),
    lotNumber: batch.lotNumber,
    producedOn: batch.producedOn,
    expiresOn: batch.expiresOn,
    netContent: product.netContent === undefined ? undefined : measures.format(product.netContent, language),
    ocop: ocop(facts, language)?.texts.join(', '),
  };
}
