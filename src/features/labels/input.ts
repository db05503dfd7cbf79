import { z } from 'zod';
import { idField, line } from '../../platform/fields.ts';
import { LANGUAGES } from '../../platform/i18n.ts';
import { LABEL_CODES } from './contract.ts';

/** The most labels in one run: a day's work of a fast printer. */
export const LABELS_MAX = 100_000;
/** How far a printer may be off before it is the wrong paper. */
export const OFFSET_MAX_MM = 20;
export const SCALE_MIN = 0.95;
export const SCALE_MAX = 1.05;
export const PNG_SIZE = { least: 64, most: 2_048, usual: 600 } as const;

export const templateIdField = z.string().min(1).max(60);

export const offsetField = z.number().min(-OFFSET_MAX_MM).max(OFFSET_MAX_MM);
export const scaleField = z.number().min(SCALE_MIN).max(SCALE_MAX);

const calibrationInput = z.strictObject({
  xMm: offsetField.default(0),
  yMm: offsetField.default(0),
  scale: scaleField.default(1),
});

/** `trace`, `goods`, or the id of a layout of the cooperative. */
export const layoutIdField = z.string().regex(/^[0-9a-z]{1,40}$/);

export const printRunInput = z.strictObject({
  template: templateIdField,
  count: z.number().int().min(1).max(LABELS_MAX),
  codes: z.enum(LABEL_CODES).default('batch'),
  /** 1-based place of the first label on the first sheet. */
  startAt: z.number().int().min(1).default(1),
  /** Why more labels than the batch has packs. */
  reason: line(300).optional(),
  language: z.enum(LANGUAGES).default('vi'),
  /** Whether the label is the one that the law asks of goods: then all of it must be there. */
  goodsLabel: z.boolean().default(false),
  /** Absent: the goods label where that is asked for, else the cooperative's own default, else the trace label. */
  layout: layoutIdField.optional(),
  /** A printer whose offsets are kept; `calibration` given besides is what counts. */
  printer: idField.optional(),
  calibration: calibrationInput.optional(),
});
export type NewPrintRun = z.output<typeof printRunInput>;

/** A number of a label in its run. */
const labelNumber = z.number().int().min(1).max(LABELS_MAX);

/** Which labels of a run to print again, all where nothing is said, and why. */
export const reprintInput = z.strictObject({
  from: labelNumber.optional(),
  to: labelNumber.optional(),
  startAt: z.number().int().min(1).default(1),
  reason: line(300),
});
export type NewReprint = z.output<typeof reprintInput>;

export const pngQuery = z.object({
  size: z.coerce.number().int().min(PNG_SIZE.least).max(PNG_SIZE.most).default(PNG_SIZE.usual),
});

export const calibrationQuery = z.object({
  xMm: z.coerce.number().min(-OFFSET_MAX_MM).max(OFFSET_MAX_MM).default(0),
  yMm: z.coerce.number().min(-OFFSET_MAX_MM).max(OFFSET_MAX_MM).default(0),
  scale: z.coerce.number().min(SCALE_MIN).max(SCALE_MAX).default(1),
  lang: z.enum(LANGUAGES).optional(),
});
