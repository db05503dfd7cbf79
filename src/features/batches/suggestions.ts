import { LOT_MAX_LENGTH } from '../../domain/gs1/lot.ts';
import type { BatchEvent, EventPlace } from './contract.ts';
import { currentContent } from './contract.ts';

/** What a form may offer, so that a person in a field types little. Pure: facts in, offers out. */

/** `2026-11-24` in the ways in which a lot number may hold it. */
function dateForms(date: string): readonly string[] {
  const [year = '', month = '', day = ''] = date.split('-');
  return [
    `${year}${month}${day}`,
    `${day}${month}${year}`,
    `${year.slice(2)}${month}${day}`,
    `${day}${month}${year.slice(2)}`,
  ];
}

function counted(lot: string): string | null {
  const found = /^(.*?)(\d+)(\D*)$/.exec(lot);
  if (found === null) return null;
  const [, before = '', digits = '', after = ''] = found;
  const next = (BigInt(digits) + 1n).toString().padStart(digits.length, '0');
  return `${before}${next}${after}`;
}

/** The same lot number with today's date where it has the day of its production; null where it has none. */
function redated(last: LastLot, today: string): string | null {
  const todayForms = dateForms(today);
  const at = dateForms(last.producedOn).findIndex((form) => last.lotNumber.includes(form));
  const [old, now] = [dateForms(last.producedOn)[at], todayForms[at]];
  return old === undefined || now === undefined ? null : last.lotNumber.replace(old, now);
}

function initials(productName: string): string {
  return productName
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[đĐ]/g, 'd')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => /^[a-z0-9]/i.test(word))
    .slice(0, 3)
    .map((word) => word.charAt(0).toUpperCase())
    .join('');
}

export type LastLot = { readonly lotNumber: string; readonly producedOn: string };

/**
 * The next lot number in the product's own pattern: the last one counted on, or with today's date where it has the
 * date of its production; for a first batch the product's initials and 01. Never one of `taken`, compared without
 * case.
 */
export function nextLot(
  product: { readonly name: string },
  lots: { readonly last: LastLot | null; readonly taken: readonly string[] },
  today: string,
): string {
  const { last } = lots;
  const taken = new Set(lots.taken.map((lot) => lot.toLowerCase()));
  const free = (lot: string | null): lot is string =>
    lot !== null && lot.length <= LOT_MAX_LENGTH && !taken.has(lot.toLowerCase());
  const first = last === null ? null : redated(last, today);
  if (free(first)) return first;
  const start = first ?? last?.lotNumber ?? `${initials(product.name) || 'LO'}-00`;
  // A date with a second batch on the same day gets a counter of its own rather than a wrong date.
  let candidate: string | null = first === null ? counted(start) : `${start}-2`;
  for (let tries = 0; tries <= taken.size && candidate !== null; tries += 1) {
    if (free(candidate)) return candidate;
    candidate = counted(candidate);
  }
  return '';
}

/** The steps of a chain with the one that is expected next; null once the last of them was recorded. */
export function expectedStep(chain: readonly string[], events: readonly BatchEvent[]): string | null {
  const done = events.flatMap((event) => currentContent(event)?.step ?? []);
  const furthest = Math.max(-1, ...done.map((step) => chain.indexOf(step)));
  return chain[furthest + 1] ?? null;
}

/** Where the last event that tells a place happened. */
export function lastPlace(events: readonly BatchEvent[]): EventPlace | null {
  return events.flatMap((event) => currentContent(event)?.place ?? []).at(-1) ?? null;
}
