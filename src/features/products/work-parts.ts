import { formatDate, formatInstant, formatMonth, formatNumber } from '../../platform/format.ts';
import { speak, type Language, type Spoken, type Text } from '../../platform/i18n.ts';
import type { ChipModel, FactModel, OcopModel } from '../../platform/view-parts.ts';
import type { CompletenessModel } from '../../platform/workplace-view-model.ts';
import type { Quantity } from '../../domain/quantity/quantity.ts';
import type { Completeness, MissingItem, OcopRank, Product } from './contract.ts';
import { differingFields, type ProductField } from './rules.ts';
import type { ProductVersion } from './service.ts';
import type { ProductChangeModel } from './work-view-model.ts';
import { productFieldStrings, type workProductStrings } from './work-strings.ts';

export type WorkWords = Spoken<typeof workProductStrings>;

/** Names of codes, as the code lists have them. */
export type ProductNames = {
  categoryName(code: string, language: Language): string;
  keyProductName(code: string, language: Language): string;
  indicationName(code: string, language: Language): string;
  templateName(code: string, language: Language): string;
  formatQuantity(quantity: Quantity, language: Language): string;
};

export const tierWord = (tier: Product['tier'], t: WorkWords): string =>
  ({ national: t.tierNational, regional: t.tierRegional, local: t.tierLocal })[tier];

/** The rank with its stars only while it counts. */
export function rankModel(ocop: OcopRank | undefined, today: string, t: WorkWords): OcopModel | null {
  if (ocop === undefined) return null;
  if (ocop.expiresOn < today)
    return { kind: 'lapsed', text: t.ocopLapsed({ date: formatDate(ocop.expiresOn) }) };
  if (ocop.issuedOn > today)
    return { kind: 'lapsed', text: t.ocopNotYet({ date: formatDate(ocop.issuedOn) }) };
  return {
    kind: 'valid',
    stars: ocop.stars,
    starsText: t.ocopStars({ stars: ocop.stars }),
    until: t.ocopUntil({ month: formatMonth(ocop.expiresOn) }),
    decision: null,
  };
}

const measuresOf = ({ circular02, passport, label }: Completeness) => [circular02, passport, label];

/** What is missing, each thing once although several laws ask for it. */
export function missingOf(completeness: Completeness): readonly MissingItem[] {
  const byFix = new Map(
    measuresOf(completeness).flatMap(({ missing }) => missing.map((one) => [one.fix, one])),
  );
  return [...byFix.values()];
}

function total(completeness: Completeness) {
  const measures = measuresOf(completeness);
  const [met, of] = [
    measures.reduce((sum, one) => sum + one.met, 0),
    measures.reduce((sum, one) => sum + one.of, 0),
  ];
  return { met, of, percent: Math.floor((100 * met) / of) };
}

/** How much of what the law asks a product says, with a link to the rest. */
export function completenessModel(
  completeness: Completeness,
  t: WorkWords,
  language: Language,
): CompletenessModel {
  const { met, of, percent } = total(completeness);
  const title = t.lawCount({ met: formatNumber(met, language), of: formatNumber(of, language) });
  return {
    title,
    bar: { label: title, donePercent: percent, partPercent: null },
    missingTitle: t.missingTitle,
    missing: missingOf(completeness).map(({ name, fix }) => ({ label: name[language], href: fix })),
  };
}

/** What stops the labels is said first. */
export function completenessChip(completeness: Completeness, t: WorkWords, language: Language): ChipModel {
  const inLabel = completeness.label.missing.length;
  if (inLabel > 0) return { label: t.labelLacking({ count: formatNumber(inLabel, language) }), tone: 'late' };
  const count = missingOf(completeness).length;
  return count === 0
    ? { label: t.complete, tone: 'good' }
    : { label: t.lacking({ count: formatNumber(count, language) }), tone: 'plain' };
}

/** How many fields of each list the law asks are there, in words. */
export function measureFacts(
  { circular02, passport, label }: Completeness,
  t: WorkWords,
  language: Language,
): readonly FactModel[] {
  const ratio = ({ met, of }: { met: number; of: number }) =>
    t.ratio({ met: formatNumber(met, language), of: formatNumber(of, language) });
  return [
    { label: t.circular02, value: ratio(circular02) },
    { label: t.passport, value: ratio(passport) },
    { label: t.label, value: ratio(label) },
  ];
}

type Telling = { readonly t: WorkWords; readonly language: Language; readonly names: ProductNames };

/** A field's value in words, as a person compares it with another; null for one that is not there. */
export function fieldText(
  field: ProductField,
  value: unknown,
  { t, language, names }: Telling,
): string | null {
  if (value === undefined || value === null || (Array.isArray(value) && value.length === 0)) return null;
  switch (field) {
    case 'tier':
      return tierWord(value as Product['tier'], t);
    case 'category':
      return names.categoryName(String(value), language);
    case 'nationalKeyProduct':
      return names.keyProductName(String(value), language);
    case 'geographicalIndication':
      return names.indicationName(String(value), language);
    case 'valueChain':
      return names.templateName(String(value), language);
    case 'netContent':
      return names.formatQuantity(value as Quantity, language);
    case 'shelfLifeDays':
      return `${formatNumber(Number(value), language)} ${speak(productFieldStrings, language).days}`;
    case 'photos':
      return t.photoCount({ count: formatNumber((value as readonly unknown[]).length, language) });
    case 'standards':
      return (value as readonly string[]).join('; ');
    case 'ocop': {
      const { stars, decision, issuedOn, expiresOn } = value as OcopRank;
      return [t.ocopStars({ stars }), decision, `${formatDate(issuedOn)}–${formatDate(expiresOn)}`].join(
        ', ',
      );
    }
    case 'gtin':
    case 'brand':
      return String(value);
    case 'name':
    case 'description':
    case 'ingredients':
    case 'storage':
    case 'usage':
    case 'warnings': {
      const { vi, en } = value as Text;
      return en === undefined ? vi : `${vi} / ${en}`;
    }
    default:
      return field satisfies never;
  }
}

export const fieldLabel = (field: ProductField, language: Language): string =>
  speak(productFieldStrings, language)[field];

export const whoWrote = ({ by }: ProductVersion, t: WorkWords): string => by.name ?? t.somebody;

/** Each change of a product, newest first. */
export function changeModels(
  replacing: ProductVersion,
  earlier: readonly ProductVersion[],
  telling: Telling,
): readonly ProductChangeModel[] {
  const { t, language } = telling;
  return earlier.map((before, index) => {
    const after = earlier[index - 1] ?? replacing;
    return {
      title: `${formatInstant(after.at)}, ${whoWrote(after, t)}`,
      fields: differingFields(before.fields, after.fields).map((field) => ({
        label: fieldLabel(field, language),
        before: fieldText(field, before.fields[field], telling) ?? t.nothing,
        after: fieldText(field, after.fields[field], telling) ?? t.nothing,
      })),
    };
  });
}
