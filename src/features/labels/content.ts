import { groupCode } from '../../domain/batch-code/batch-code.ts';
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

type Wording = { readonly language: Language; readonly goodsLabel: boolean; readonly measures: Measures };

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

function goodsTexts(facts: LabelFacts, language: Language): LabelContent['goods'] {
  const t = speak(paperStrings, language);
  const { product, cooperative } = facts;
  const optional = (['ingredients', 'usage', 'storage', 'warnings'] as const).flatMap((field) => {
    const text = product[field];
    return text === undefined
      ? []
      : [{ field, text: t[field]({ text: oneLine(inLanguage(text, language)) }) }];
  });
  const vi = facts.province.fullName.replace(/^Tỉnh/, 'tỉnh').replace(/^Thành phố/, 'thành phố');
  return [
    { field: 'address', text: t.address({ text: oneLine(cooperative.address) }) },
    { field: 'place', text: t.madeIn({ province: language === 'vi' ? vi : facts.province.nameEn }) },
    ...optional,
  ];
}

const nameIn = ({ name, nameEn }: Organization, language: Language): string =>
  language === 'en' && nameEn !== undefined && nameEn !== '' ? nameEn : name;

/** The words of a label. */
export function labelContent(facts: LabelFacts, wording: Wording): LabelContent {
  const { language, goodsLabel } = wording;
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
    // A goods label names the place with its origin.
    place: goodsLabel ? undefined : t.place({ province: provinceIn(facts, language) }),
    goods: goodsLabel ? goodsTexts(facts, language) : [],
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
