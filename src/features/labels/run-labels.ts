import { groupCode } from '../../domain/batch-code/batch-code.ts';
import type { OwnTexts } from '../../domain/label/own-text.ts';
import { numberingOf } from '../../domain/unit-code/ranges.ts';
import { shuffleOf } from '../../domain/unit-code/shuffle.ts';
import { encodeUnit, type UnitKey } from '../../domain/unit-code/unit-code.ts';
import { formatNumber } from '../../platform/format.ts';
import type { PrintRun } from './contract.ts';

/** One label of a run. */
export type RunLabel = {
  /**
   * The label's number in the run, from 1: the index in its code, and what `from` and `to` of a void count. Places and
   * numbers are the same but in a shuffled run.
   */
  readonly number: number;
  readonly code: string;
  /** What its symbol says. */
  readonly address: string;
  /** What it says where a drawing's mark has `own`; `own-text.ts` puts it there. */
  readonly texts: OwnTexts;
};

/** The labels of a run, made when asked for, the same at every time. */
export type RunLabels = {
  /** @param place from 1 to the run's count, in the order in which labels leave the printer */
  labelAt(place: number): RunLabel;
  /** Where the label of this number is. */
  placeOf(number: number): number;
};

/** What a run's labels are made of: plain data, so that a worker thread can make them. */
export type LabelSource = Pick<PrintRun, 'run' | 'count' | 'language' | 'unit' | 'code' | 'address'>;

/**
 * @param keys those in force; of a run of the batch's code none is needed
 * @throws RangeError when the run's key is not among them
 */
export function runLabels(run: LabelSource, keys: readonly UnitKey[]): RunLabels {
  const { unit, language } = run;
  if (unit === undefined) {
    const { code, address } = run;
    const texts = { code: groupCode(code) };
    return { labelAt: (place) => ({ number: place, code, address, texts }), placeOf: (number) => number };
  }
  const key = keys.find(({ epoch }) => epoch === unit.epoch);
  if (key === undefined) throw new RangeError(`The key of epoch ${unit.epoch} is not in force`);
  const prefix = run.address.slice(0, run.address.length - run.code.length);
  const order = unit.shuffled ? shuffleOf(key, run.run, run.count) : null;
  const packs = numberingOf(unit.packNumbers);
  return {
    labelAt(place) {
      const number = order === null ? place : order.numberAt(place);
      const code = encodeUnit(key, run.run, number);
      const texts = { code: groupCode(code) };
      const packNumber = unit.packLine?.replace('{n}', formatNumber(packs.at(number), language));
      return {
        number,
        code,
        address: prefix + code,
        texts: packNumber === undefined ? texts : { ...texts, packNumber },
      };
    },
    placeOf: (number) => (order === null ? number : order.placeOf(number)),
  };
}
