import { union, type Range, type Ranges } from '../../domain/unit-code/ranges.ts';
import { Problem, invalidField, type FieldError } from '../../platform/problem.ts';
import { formatNumber } from '../../platform/format.ts';
import { line } from '../../platform/fields.ts';
import { parse } from '../../platform/validate.ts';
import { z } from 'zod';
import { LABELS_MAX, VOID_CODES_MAX } from './input.ts';
import { voidStrings } from './void-strings.ts';
import type { NamedLabels } from './voids.ts';

/** The longest list of numbers that is read: that of as many scattered codes as may be scanned at a time. */
const NUMBERS_MAX_LENGTH = 100_000;
const CODES_MAX_LENGTH = 200_000;

const voidForm = z.object({
  numbers: z.string().max(NUMBERS_MAX_LENGTH).default(''),
  codes: z.string().max(CODES_MAX_LENGTH).default(''),
  reason: line(300),
});

/** One number or range: `3`, `7-12`, `7–12`. */
function rangeOf(text: string): Range | null {
  const [, first, last] = /^(\d{1,8})(?:\s*[-\u2013]\s*(\d{1,8}))?$/.exec(text.trim()) ?? [];
  if (first === undefined) return null;
  const [from, to] = [Number(first), Number(last ?? first)];
  return from >= 1 && from <= to && to <= LABELS_MAX ? { from, to } : null;
}

/** `3, 7-12` as ranges; null where something else is among them. */
export function readRanges(text: string): Ranges | null {
  const parts = text.split(/[,;\n]/).filter((part) => part.trim() !== '');
  const ranges = parts.map(rangeOf);
  return ranges.includes(null) ? null : union(ranges.filter((range) => range !== null));
}

/** What a form names. @throws Problem `invalid` with the fields that are wrong */
export function readVoidForm(body: unknown): NamedLabels & { readonly reason: string } {
  const {
    csrfToken: _,
    idempotencyKey: _key,
    confirm: _confirm,
    change: _change,
    ...typed
  } = (body ?? {}) as Record<string, unknown>;
  const errors: FieldError[] = [];
  const { numbers: listed, codes: lines, reason } = parse(voidForm, typed);
  const numbers = readRanges(listed);
  const codes = [...new Set(lines.split(/[\n,;]/).map((one) => one.trim()))].filter((one) => one !== '');
  if (numbers === null) errors.push({ pointer: '/numbers', detail: voidStrings.wrongNumbers });
  if (codes.length > VOID_CODES_MAX) {
    const most = { vi: formatNumber(VOID_CODES_MAX, 'vi'), en: formatNumber(VOID_CODES_MAX, 'en') };
    const { vi, en } = voidStrings.tooManyCodes;
    errors.push({ pointer: '/codes', detail: { vi: vi({ most: most.vi }), en: en({ most: most.en }) } });
  }
  if (errors.length > 0) throw new Problem('invalid', { errors });
  if (numbers === null || (numbers.length === 0 && codes.length === 0)) {
    throw invalidField('/numbers', voidStrings.nothingNamed);
  }
  return { numbers, codes, reason };
}
