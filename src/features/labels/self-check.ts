import type { UnitKey } from '../../domain/unit-code/unit-code.ts';
import type { Bitmap } from '../../domain/label/bitmap.ts';
import type { Fonts } from './fonts.ts';
import { labelDots } from './label-dots.ts';
import type { LabelFile } from './making.ts';
import { pdfPictures } from './pdf-picture.ts';
import { runLabels } from './run-labels.ts';
import type { StoredRun } from './store.ts';
import type { SymbolReader } from './symbol-reader.ts';

/** What a desktop printer prints at least at. */
const SHEET_DPI = 300;

/** A check of a run's own labels: what is sent, as its printer prints it, and read. Plain data, for another thread. */
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

/** A label as one of a run's files has it. */
type LabelPicture = (place: number) => Bitmap;

/**
 * Every run's PDF, filled in from the operators that are sent; of a roll also the dots that its ZPL and TSPL
 * hold. The drawing itself is not asked: a fault between it and the file would not show.
 */
function picturesOf(file: LabelFile, dotsPerInch: number): readonly LabelPicture[] {
  const { printout, fonts, labels } = file;
  const pdf = pdfPictures(file, dotsPerInch);
  if (printout.run.template.dotsPerInch === null) return [pdf];
  const dots = labelDots(printout.run, dotsPerInch, fonts);
  return [pdf, (place) => dots.whole(labels.labelAt(place))];
}

/**
 * Reads labels of a run as they leave its printer.
 * @throws RangeError when the run cannot be drawn at all, or its PDF is not of operators that a reader knows
 */
export async function checkRun(
  { run, keys, places }: CheckJob,
  { fonts, read }: { readonly fonts: Fonts; readonly read: SymbolReader },
): Promise<CheckResult> {
  const began = performance.now();
  const dotsPerInch = run.template.dotsPerInch ?? SHEET_DPI;
  const labels = runLabels(run, keys);
  const pictures = picturesOf({ printout: { run, reprint: null }, labels, fonts }, dotsPerInch);
  const unread = async (place: number): Promise<CheckResult['failed']> => {
    const { address, number } = labels.labelAt(place);
    for (const picture of pictures) {
      const said = await read(picture(place));
      if (said !== address) return { number, read: said };
    }
    return null;
  };
  let failed: CheckResult['failed'] = null;
  let checked = 0;
  for (const place of places) {
    failed = await unread(place);
    checked += 1;
    if (failed !== null) break;
  }
  return { labels: checked, dotsPerInch, elapsedMs: Math.round(performance.now() - began), failed };
}
