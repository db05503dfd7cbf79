import { z } from 'zod';
import { rule } from './validate.ts';

/** The fields that several features' requests share. Every string has a bound; control characters are refused. */

// Controls (U+0000–U+001F, U+007F–U+009F) have no place in a name and break CSV, PDF and terminals; line breaks are
// for long texts. U+202A–U+202E and U+2066–U+2069 would turn the text around them.
const CONTROL = /(?![\t\n\r])\p{Cc}|[\u2028-\u202E\u2066-\u2069\uFFFE\uFFFF]|\p{Surrogate}/u;
const LINE_BREAK = /[\n\r\t]/;
/** Anything that leaves ink: a name of zero-width characters alone is no name. */
const VISIBLE = /[^\p{C}\p{Z}\p{M}]/u;

const noControl = rule({ vi: 'Có ký tự không in được.', en: 'It has a character that cannot be printed.' });
const oneLine = rule({ vi: 'Vui lòng viết trên một dòng.', en: 'Please write it on one line.' });

const isPrintable = (value: string): boolean => !CONTROL.test(value) && (value === '' || VISIBLE.test(value));

/** One line of text, trimmed, in Unicode NFC so that equal names are equal. */
export function line(most: number) {
  return z
    .string()
    .trim()
    .min(1)
    .max(most)
    .normalize('NFC')
    .refine(isPrintable, noControl)
    .refine((value) => !LINE_BREAK.test(value), oneLine);
}

/** Several lines of text. */
export function paragraph(most: number) {
  return z.string().trim().min(1).max(most).normalize('NFC').refine(isPrintable, noControl);
}

/** One line of text in both languages, `vi` required, each at most `most` characters. */
export function lineText(most: number) {
  return z.strictObject({ vi: line(most), en: line(most).optional() });
}

/** Text of several lines in both languages, `vi` required, each at most `most` characters. */
export function paragraphText(most: number) {
  return z.strictObject({ vi: paragraph(most), en: paragraph(most).optional() });
}

const yearsOfBusiness = rule({
  vi: 'Vui lòng nhập ngày trong khoảng năm 1900 đến 2100.',
  en: 'Please enter a date between 1900 and 2100.',
});

/** `YYYY-MM-DD`, a day that exists, between 1900 and 2100. No rule about it is asked before it is one. */
export const dateField = z.iso
  .date({ abort: true })
  .refine((value) => value >= '1900-01-01' && value <= '2100-12-31', yearsOfBusiness);

/** RFC 3339 with an offset or `Z`. */
export const instantField = z.iso
  .datetime({ offset: true, abort: true })
  .refine((value) => !Number.isNaN(Date.parse(value)) && value >= '1900' && value < '2101', yearsOfBusiness);

export const idField = z.string().regex(/^[0-9a-z]{1,40}$/);

export const emailField = z.email().max(200).toLowerCase();

export const phoneField = z
  .string()
  .trim()
  .max(20)
  .refine(
    (value) => /^\+?[0-9][0-9 .()-]{6,18}$/.test(value),
    rule({
      vi: 'Vui lòng nhập số điện thoại đúng, ví dụ 0912 345 678.',
      en: 'Please enter a correct telephone number, for example 0912 345 678.',
    }),
  );

/** Vietnamese tax codes have 10 digits, or 10-3 for a branch, or the 12 of a personal identity number. */
export const taxCodeField = z
  .string()
  .trim()
  .refine(
    (value) => /^\d{10}(-\d{3})?$|^\d{12}$/.test(value),
    rule({
      vi: 'Mã số thuế có 10 chữ số, hoặc 10-3 với chi nhánh, hoặc 12.',
      en: 'A tax code has 10 digits, or 10-3 for a branch, or 12.',
    }),
  );

export const PASSWORD_MIN_LENGTH = 10;

export const passwordField = z.string().min(PASSWORD_MIN_LENGTH).max(200);

/** The largest number in a quantity: a billion of any unit keeps six decimals exact in a double. */
export const QUANTITY_MAX = 1_000_000_000;

const sixDecimals = rule({ vi: 'Nhiều nhất sáu chữ số thập phân.', en: 'At most six decimals.' });

/** A quantity above nought in a unit that `isUnit` knows. */
export function quantityField(isUnit: (code: string) => boolean) {
  return z.strictObject({
    value: z
      .number()
      .positive()
      .max(QUANTITY_MAX)
      .refine((value) => Number(value.toFixed(6)) === value, sixDecimals),
    unit: z.string().refine(
      isUnit,
      rule({
        vi: 'Không có đơn vị này trong danh mục.',
        en: 'There is no such unit in the list.',
      }),
    ),
  });
}
