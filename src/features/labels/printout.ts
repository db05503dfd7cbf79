import { minus, numberingOf, sizeOf, type Ranges } from '../../domain/unit-code/ranges.ts';
import { formatNumber } from '../../platform/format.ts';
import { speak } from '../../platform/i18n.ts';
import type { Reprint } from './contract.ts';
import type { RunLabel, RunLabels } from './run-labels.ts';
import type { StoredRun } from './store.ts';
import { paperStrings } from './strings.ts';

/** What goes to a printer: a run as it was made, or labels of it once more. Every file is made from one of these. */
export type Printout = { readonly run: StoredRun; readonly reprint: Reprint | null };

/** The labels of a reprint, by their numbers in the run: what was void when it was made is not among them. */
export const reprintedNumbers = ({ from, to, leftOut }: Pick<Reprint, 'from' | 'to' | 'leftOut'>): Ranges =>
  minus([{ from, to }], leftOut);

/** How many labels, and on which place of the first sheet they begin. */
export function printedPlaces({ run, reprint }: Printout): {
  readonly count: number;
  readonly startAt: number;
} {
  return reprint === null
    ? { count: run.count, startAt: run.startAt }
    : { count: sizeOf(reprintedNumbers(reprint)), startAt: reprint.startAt };
}

/** What tells this printout from all others; a second download of it has the same. */
export const printoutId = ({ run, reprint }: Printout): string =>
  reprint === null ? `print run ${run.id}` : `print run ${run.id} reprint ${reprint.number}`;

/** `tem-CX-02-12.pdf`, `tem-CX-02-12-in-lai-1.pdf`: as the person who looks for the file knows it. */
export function printoutName({ run, reprint }: Printout, ending: string): string {
  const again = run.language === 'vi' ? 'in-lai' : 'reprint';
  const suffix = reprint === null ? '' : `-${again}-${reprint.number}`;
  return `tem-${run.facts.lotNumber}-${run.run}${suffix}.${ending}`;
}

/** The document's title: `Tem Chè xanh · lô CX-02 · đợt 12 · in lại 1`. */
export function printoutTitle({ run, reprint }: Printout): string {
  const t = speak(paperStrings, run.language);
  const show = (value: number) => formatNumber(value, run.language);
  const title = t.documentTitle({
    product: run.facts.productName,
    lot: run.facts.lotNumber,
    run: show(run.run),
  });
  return reprint === null ? title : `${title} · ${t.reprint({ number: show(reprint.number) })}`;
}

/** What is printed, one label after the other, from 1: of a reprint, its numbers in their order. */
export function printedLabels({ reprint }: Printout, labels: RunLabels): (count: number) => RunLabel {
  if (reprint === null) return (count) => labels.labelAt(count);
  const numbers = numberingOf(reprintedNumbers(reprint));
  return (count) => labels.labelAt(labels.placeOf(numbers.at(count)));
}
