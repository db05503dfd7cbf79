import { z } from 'zod';
import { rule } from '../../platform/validate.ts';
import { idField, line } from '../../platform/fields.ts';
import { LANGUAGES } from '../../platform/i18n.ts';
import { LABEL_CODES } from './contract.ts';

/** The most labels in one run: a printing house's order. Run and index of a unit code hold 28 bits. */
export const LABELS_MAX = 10_000_000;
/** The most codes that one void names: a box of damaged labels, scanned one by one. */
export const VOID_CODES_MAX = 1_000;
/** How far a printer may be off before it is the wrong paper. */
export const OFFSET_MAX_MM = 20;
export const SCALE_MIN = 0.95;
export const SCALE_MAX = 1.05;
export const PNG_SIZE = { least: 64, most: 2_048, usual: 600 } as const;

const BOTH_ENDS = rule({
  vi: 'Vui lòng ghi cả số đầu và số cuối.',
  en: 'Please give both the first and the last number.',
});
const ONE_WAY = rule({
  vi: 'Vui lòng nêu tem cần hủy bằng một cách: from và to, packs, hoặc codes.',
  en: 'Please name the labels in one way: from and to, packs, or codes.',
});

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
  /** Of unit codes: whether labels leave the printer in another order than their numbers'. */
  shuffled: z.boolean().default(false),
  /** Of unit codes: whether each label says which pack of how many it is. */
  numbered: z.boolean().default(false),
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
/** The same in an address, where the labels are only looked at. */
export const reprintQuery = z.object({
  from: z.coerce.number().int().min(1).max(LABELS_MAX).optional(),
  to: z.coerce.number().int().min(1).max(LABELS_MAX).optional(),
  startAt: z.coerce.number().int().min(1).default(1),
  view: z.enum(['sheet', 'label']).default('label'),
});
export type NewReprint = z.output<typeof reprintInput>;

/** What is voided: a range of label numbers, a range of pack numbers as the labels say them, or codes. */
export const voidInput = z
  .strictObject({
    from: labelNumber.optional(),
    to: labelNumber.optional(),
    packs: z.strictObject({ from: z.number().int().min(1), to: z.number().int().min(1) }).optional(),
    codes: z.array(z.string().max(128)).min(1).max(VOID_CODES_MAX).optional(),
    reason: line(300),
  })
  .refine(({ from, to }) => (from === undefined) === (to === undefined), { ...BOTH_ENDS, path: ['to'] })
  .refine(({ from, packs, codes }) => [from, packs, codes].filter((one) => one !== undefined).length === 1, {
    ...ONE_WAY,
    path: ['from'],
  });
export type NewVoid = z.output<typeof voidInput>;

export const pngQuery = z.object({
  size: z.coerce.number().int().min(PNG_SIZE.least).max(PNG_SIZE.most).default(PNG_SIZE.usual),
});

export const calibrationQuery = z.object({
  xMm: z.coerce.number().min(-OFFSET_MAX_MM).max(OFFSET_MAX_MM).default(0),
  yMm: z.coerce.number().min(-OFFSET_MAX_MM).max(OFFSET_MAX_MM).default(0),
  scale: z.coerce.number().min(SCALE_MIN).max(SCALE_MAX).default(1),
  lang: z.enum(LANGUAGES).optional(),
});
