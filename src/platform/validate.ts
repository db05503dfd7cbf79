import type { z } from 'zod';
import { formatNumber } from './format.ts';
import { Problem, type FieldError } from './problem.ts';
import type { Bilingual } from './i18n.ts';

type Message = Bilingual;

const FORMATS: Readonly<Record<string, Message>> = {
  email: {
    vi: 'Vui lòng nhập địa chỉ thư điện tử đúng, ví dụ ten@tenmien.vn.',
    en: 'Please enter a correct e-mail address, for example name@domain.vn.',
  },
  date: {
    vi: 'Vui lòng nhập ngày đúng, dạng năm-tháng-ngày, ví dụ 2026-11-24.',
    en: 'Please enter a correct date as year-month-day, for example 2026-11-24.',
  },
  datetime: {
    vi: 'Vui lòng nhập thời điểm đúng, ví dụ 2026-11-24T08:30:00+07:00.',
    en: 'Please enter a correct instant, for example 2026-11-24T08:30:00+07:00.',
  },
  url: { vi: 'Vui lòng nhập địa chỉ web đúng.', en: 'Please enter a correct web address.' },
};

const REQUIRED: Message = { vi: 'Vui lòng điền mục này.', en: 'Please fill this in.' };
const WRONG: Message = { vi: 'Giá trị này chưa đúng.', en: 'This value is not right.' };
const UNKNOWN_FIELD: Message = { vi: 'Không có mục nào tên như vậy.', en: 'There is no field of this name.' };

const TYPES: Readonly<Record<string, Message>> = {
  string: { vi: 'Vui lòng nhập chữ.', en: 'Please enter text.' },
  number: { vi: 'Vui lòng nhập một số.', en: 'Please enter a number.' },
  int: { vi: 'Vui lòng nhập một số nguyên.', en: 'Please enter a whole number.' },
  boolean: { vi: 'Vui lòng trả lời có hoặc không.', en: 'Please answer yes or no.' },
  object: { vi: 'Vui lòng gửi một đối tượng JSON.', en: 'Please send a JSON object.' },
  array: { vi: 'Vui lòng gửi một danh sách.', en: 'Please send a list.' },
};

/** A limit in both languages: 1.000 reads as a thousand to a Vietnamese. */
const shown = (value: unknown): { vi: string; en: string } => ({
  vi: formatNumber(Number(value), 'vi'),
  en: formatNumber(Number(value), 'en'),
});

function tooSmall(issue: z.core.$ZodIssueTooSmall): Message {
  const { vi, en } = shown(issue.minimum);
  if (issue.origin === 'string') {
    return Number(issue.minimum) <= 1
      ? REQUIRED
      : { vi: `Vui lòng nhập ít nhất ${vi} ký tự.`, en: `Please use at least ${en} characters.` };
  }
  if (issue.origin === 'array' || issue.origin === 'set') {
    return { vi: `Cần ít nhất ${vi} mục.`, en: `At least ${en} needed.` };
  }
  return issue.inclusive === true
    ? { vi: `Vui lòng nhập số từ ${vi} trở lên.`, en: `Please enter ${en} or more.` }
    : { vi: `Vui lòng nhập số lớn hơn ${vi}.`, en: `Please enter more than ${en}.` };
}

function tooBig(issue: z.core.$ZodIssueTooBig): Message {
  const { vi, en } = shown(issue.maximum);
  if (issue.origin === 'string') {
    return { vi: `Vui lòng nhập không quá ${vi} ký tự.`, en: `Please use at most ${en} characters.` };
  }
  if (issue.origin === 'array' || issue.origin === 'set') {
    return { vi: `Nhiều nhất ${vi} mục.`, en: `At most ${en}.` };
  }
  return { vi: `Vui lòng nhập số không quá ${vi}.`, en: `Please enter ${en} or less.` };
}

function messageOf(issue: z.core.$ZodIssue): Message {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? REQUIRED : (TYPES[issue.expected] ?? WRONG);
    case 'too_small':
      return tooSmall(issue);
    case 'too_big':
      return tooBig(issue);
    case 'invalid_format':
      return FORMATS[issue.format] ?? WRONG;
    case 'invalid_value': {
      const values = issue.values.slice(0, 12).map(String).join(', ');
      return issue.input === undefined
        ? REQUIRED
        : { vi: `Vui lòng chọn một trong: ${values}.`, en: `Please choose one of: ${values}.` };
    }
    case 'custom':
      return (issue.params?.['text'] as Message | undefined) ?? WRONG;
    default:
      return WRONG;
  }
}

/** RFC 6901 §3: `~` and `/` are escaped in a pointer. */
export function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

function fieldErrors(issue: z.core.$ZodIssue): FieldError[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ pointer: pointerOf([...issue.path, key]), detail: UNKNOWN_FIELD }));
  }
  return [{ pointer: pointerOf(issue.path), detail: messageOf(issue) }];
}

/**
 * The value of `input` as the schema has it.
 * @throws Problem `invalid` with a pointer and a sentence for each thing to mend
 */
export function parse<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const parsed = schema.safeParse(input, { reportInput: true });
  if (parsed.success) return parsed.data;
  throw new Problem('invalid', { errors: parsed.error.issues.flatMap(fieldErrors) });
}

/** As `parse`, for a query: its pointers are `?name`. */
export function parseQuery<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const parsed = schema.safeParse(input, { reportInput: true });
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues
    .flatMap(fieldErrors)
    .map((error) => ({ ...error, pointer: `?${error.pointer.slice(1)}` }));
  throw new Problem('invalid', { errors });
}

/** A rule that zod has no word for, with its sentence in both languages. */
export function rule(text: Message): { params: { text: Message } } {
  return { params: { text } };
}
