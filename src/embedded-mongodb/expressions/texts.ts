import { BSONRegExp, Int32, ObjectId } from 'bson';
import { CommandError } from '../errors.ts';
import { typeName } from '../match-type.ts';
import { META_NAMES, metaOf } from '../document-meta.ts';
import { sizeOf } from '../memory.ts';
import type { Match, Regex } from '../regex.ts';
import { compileRegex } from '../regex.ts';
import { isNumeric, toDouble } from '../values.ts';
import type { Frame, OperatorCompiler } from './frame.ts';
import { isNullish, namedOperands, plain } from './frame.ts';
import { wholeOf } from './lists.ts';

const MANY = 1_000_000;

/** The text that an operator needs. @throws CommandError with this code */
function textOf(name: string, value: unknown, code: number): string {
  if (typeof value === 'string') return value;
  throw new CommandError(code, `${name} requires a string argument, found: ${typeName(value)}`);
}

/** What counts as text where MongoDB turns other values into text: null is empty. @throws CommandError 16007 */
function coerced(value: unknown): string {
  if (isNullish(value)) return '';
  if (typeof value === 'string') return value;
  if (value instanceof Date) return value.toISOString();
  if (isNumeric(value) || value instanceof ObjectId) return String(value);
  throw new CommandError(16007, `can't convert from BSON type ${typeName(value)} to String`);
}

const codePoints = (text: string): string[] => [...text];

function concat(...parts: unknown[]): unknown {
  if (parts.some(isNullish)) return null;
  const wrong = parts.find((part) => typeof part !== 'string');
  // Not joined: a text that an expression makes longer step by step would be copied at each.
  if (wrong === undefined) return (parts as string[]).reduce((text, part) => text + part, '');
  throw new CommandError(16702, `$concat only supports strings, not ${typeName(wrong)}`);
}

/** Only Latin letters of ASCII change. Source: MongoDB manual, $toLower */
function asciiCase(change: (letter: string) => string): (value: unknown) => string {
  return (value) => coerced(value).replace(/[a-zA-Z]+/g, change);
}

function substrCp(value: unknown, start: unknown, length: unknown): string {
  const from = wholeOf('$substrCP: starting index', start, [34450, 34451]);
  const count = wholeOf('$substrCP: length', length, [34452, 34453]);
  if (count < 0) throw new CommandError(34454, '$substrCP: length must be a nonnegative integer.');
  if (from < 0) throw new CommandError(34455, '$substrCP: the starting index must be nonnegative integer.');
  return codePoints(coerced(value))
    .slice(from, from + count)
    .join('');
}

function substrBytes(value: unknown, start: unknown, length: unknown): string {
  const bytes = Buffer.from(coerced(value));
  const [from, count] = [Math.trunc(toDouble(start)), Math.trunc(toDouble(length))];
  if (from < 0) throw new CommandError(50752, '$substrBytes: starting index must be non-negative');
  const end = count < 0 ? bytes.length : Math.min(from + count, bytes.length);
  for (const at of [from, end]) {
    const byte = bytes[at];
    if (byte === undefined || (byte & 0xc0) !== 0x80) continue;
    const message = '$substrBytes: Invalid range, starting or ending index is a UTF-8 continuation byte.';
    throw new CommandError(at === from ? 28656 : 28657, message);
  }
  return bytes.toString('utf8', Math.min(from, bytes.length), end);
}

/** @throws CommandError 40096, 40097 */
function placeOf(name: string, value: unknown): number {
  const place = isNumeric(value) ? toDouble(value) : Number.NaN;
  if (!Number.isInteger(place)) throw new CommandError(40096, `${name} requires an integral index`);
  if (place >= 0) return place;
  throw new CommandError(40097, `${name} requires a nonnegative index, found: ${place}`);
}

/** The first place of a part between two others, or -1: all counted alike. */
type Search = (text: string, part: string, range: { readonly from: number; readonly to: number }) => number;

const inBytes: Search = (text, part, { from, to }) => {
  const at = Buffer.from(text).subarray(0, to).indexOf(part, from);
  return at < from ? -1 : at;
};

const inCodePoints: Search = (text, part, { from, to }) => {
  const start = unitAt(text, from);
  if (start === null) return -1;
  const searched = text.slice(start, unitAt(text, to) ?? text.length);
  const at = searched.indexOf(part);
  return at === -1 ? -1 : from + codePointCount(searched, at);
};

/** Where in JavaScript's units a code point is; null beyond the end. */
function unitAt(text: string, codePoint: number): number | null {
  let unit = 0;
  for (let at = 0; at < codePoint; at++) {
    const point = text.codePointAt(unit);
    if (point === undefined) return null;
    unit += point > 0xffff ? 2 : 1;
  }
  return unit;
}

/** Code points before a unit of a text, from another on. */
function codePointCount(text: string, end: number, start = 0): number {
  let count = 0;
  for (let unit = start; unit < end; count++) unit += (text.codePointAt(unit) ?? 0) > 0xffff ? 2 : 1;
  return count;
}

/** `$indexOfCP`, `$indexOfBytes`. */
function indexOf(name: string, codes: readonly [text: number, part: number], search: Search) {
  return (text: unknown, part: unknown, start: unknown, end: unknown): unknown => {
    if (isNullish(text)) return null;
    const all = textOf(name, text, codes[0]);
    const wanted = textOf(name, part, codes[1]);
    const from = start === undefined ? 0 : placeOf(name, start);
    const to = end === undefined ? Infinity : placeOf(name, end);
    return new Int32(from > to ? -1 : search(all, wanted, { from, to }));
  };
}

function split(text: unknown, separator: unknown): unknown {
  if (isNullish(text) || isNullish(separator)) return null;
  const by = textOf('$split', separator, 40086);
  if (by === '') throw new CommandError(40087, '$split requires a non-empty separator');
  return textOf('$split', text, 40085).split(by);
}

const WHITE_SPACE =
  '\0 \t\n\v\f\r\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a';

function trim(name: string, isLeft: boolean, isRight: boolean): OperatorCompiler {
  return (operand, compile) => {
    const given = namedOperands(name, operand, {
      required: { input: 50695 },
      optional: ['chars'],
      code: 50696,
      unknown: 50694,
    });
    const input = compile(given['input']);
    const chars = 'chars' in given ? compile(given['chars']) : null;
    return (frame) => {
      const text = input(frame);
      const own = chars === null ? WHITE_SPACE : chars(frame);
      if (isNullish(text) || isNullish(own)) return null;
      const cut = new Set(codePoints(textOf(name, own, 50700)));
      const letters = codePoints(textOf(name, text, 50699));
      let [from, to] = [0, letters.length];
      while (isLeft && from < to && cut.has(letters[from] as string)) from++;
      while (isRight && to > from && cut.has(letters[to - 1] as string)) to--;
      return letters.slice(from, to).join('');
    };
  };
}

/** Source: server, expression.cpp, ExpressionReplaceBase; parseExpressionReplaceBase */
const REPLACE_ARGUMENTS = {
  required: { input: 51749, find: 51748, replacement: 51747 },
  code: 51751,
  unknown: 51750,
} as const;
const REPLACE_TYPES = { input: 51746, find: 51745, replacement: 51744 } as const;

function replace(name: string, change: (text: string, find: string, by: string) => string) {
  const compiler: OperatorCompiler = (operand, compile) => {
    const given = namedOperands(name, operand, REPLACE_ARGUMENTS);
    const parts = Object.entries(REPLACE_TYPES).map(([key, code]) => ({ code, part: compile(given[key]) }));
    return (frame) => {
      const values = parts.map(({ code, part }) => {
        const value = part(frame);
        if (isNullish(value) || typeof value === 'string') return value;
        throw new CommandError(code, `${name} requires strings, found: ${typeName(value)}`);
      });
      if (values.some(isNullish)) return null;
      const [text, find, by] = values as [string, string, string];
      return change(text, find, by);
    };
  };
  return compiler;
}

type Finder = (text: string, regex: Regex) => unknown;

function regexOperator(name: string, nothing: unknown, find: Finder): OperatorCompiler {
  return (operand, compile) => {
    const given = namedOperands(name, operand, {
      required: { input: 31022, regex: 31023 },
      optional: ['options'],
      code: 51103,
      unknown: 31024,
    });
    const [input, regex, options] = ['input', 'regex', 'options'].map((key) => compile(given[key] ?? null));
    const cache = new Map<string, Regex>();
    return (frame: Frame) => {
      const text = input?.(frame);
      const pattern = regex?.(frame);
      if (!isNullish(text) && typeof text !== 'string')
        throw new CommandError(51104, `${name} needs 'input' to be of type string`);
      if (isNullish(text) || isNullish(pattern)) return nothing;
      return find(text, compiledRegex(name, cache, { pattern, options: options?.(frame) }));
    };
  };
}

function compiledRegex(
  name: string,
  cache: Map<string, Regex>,
  { pattern, options }: { readonly pattern: unknown; readonly options: unknown },
): Regex {
  const own = pattern instanceof BSONRegExp ? pattern.options : '';
  const source = pattern instanceof BSONRegExp ? pattern.pattern : pattern;
  if (typeof source !== 'string')
    throw new CommandError(51105, `${name} needs 'regex' to be of type string or regex`);
  if (own !== '' && typeof options === 'string')
    throw new CommandError(
      51107,
      `${name} found regex option(s) specified in both 'regex' and 'option' fields`,
    );
  if (!isNullish(options) && typeof options !== 'string')
    throw new CommandError(51106, `${name} needs 'options' to be of type string`);
  const flags = typeof options === 'string' ? options : own;
  const odd = /[^imsxu]/.exec(flags);
  if (odd !== null) throw new CommandError(51108, `${name} invalid flag in regex options: ${odd[0]}`);
  const key = `${flags}/${source}`;
  const known = cache.get(key) ?? compileRegex(new BSONRegExp(source, flags), 51111);
  cache.set(key, known);
  return known;
}

/** A match as MongoDB shows it: the text, its place in code points, what the groups caught. */
function shown({ text, captures }: Match, place: number) {
  return { match: text, idx: new Int32(place), captures };
}

/** Source: server, expression.cpp, ExpressionRegexFindAll; util/builder_fwd.h, BufferMaxSize */
const BUFFER_BYTES_MAX = 64 * 1024 * 1024;

/** One after the other; an empty one after the last character is none. @throws CommandError 51151 */
function allMatches(text: string, regex: Regex): unknown[] {
  const found: unknown[] = [];
  let [bytes, place, counted, from] = [0, 0, 0, 0];
  do {
    const match = regex.find(text, from);
    if (match === null) break;
    place += codePointCount(text, match.index, counted);
    counted = match.index;
    const one = shown(match, place);
    bytes += sizeOf(one);
    if (bytes > BUFFER_BYTES_MAX) {
      const message = '$regexFindAll: the size of buffer to store output exceeded the 64MB limit';
      throw new CommandError(51151, message);
    }
    found.push(one);
    const step = (text.codePointAt(match.index) ?? 0) > 0xffff ? 2 : 1;
    from = match.index + (match.text.length || step);
  } while (from < text.length);
  return found;
}

/** @throws CommandError 13548 for a result that would be larger than a buffer may be */
function replaceAll(text: string, find: string, by: string): string {
  const growth = Buffer.byteLength(by) - Buffer.byteLength(find);
  if (growth > 0) {
    const most = Math.floor((BUFFER_BYTES_MAX - Buffer.byteLength(text)) / growth);
    let count = 0;
    const step = Math.max(find.length, 1);
    for (let at = text.indexOf(find); at !== -1 && at <= text.length; at = text.indexOf(find, at + step)) {
      if (++count > most) throw new CommandError(13548, 'BufBuilder attempted to grow past the 64MB limit.');
      if (at + step > text.length) break;
    }
  }
  return text.replaceAll(find, () => by);
}

const length = (name: string, code: number, count: (text: string) => number): OperatorCompiler =>
  plain(name, 1, (text) => new Int32(count(textOf(name, text, code))));

const upper = asciiCase((letter) => letter.toUpperCase());

const order = (left: unknown, right: unknown): Int32 => {
  const [a, b] = [upper(left), upper(right)];
  return new Int32(a < b ? -1 : Number(a > b));
};

/** Text. */
export const TEXTS: Readonly<Record<string, OperatorCompiler>> = {
  $concat: plain('$concat', [0, MANY], concat),
  $toLower: plain(
    '$toLower',
    1,
    asciiCase((letter) => letter.toLowerCase()),
  ),
  $toUpper: plain('$toUpper', 1, upper),
  $strcasecmp: plain('$strcasecmp', 2, order),
  $substr: plain('$substr', 3, substrBytes),
  $substrBytes: plain('$substrBytes', 3, substrBytes),
  $substrCP: plain('$substrCP', 3, substrCp),
  $strLenCP: length('$strLenCP', 34471, (text) => codePoints(text).length),
  $strLenBytes: length('$strLenBytes', 34473, (text) => Buffer.byteLength(text)),
  $indexOfCP: plain('$indexOfCP', [2, 4], indexOf('$indexOfCP', [40093, 40094], inCodePoints)),
  $indexOfBytes: plain('$indexOfBytes', [2, 4], indexOf('$indexOfBytes', [40091, 40092], inBytes)),
  $split: plain('$split', 2, split),
  $trim: trim('$trim', true, true),
  $ltrim: trim('$ltrim', true, false),
  $rtrim: trim('$rtrim', false, true),
  $replaceOne: replace('$replaceOne', (text, find, by) => text.replace(find, () => by)),
  $replaceAll: replace('$replaceAll', replaceAll),
  $regexMatch: regexOperator('$regexMatch', false, (text, regex) => regex.find(text) !== null),
  $regexFind: regexOperator('$regexFind', null, (text, regex) => {
    const match = regex.find(text);
    return match === null ? null : shown(match, codePointCount(text, match.index));
  }),
  $regexFindAll: regexOperator('$regexFindAll', [], allMatches),
  $meta: (operand) => {
    if (!META_NAMES.has(String(operand))) {
      throw new CommandError(17308, `Unsupported argument to $meta: ${String(operand)}`);
    }
    return (frame) => metaOf(frame.root, String(operand));
  },
};
