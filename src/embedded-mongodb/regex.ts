import { BSONRegExp } from 'bson';
import { Script, createContext } from 'node:vm';
import { CommandError } from './errors.ts';
import type { Effort, Translation } from './pcre.ts';
import { translatePattern } from './pcre.ts';
import { PatternError } from './pcre-state.ts';
import { regexParts } from './values.ts';

const OPTIONS = /^[imsxu]*$/;
/** Characters that mean themselves only after a backslash. */
const LITERAL_ESCAPES = new Set('.^$*+?()[]{}|\\/-#&~ "\'%,:;<>=@_`!');

/** As many as MongoDB's own library takes. */
const PATTERN_BYTES_MAX = 32_764;

/** Where a pattern was found, and what its groups caught. */
export type Match = {
  readonly text: string;
  /** In JavaScript's units. */
  readonly index: number;
  readonly captures: readonly (string | null)[];
};

/** A compiled pattern. */
export type Regex = {
  test(text: string): boolean;
  /** The first match from a place on. @throws CommandError 51156 where that takes too long */
  find(text: string, from?: number): Match | null;
};

/** The JavaScript equivalent of MongoDB's PCRE pattern. @throws CommandError `code` when there is none, 51108 */
export function compileRegex(value: unknown, code = 51091): Regex {
  const { pattern, options } = regexParts(value);
  if (Buffer.byteLength(pattern) > PATTERN_BYTES_MAX) {
    throw new CommandError(code, 'Regular expression is invalid: regular expression is too large');
  }
  if (!OPTIONS.test(options.replace(/[dgvy]/g, ''))) {
    throw new CommandError(51108, `invalid flag in regex options: ${options}`);
  }
  const [i, m, s, x] = ['i', 'm', 's', 'x'].map((flag) => options.includes(flag)) as [
    boolean,
    boolean,
    boolean,
    boolean,
  ];
  try {
    const translation = translatePattern(pattern, { i, m, s, x });
    return regexBy(translation, new RegExp(translation.source, translation.isCaseless ? 'gisv' : 'gsv'));
  } catch (error) {
    if (!(error instanceof PatternError) && !(error instanceof SyntaxError)) throw error;
    throw new CommandError(code, `Regular expression is invalid: ${error.message}`);
  }
}

function regexBy(translation: Translation, regex: RegExp): Regex {
  const isWatched = watcher(translation.effort);
  let leftMs = MATCHES_MS;
  const run: Run = (text, from) => {
    regex.lastIndex = from;
    if (!isWatched(text)) return regex.exec(text);
    const outcome = watched(regex, text, Math.max(1, Math.min(MATCH_MS, leftMs)));
    if (outcome === undefined) leftMs -= MATCH_MS;
    return outcome;
  };
  const names = Array.from({ length: translation.groupCount }, (_, at) => `g${at + 1}`);
  return {
    test(text) {
      if (isWatched(text)) return (run(text, 0) ?? null) !== null;
      regex.lastIndex = 0;
      return regex.test(text);
    },
    find(text, from = 0) {
      const match = run(text, from);
      if (match === undefined) {
        throw new CommandError(51156, 'Error occurred while executing the regular expression: match limit');
      }
      if (match === null) return null;
      const groups: Readonly<Record<string, string | undefined>> = match.groups ?? {};
      return { text: match[0], index: match.index, captures: names.map((name) => groups[name] ?? null) };
    },
  };
}

/** Tries the match; undefined when it was given up. */
type Run = (text: string, from: number) => RegExpExecArray | null | undefined;

/** How many steps a match may take without a watch over it, as far as the pattern shows. */
const UNWATCHED_STEPS = 1e7;
/** A repetition of what repeats itself doubles its steps with each character. */
const NESTED_TEXT_MAX = 20;
/** What one match, and all those of one pattern, may take. PCRE counts 10,000,000 steps, which take about as long. */
const MATCH_MS = 100;
const MATCHES_MS = 1_000;

/**
 * PCRE gives up a match that goes back too often; JavaScript would go on for years, and nobody would be answered. A
 * watch takes 50 µs, so only texts are watched in which such a pattern may take long.
 */
function watcher({ unbounded, ways, isNested, isAnchored }: Effort): (text: string) => boolean {
  const places = unbounded + (isAnchored ? 0 : 1);
  const longest = (UNWATCHED_STEPS / ways) ** (1 / Math.max(places, 1));
  const most = isNested ? Math.min(NESTED_TEXT_MAX, longest) : longest;
  return (text) => text.length > most;
}

let watch: { readonly place: { regex: RegExp | null; text: string }; readonly script: Script } | undefined;

/** Made when a pattern first needs it: it takes a megabyte. */
function watchPlace(): NonNullable<typeof watch> {
  const place = { regex: null, text: '' };
  createContext(place);
  return (watch ??= { place, script: new Script('regex.exec(text)') });
}

function watched(regex: RegExp, text: string, timeout: number): RegExpExecArray | null | undefined {
  const { place, script } = watch ?? watchPlace();
  Object.assign(place, { regex, text });
  try {
    return script.runInContext(place, { timeout }) as RegExpExecArray | null;
  } catch (error) {
    if ((error as { readonly code?: unknown }).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return undefined;
    throw error;
  } finally {
    Object.assign(place, { regex: null, text: '' });
  }
}

/**
 * The text that every match begins with, when the pattern says so (`^abc…`); null when it does not.
 * Only such a pattern can use an index.
 */
export function literalPrefix(value: unknown): string | null {
  const { pattern, options } = regexParts(value);
  if (/[imx]/.test(options) || !pattern.startsWith('^')) return null;
  // What follows a quoted text or a comment may belong to the character before it.
  if (/\||\\[QE]|\(\?#/.test(pattern)) return null;
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
  if (options !== undefined && typeof options !== 'string') {
    throw new CommandError('BadValue', '$options has to be a string');
  }
  if (typeof pattern === 'string') {
    if (pattern.includes('\0')) {
      throw new CommandError('BadValue', 'Regular expression cannot contain an embedded null byte');
    }
    return new BSONRegExp(pattern, sorted(options ?? ''));
  }
  if (!(pattern instanceof BSONRegExp) && !(pattern instanceof RegExp)) {
    throw new CommandError('BadValue', '$regex has to be a string');
  }
  const parts = regexParts(pattern);
  if (options === undefined) return new BSONRegExp(parts.pattern, sorted(parts.options));
  if (parts.options !== '') throw new CommandError(51075, 'options set in both $regex and $options');
  return new BSONRegExp(parts.pattern, sorted(options));
}

function sorted(options: string): string {
  if (!OPTIONS.test(options)) throw new CommandError(51108, `invalid flag in regex options: ${options}`);
  return [...options].sort().join('');
}
