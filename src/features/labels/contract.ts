import type { Language } from '../../platform/i18n.ts';
import type { LabelContent } from '../../domain/label/content.ts';
import type { LabelDrawing } from '../../domain/label/drawing.ts';
import type { LabelTemplate } from '../../domain/label/template.ts';
import type { Batch } from '../batches/contract.ts';
import type { Ranges } from '../../domain/unit-code/ranges.ts';

/** What one printer needs to put labels where they belong: moved right and down, and a little larger or smaller. */
export type Calibration = { readonly xMm: number; readonly yMm: number; readonly scale: number };

/**
 * The layouts that every cooperative has: the trace label with as much as its paper's size has room for, the same with
 * fewer fields on whatever paper, and the goods label.
 */
export const BUILT_IN_LAYOUTS = ['trace', 'short', 'code', 'goods'] as const;
export type BuiltInLayout = (typeof BUILT_IN_LAYOUTS)[number];

export const isBuiltIn = (id: string): id is BuiltInLayout =>
  (BUILT_IN_LAYOUTS as readonly string[]).includes(id);

/** What a run was printed with, by the name that it had then. */
export type KeptName = { readonly id: string; readonly name: string };

export const LABEL_CODES = ['batch', 'unit'] as const;
export type LabelCodes = (typeof LABEL_CODES)[number];

/** What makes a run's labels unit codes: with the key of its epoch, everything that its labels say. */
export type UnitRun = {
  /** Which master key. */
  readonly epoch: number;
  /** Whether labels leave the printer in another order than their numbers'. */
  readonly shuffled: boolean;
  /** Which of the batch's packs the labels are of, in the order of their numbers; as many as the run has labels. */
  readonly packNumbers: Ranges;
  /** The pack number as labels say it, `{n}` for the number; undefined of labels that do not. */
  readonly packLine?: string | undefined;
};

/** What a run's record keeps for a printing house's table; dates are `YYYY-MM-DD`. */
export type PrintedFacts = {
  readonly productName: string;
  readonly cooperativeName: string;
  readonly provinceName: string;
  readonly lotNumber: string;
  readonly producedOn: string;
  readonly expiresOn?: string | undefined;
  readonly netContent?: string | undefined;
  readonly ocop?: string | undefined;
};

/**
 * Who printed how many labels of what, when and on what. It is written once and never changed; its files are made
 * from nothing but itself, so that a second download is the first one again whatever has changed meanwhile.
 */
export type PrintRun = {
  readonly id: string;
  /** From 1, of the whole installation; later runs have greater numbers. */
  readonly run: number;
  readonly batchId: string;
  /** From 1 within the batch. */
  readonly sequence: number;
  readonly productId: string;
  readonly cooperativeId: string;
  readonly provinceCode: string;
  readonly codes: LabelCodes;
  readonly count: number;
  /** Labels of this batch printed before this run. */
  readonly printedBefore: number;
  /** Packs of the batch on that day; null when they were not known. */
  readonly packs: number | null;
  /** Why more labels than packs; only then. */
  readonly reason?: string | undefined;
  readonly startAt: number;
  readonly language: Language;
  readonly goodsLabel: boolean;
  readonly calibration: Calibration;
  /** Undefined of a run from before there were layouts. */
  readonly layout?: KeptName | undefined;
  /** Undefined where no kept printer was chosen. */
  readonly printer?: KeptName | undefined;
  readonly template: LabelTemplate;
  /** Undefined of a run of the batch's code. */
  readonly unit?: UnitRun | undefined;
  /** The batch's code and its address in a symbol; a unit's address differs in nothing but the code. */
  readonly code: string;
  readonly address: string;
  readonly facts: PrintedFacts;
  readonly content: LabelContent;
  readonly drawing: LabelDrawing;
  readonly demo: boolean;
  readonly createdAt: Date;
  readonly createdBy: string;
  readonly createdByName: string;
};

/** Labels of a run printed once more, with the same codes. It is written once and never changed. */
export type Reprint = {
  readonly id: string;
  readonly runId: string;
  /** From 1 within the run. */
  readonly number: number;
  /** The first and the last label, by their numbers in the run, from 1. */
  readonly from: number;
  readonly to: number;
  /** Those between that were void already, which no printer gets again. */
  readonly leftOut: Ranges;
  /** 1-based place of the first label on the first sheet. */
  readonly startAt: number;
  readonly reason: string;
  readonly createdAt: Date;
  readonly createdBy: string;
  readonly createdByName: string;
};

/** How far the labels of a batch have come. */
export type Balance = {
  /** Null when they are not recorded. */
  readonly packs: number | null;
  readonly printed: Readonly<Record<LabelCodes, number>>;
  readonly voided: Readonly<Record<LabelCodes, number>>;
  /** Printed and not void. */
  readonly inCirculation: Readonly<Record<LabelCodes, number>>;
  /** Packs without a label of either kind, null when packs are not recorded; never below 0. */
  readonly left: number | null;
  /** How many unit codes may still be printed. */
  readonly unitsLeft: number | null;
};

/** The pack that a unit code is of. Nothing here tells of print runs: strangers see it. */
export type Unit = {
  readonly batchId: string;
  /** Which of `packs` packs; no two labels that are not void have the same. */
  readonly packNumber: number;
  readonly packs: number;
  readonly isVoid: boolean;
};

/** What other features may ask of labels. */
export type Labels = {
  /** The packs of these unit codes, upper case without separators; a code that is not one of ours is absent. */
  unitsOf(codes: readonly string[]): Promise<ReadonlyMap<string, Unit>>;
  balancesOf(batches: readonly Batch[]): Promise<ReadonlyMap<string, Balance>>;
  /** How many labels of each batch were printed; a batch without any is absent. */
  printedOf(batchIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
};
