import type { Quantity } from '../../domain/quantity/quantity.ts';
import { formatNumber } from '../../platform/format.ts';
import { speak, type Language } from '../../platform/i18n.ts';
import type { ComparisonModel } from '../../platform/plain-page-view-model.ts';
import type { Batch, Measures } from '../batches/contract.ts';
import type { Product } from '../products/contract.ts';
import { both } from './circulation.ts';
import type { Balance } from './contract.ts';
import { runsStrings } from './runs-strings.ts';
import { isBulk } from './unit-words.ts';

/** A batch's labels against its packs: what is known of them, and why more were printed where they were. */
export type BatchAccount = {
  readonly batch: Batch;
  readonly product: Pick<Product, 'netContent'> | null;
  readonly balance: Balance;
  readonly reasons: readonly string[];
};

const PERCENT = 100;

/** How many of a hundred. */
export const percentOf = (part: number, whole: number): number =>
  whole === 0 ? 0 : Math.min(PERCENT, Math.round((part * PERCENT) / whole));

/** What the packs with these labels hold, in the batch's unit; null where a pack's content does not say. */
export function amountOf(
  labels: number,
  { batch, product }: Pick<BatchAccount, 'batch' | 'product'>,
  measures: Measures,
): Quantity | null {
  const content = product?.netContent;
  if (content === undefined || !isBulk(batch.quantity, measures)) return null;
  if (!measures.comparable(content.unit, batch.quantity.unit)) return null;
  const micro = measures.toMicro(content);
  return micro === null ? null : measures.fromMicro(micro * labels, batch.quantity.unit);
}

function agreement({ balance, reasons }: BatchAccount, language: Language): string | null {
  const t = speak(runsStrings, language);
  const { packs, left } = balance;
  if (packs === null) return t.packsUnknownSentence;
  const more = both(balance.inCirculation) - packs;
  if (more > 0) return t.accountMore({ more: formatNumber(more, language), why: reasons.join('; ') });
  return left === 0 ? t.accountMatch : null;
}

/** Packs and labels of a batch side by side, and what that is in kilograms. */
export function accountModel(account: BatchAccount, measures: Measures, language: Language): ComparisonModel {
  const { balance, batch } = account;
  const t = speak(runsStrings, language);
  const [printed, voided, out] = [balance.printed, balance.voided, balance.inCirculation].map(both);
  const { packs, left } = balance;
  const most = Math.max(packs ?? 0, printed ?? 0);
  const bar = (label: string, value = 0) => ({
    label,
    href: null,
    percent: percentOf(value, most),
    value: formatNumber(value, language),
  });
  const amount = amountOf(out ?? 0, account, measures);
  const words = (quantity: Quantity) => measures.format(quantity, language).replaceAll(' ', '\u00A0');
  return {
    bars: {
      caption: t.account,
      bars: [
        ...(packs === null ? [] : [bar(t.accountPacks, packs)]),
        bar(t.accountPrinted, printed),
        bar(t.accountVoided, voided),
        bar(t.accountOut, out),
        ...(left === null ? [] : [bar(t.accountLeft, left)]),
      ],
    },
    sentences: [
      agreement(account, language),
      amount === null ? null : t.accountAmount({ amount: words(amount), all: words(batch.quantity) }),
    ].filter((sentence) => sentence !== null),
  };
}
