import { sizeOf, type Ranges } from '../../domain/unit-code/ranges.ts';
import { formatNumber } from '../../platform/format.ts';
import { speak, type Language } from '../../platform/i18n.ts';
import { runStrings } from './run-strings.ts';
import { voidStrings } from './void-strings.ts';

/** Ranges and codes that a page names one by one; the rest is counted. */
const SHOWN_MAX = 12;

/** `3, 7-12`: what a form takes as well. */
export const rangesText = (ranges: Ranges): string =>
  ranges.map(({ from, to }) => (from === to ? String(from) : `${from}-${to}`)).join(', ');

/** So many of a list as a page shows, and how many more there are. */
export function someOf(parts: readonly string[], language: Language): string {
  const rest = parts.length - SHOWN_MAX;
  const shown = parts.slice(0, SHOWN_MAX).join(', ');
  if (rest <= 0) return shown;
  return `${shown} ${speak(voidStrings, language).and({ count: formatNumber(rest, language) })}`;
}

/** `3, 7–12` for people, not too many of them. */
export const someNumbers = (ranges: Ranges, language: Language): string =>
  someOf(
    ranges.map((range) => rangesText([range]).replace('-', '\u2013')),
    language,
  );

/** Which void labels a reprint leaves out. */
export const leftOutSentence = (ranges: Ranges, language: Language): string =>
  speak(runStrings, language).leftOut({
    numbers: someNumbers(ranges, language),
    count: formatNumber(sizeOf(ranges), language),
  });
