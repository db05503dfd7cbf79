import { z } from 'zod';
import { LOT_MAX_LENGTH, isCharacterSet82 } from '../../domain/gs1/lot.ts';
import {
  dateField,
  idField,
  instantField,
  line,
  lineText,
  paragraph,
  paragraphText,
  quantityField,
} from '../../platform/fields.ts';
import { rule } from '../../platform/validate.ts';

/** What a code list says: whether it has a code. */
export type CodeLists = {
  isUnit(code: string): boolean;
  isStep(code: string): boolean;
  isProvince(code: string): boolean;
};

/** The most batches that one batch may be made from, and materials bought in. */
export const BATCH_INPUTS_MAX = 50;
export const EVENT_PHOTOS_MAX = 12;
export const PACKS_MAX = 100_000_000;

const lotCharacters = rule({
  vi: 'Số lô chỉ dùng chữ không dấu, số và các dấu như - / . (không có khoảng trắng).',
  en: 'A lot number has only plain letters, digits and signs such as - / . (no spaces).',
});
const lotField = line(LOT_MAX_LENGTH).refine(isCharacterSet82, lotCharacters);

const knownStep = rule({
  vi: 'Không có công đoạn này trong danh mục.',
  en: 'There is no such step in the list.',
});
const knownProvince = rule({
  vi: 'Không có tỉnh, thành phố mang mã này.',
  en: 'There is no province with this code.',
});
const bothCoordinates = rule({
  vi: 'Vĩ độ và kinh độ phải đi cùng nhau.',
  en: 'Latitude and longitude go together.',
});

const saysSomething = rule({
  vi: 'Vui lòng nêu ít nhất một mục.',
  en: 'Please tell at least one field.',
});

/** The schemas of this feature's requests. */
export function batchInputs(lists: CodeLists) {
  const quantity = quantityField(lists.isUnit);
  const packs = z.number().int().min(1).max(PACKS_MAX);
  const place = z
    .strictObject({
      name: line(200),
      provinceCode: z.string().refine(lists.isProvince, knownProvince).optional(),
      lat: z.number().min(-90).max(90).optional(),
      lon: z.number().min(-180).max(180).optional(),
    })
    .refine((value) => (value.lat === undefined) === (value.lon === undefined), {
      ...bothCoordinates,
      path: ['lat'],
    });
  const note = paragraphText(2_000);
  const event = z.strictObject({
    step: z.string().max(60).refine(lists.isStep, knownStep),
    occurredAt: instantField,
    place: place.optional(),
    quantity: quantity.optional(),
    note: note.optional(),
    photos: z.array(idField).max(EVENT_PHOTOS_MAX).optional(),
  });
  const reason = z.union([paragraph(1_000).transform((vi) => ({ vi })), paragraphText(1_000)], {
    error: 'reason',
  });
  return {
    batch: z.strictObject({
      lotNumber: lotField,
      quantity,
      packs: packs.optional(),
      producedOn: dateField,
      expiresOn: dateField.optional(),
      inputs: z
        .array(z.strictObject({ batchId: idField, quantity }))
        .max(BATCH_INPUTS_MAX)
        .optional(),
      boughtIn: z
        .array(z.strictObject({ name: lineText(200), quantity }))
        .max(BATCH_INPUTS_MAX)
        .optional(),
    }),
    event,
    /** A replacement says only what was wrong; the rest stays as it stands, and null takes a part away. */
    correction: z.strictObject({
      reason,
      replacement: event
        .partial()
        .extend({
          place: place.nullable().optional(),
          quantity: quantity.nullable().optional(),
          note: note.nullable().optional(),
        })
        .refine((told) => Object.values(told).some((value) => value !== undefined), saysSomething)
        .optional(),
    }),
    filling: z
      .strictObject({ expiresOn: dateField.optional(), packs: packs.optional() })
      .refine((told) => Object.values(told).some((value) => value !== undefined), saysSomething),
  };
}

export type BatchInputs = ReturnType<typeof batchInputs>;
export type NewBatch = z.output<BatchInputs['batch']>;
export type NewEvent = z.output<BatchInputs['event']>;
export type BatchFilling = z.output<BatchInputs['filling']>;
export type NewCorrection = z.output<BatchInputs['correction']>;
