import { BSONRegExp } from 'bson';
import { CommandError } from './errors.ts';
import { regexParts } from './values.ts';

const OPTIONS = /^[imsxu]*$/;
/** Characters that mean themselves only after a backslash. */
const LITERAL_ESCAPES = new Set('.^$*+?()[]{}|\\/-#&~ "\'%,:;<>=@_`!');

/** As many as MongoDB's own library takes. */
const PATTERN_BYTES_MAX = 32_764;

/** The JavaScript equivalent of MongoDB's PCRE pattern. @throws CommandError when there is none */
export function compileRegex(value: unknown): RegExp {
  const { pattern, options } = regexParts(value);
  if (Buffer.byteLength(pattern) > PATTERN_BYTES_MAX) {
    throw new CommandError(51091, 'Regular expression is invalid: regular expression is too large');
  }
  if (!OPTIONS.test(options.replace(/[dgvy]/g, ''))) {
    throw new CommandError(51108, `invalid flag in regex options: ${options}`);
  }
  const flags = new Set([...options].filter((flag) => 'ims'.includes(flag)));
  const inline = /^(\^?)\(\?([ims]+)\)/.exec(pattern);
  for (const flag of inline?.[2] ?? '') flags.add(flag);
  const source = inline === null ? pattern : `${inline[1] ?? ''}${pattern.slice(inline[0].length)}`;
  return toRegExp(options.includes('x') ? withoutLayout(source) : source, [...flags].join(''));
}

/** Unicode first, so that a character beyond 16 bits is one; patterns that PCRE allows and `u` refuses go without. */
function toRegExp(source: string, flags: string): RegExp {
  try {
    return new RegExp(source, `${flags}u`);
  } catch {
    // The pattern may still be good without the stricter Unicode rules.
  }
  try {
    return new RegExp(source, flags);
  } catch (error) {
    throw new CommandError(51091, `Regular expression is invalid: ${(error as Error).message}`);
  }
}

/** Option `x`: white space and comments outside a class do not count. */
function withoutLayout(pattern: string): string {
  return pattern.replace(
    /(\\.|\[(?:\\.|[^\]\\])*\])|\s+|#[^\n]*/gs,
    (_all, kept: string | undefined) => kept ?? '',
  );
}

/**
 * The text that every match begins with, when the pattern says so (`^abc…`); null when it does not.
 * Only such a pattern can use an index.
 */
export function literalPrefix(value: unknown): string | null {
  const { pattern, options } = regexParts(value);
  if (/[imx]/.test(options) || !pattern.startsWith('^') || pattern.includes('|')) return null;
  let prefix = '';
  for (let at = 1; at < pattern.length; at++) {
    let character = pattern[at] as string;
    if (character === '\\') {
      character = pattern[++at] ?? '';
      if (!LITERAL_ESCAPES.has(character)) break;
    } else if ('.^$*+?()[]{}'.includes(character)) break;
    const next = pattern[at + 1] ?? '';
    if ('*?{'.includes(next) && next !== '') break;
    prefix += character;
    if (next === '+') break;
  }
  // Half of a character that a quantifier follows is no text.
  prefix = prefix.replace(/[\uD800-\uDBFF]$/, '');
  return prefix === '' ? null : prefix;
}

/** A regular expression value made of `$regex` and `$options`. */
export function regexOf(pattern: unknown, options: unknown): BSONRegExp {
  if (typeof pattern === 'string') {
    if (pattern.includes('\0')) {
      throw new CommandError('BadValue', 'Regular expression cannot contain an embedded null byte');
    }
    return new BSONRegExp(pattern, typeof options === 'string' ? sorted(options) : '');
  }
  if (!(pattern instanceof BSONRegExp) && !(pattern instanceof RegExp)) {
    throw new CommandError('BadValue', '$regex has to be a string');
  }
  const parts = regexParts(pattern);
  const given = typeof options === 'string' && options !== '' ? options : parts.options;
  return new BSONRegExp(parts.pattern, sorted(given));
}

function sorted(options: string): string {
  if (!OPTIONS.test(options)) throw new CommandError(51108, `invalid flag in regex options: ${options}`);
  return [...options].sort().join('');
}
