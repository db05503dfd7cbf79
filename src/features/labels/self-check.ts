import type { UnitKey } from '../../domain/unit-code/unit-code.ts';
import type { Bitmap } from '../../domain/label/bitmap.ts';
import type { Fonts } from './fonts.ts';
import { labelDots } from './label-dots.ts';
import { runLabels } from './run-labels.ts';
import type { StoredRun } from './store.ts';
import type { SymbolReader } from './symbol-reader.ts';

/** What a desktop printer prints at least at. */
const SHEET_DPI = 300;

/** A check of a run's own labels: drawn as its printer prints them, and read. Plain data, for another thread. */
export type CheckJob = {
  readonly run: StoredRun;
  readonly keys: readonly UnitKey[];
  /** Which labels, by their place in the run, from 1. */
  readonly places: readonly number[];
};

export type CheckResult = {
  readonly labels: number;
  readonly dotsPerInch: number;
  readonly elapsedMs: number;
  /** The first label that does not give its address; null when all do. */
  readonly failed: { readonly number: number; readonly read: string | null } | null;
};

const RANDOM_PLACES = 6;

/** The first label, the last one, and some between. @param random from 0 to below 1 */
export function samplePlaces(count: number, random: () => number): readonly number[] {
  const between = Array.from({ length: RANDOM_PLACES }, () => 1 + Math.floor(random() * count));
  return [...new Set([1, count, ...between])].sort((a, b) => a - b);
}

/** Reads labels of a run as they leave its printer. @throws RangeError when the run cannot be drawn at all */
export async function checkRun(
  { run, keys, places }: CheckJob,
  { fonts, read }: { readonly fonts: Fonts; readonly read: SymbolReader },
): Promise<CheckResult> {
  const began = performance.now();
  const dotsPerInch = run.template.dotsPerInch ?? SHEET_DPI;
  const dots = await labelDots(run, dotsPerInch, fonts);
  const labels = runLabels(run, keys);
  let failed: CheckResult['failed'] = null;
  let checked = 0;
  for (const place of places) {
    const label = labels.labelAt(place);
    const picture: Bitmap = dots.whole(label);
    const said = await read(picture);
    checked += 1;
    if (said === label.address) continue;
    failed = { number: label.number, read: said };
    break;
  }
  return { labels: checked, dotsPerInch, elapsedMs: Math.round(performance.now() - began), failed };
}
