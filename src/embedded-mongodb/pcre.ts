import { classOf, escapedCharacter, typeOf } from './pcre-characters.ts';
import { escapedPoint, TYPES, UNICODE_TYPES } from './pcre-sets.ts';
import type { PatternFlags, State } from './pcre-state.ts';
import { invalid, next, nextPoint, take, unsupported } from './pcre-state.ts';

/** A pattern of PCRE as JavaScript has it, under the flags `v` and `s`. */
export type Translation = {
  readonly source: string;
  readonly isCaseless: boolean;
  /** How many groups catch: the n-th has the name `g<n>`; others are only for what JavaScript lacks. */
  readonly groupCount: number;
  readonly effort: Effort;
};

/** What decides how long a match may take, at the worst. */
export type Effort = {
  /** Quantifiers without an end: each may stop anywhere. */
  readonly unbounded: number;
  /** In how many ways all the others may be met together. */
  readonly ways: number;
  /** One repeats what itself may match in several ways. */
  readonly isNested: boolean;
  /** It is tried at the start of the text only. */
  readonly isAnchored: boolean;
};

type Part = { readonly source: string; readonly isVariable: boolean };
/** `null` for what cannot be repeated, `around` for a look to the sides, which JavaScript repeats only within a group. */
type Atom = Part & { readonly repeats: 'itself' | 'around' | null };

/** Source: pcre2api, PARENS_NEST_LIMIT; pcre2pattern, Repetition */
const DEPTH_MAX = 250;
const REPEAT_MAX = 65_535;

const plain = (source: string): Atom => ({ source, isVariable: false, repeats: 'itself' });
const place = (source: string): Atom => ({ source, isVariable: false, repeats: null });

/** @throws PatternError */
export function translatePattern(text: string, flags: PatternFlags): Translation {
  const state: State = {
    text,
    at: 0,
    isQuoted: false,
    isUnicode: false,
    depth: 0,
    groups: 0,
    atomics: 0,
    lookbehinds: 0,
    unbounded: 0,
    ways: 1,
    isNested: false,
    names: new Map(),
    certain: new Set(),
    caseless: new Set(),
  };
  startOf(state);
  const { source } = branches(state, flags);
  if (state.at < text.length) throw invalid('unmatched closing parenthesis');
  if (state.caseless.size > 1) throw unsupported('a pattern of which only a part ignores case');
  const { groups: groupCount, unbounded, ways, isNested } = state;
  const effort = { unbounded, ways, isNested, isAnchored: source.startsWith('^') && !source.includes('|') };
  return { source, isCaseless: state.caseless.has(true), groupCount, effort };
}

/** What may stand before a pattern and says nothing that is not so here. */
function startOf(state: State): void {
  const item = /\(\*(UTF8?|UCP|LF|BSR_UNICODE|NO_[A-Z_]+|LIMIT_[A-Z]+=\d+)\)/y;
  for (let found = next(state, item); found !== null; found = next(state, item)) {
    if (found[1] === 'UCP') state.isUnicode = true;
  }
}

/** All that has no meaning of its own: comments, white space under `x`, and where `\Q` begins and ends. */
function skip(state: State, { x }: PatternFlags): void {
  for (;;) {
    if (take(state, '\\E')) state.isQuoted = false;
    else if (state.isQuoted) return;
    else if (take(state, '\\Q')) state.isQuoted = true;
    else if (state.text.startsWith('(?#', state.at)) {
      if (next(state, /\(\?#[^)]*\)/y) === null) throw invalid('missing ) after (?# comment');
    } else if (!x || next(state, /[\t-\r ]+|#[^\n]*/y) === null) return;
  }
}

/** Up to the end of a group or of the pattern. */
function branches(state: State, outer: PatternFlags): Part {
  let [source, isVariable, hasBranches, flags] = ['', false, false, outer];
  const { certain } = state;
  const end = (): Part => {
    if (hasBranches) state.certain = certain;
    return { source, isVariable };
  };
  for (;;) {
    skip(state, flags);
    const setting = state.isQuoted ? null : next(state, /\(\?(\^?)([imsx]*)(?:-([imsx]+))?\)/y);
    if (setting !== null) flags = changed(flags, setting);
    else if (state.at >= state.text.length) return end();
    else if (state.isQuoted || !/[|)]/.test(state.text.charAt(state.at))) {
      const part = quantified(state, flags);
      source += part.source;
      isVariable ||= part.isVariable;
    } else if (take(state, '|')) {
      source += '|';
      [isVariable, hasBranches] = [true, true];
      state.certain = certain;
    } else return end();
  }
}

function changed(flags: PatternFlags, [, caret = '', on = '', off = '']: readonly string[]): PatternFlags {
  const base = caret === '' ? flags : { i: false, m: false, s: false, x: false };
  const is = (name: keyof PatternFlags) => !off.includes(name) && (on.includes(name) || base[name]);
  return { i: is('i'), m: is('m'), s: is('s'), x: is('x') };
}

function atomOf(state: State, flags: PatternFlags): Atom {
  if (state.isQuoted) return literal(state, flags, nextPoint(state));
  if (next(state, /[*+?]|\{\d+(?:,\d*)?\}/y) !== null) {
    throw invalid('quantifier does not follow a repeatable item');
  }
  const point = nextPoint(state);
  switch (String.fromCodePoint(point)) {
    case '.':
      return plain(flags.s ? '.' : '[^\\n]');
    case '^':
      return place(flags.m ? '(?:^|(?<=\\n)(?=.))' : '^');
    case '$':
      return place(flags.m ? '(?![^\\n])' : AT_END);
    case '[':
      state.caseless.add(flags.i);
      return plain(classOf(state, flags));
    case '(':
      return groupOf(state, flags);
    case '\\':
      return escapeOf(state, flags);
    default:
      return literal(state, flags, point);
  }
}

/** At the end, or before the line feed that ends the text. */
const AT_END = '(?=\\n?$)';

function literal(state: State, { i }: PatternFlags, point: number): Atom {
  const character = String.fromCodePoint(point);
  if (character.toLowerCase() !== character.toUpperCase()) state.caseless.add(i);
  return plain(escapedPoint(point));
}

function quantified(state: State, flags: PatternFlags): Part {
  const before = state.certain;
  const atom = atomOf(state, flags);
  skip(state, flags);
  const found = state.isQuoted ? null : next(state, /(?:([*+?])|\{(\d+)(?:(,)(\d*))?\})([?+]?)/y);
  if (found === null) return atom;
  if (atom.repeats === null) throw invalid('quantifier does not follow a repeatable item');
  const [, sign, least = '', comma, most = '', mode = ''] = found as readonly (string | undefined)[];
  const [min, max] =
    sign === undefined
      ? [Number(least), comma === undefined ? Number(least) : most === '' ? Infinity : Number(most)]
      : [sign === '+' ? 1 : 0, sign === '?' ? 1 : Infinity];
  if (min > max) throw invalid('numbers out of order in {} quantifier');
  if (min > REPEAT_MAX || (max !== Infinity && max > REPEAT_MAX)) {
    throw invalid('number too big in {} quantifier');
  }
  if (max > 1 && atom.isVariable) state.isNested = true;
  if (max === Infinity) state.unbounded++;
  else state.ways *= max - min + 1;
  if (min === 0) state.certain = before;
  const repeated = atom.repeats === 'around' ? `(?:${atom.source})` : atom.source;
  const source = `${repeated}${sign ?? `{${least}${comma ?? ''}${most}}`}`;
  const isVariable = min !== max || atom.isVariable;
  return mode === '+' ? { source: atomic(state, source), isVariable } : { source: source + mode, isVariable };
}

/** What has matched stays as it is: JavaScript does not go back into a lookahead. */
function atomic(state: State, source: string): string {
  if (state.lookbehinds > 0) throw unsupported('an atomic group in a lookbehind');
  const name = `a${++state.atomics}`;
  return `(?:(?=(?<${name}>${source}))\\k<${name}>)`;
}

const KINDS: Readonly<Record<string, string>> = {
  ':': '(?:',
  '=': '(?=',
  '!': '(?!',
  '<=': '(?<=',
  '<!': '(?<!',
};

function groupOf(state: State, flags: PatternFlags): Atom {
  if (next(state, /\*(?:FAIL|F)\)/y) !== null) return plain('(?:(?!))');
  const name = next(state, /\?(?:P?<([A-Za-z_]\w*)>|'([A-Za-z_]\w*)')/y);
  if (name !== null || !/[?*]/.test(state.text.charAt(state.at))) {
    return caught(state, flags, name?.[1] ?? name?.[2] ?? null);
  }
  const known = next(state, /\?P=(\w+)\)/y);
  if (known !== null) return referenceTo(state, known[1] as string);
  const scoped = next(state, /\?(\^?)([imsx]*)(?:-([imsx]+))?:/y);
  if (scoped !== null) {
    const { source, isVariable } = closed(state, changed(flags, scoped));
    return { source: `(?:${source})`, isVariable, repeats: 'itself' };
  }
  const kind = next(state, /\?(<?[=!]|>)/y)?.[1];
  if (kind === undefined) throw unsupported('a group of this kind');
  if (kind === '>') {
    const { source, isVariable } = closed(state, flags);
    return { source: atomic(state, source), isVariable, repeats: 'itself' };
  }
  const step = Number(kind.startsWith('<'));
  const before = state.certain;
  state.lookbehinds += step;
  const { source } = closed(state, flags);
  state.lookbehinds -= step;
  if (kind.endsWith('!')) state.certain = before;
  return { source: `${KINDS[kind] as string}${source})`, isVariable: false, repeats: 'around' };
}

function caught(state: State, flags: PatternFlags, name: string | null): Atom {
  const number = ++state.groups;
  if (name !== null) {
    if (state.names.has(name)) throw invalid('two named subpatterns have the same name');
    state.names.set(name, number);
  }
  const { source, isVariable } = closed(state, flags);
  state.certain = new Set(state.certain).add(number);
  return { source: `(?<g${number}>${source})`, isVariable, repeats: 'itself' };
}

function closed(state: State, flags: PatternFlags): Part {
  if (++state.depth > DEPTH_MAX) throw invalid('parentheses are too deeply nested');
  const part = branches(state, flags);
  if (!take(state, ')')) throw invalid('missing closing parenthesis');
  state.depth--;
  return part;
}

function referenceTo(state: State, to: string | number): Atom {
  const number = typeof to === 'number' ? to : state.names.get(to);
  if (number === undefined || number < 1) throw invalid('reference to non-existent subpattern');
  if (!state.certain.has(number)) throw unsupported('a reference to a group that may have caught nothing');
  state.unbounded++;
  return { source: `\\k<g${number}>`, isVariable: true, repeats: 'itself' };
}

function escapeOf(state: State, flags: PatternFlags): Atom {
  const set = typeOf(state, flags);
  if (set !== null) return plain(`[${set}]`);
  const where = next(state, /[bBAZz]/y)?.[0];
  if (where !== undefined) return place(placeOf(state, where));
  if (next(state, /N(?!\{\D)/y) !== null) return plain('[^\\n]');
  if (take(state, 'R')) return plain(`(?:\\r\\n|(?!\\r\\n)[${TYPES['v'] as string}])`);
  const [, braced, bare, named] =
    next(state, /(?:g(?:\{(-?\d+|[A-Za-z_]\w*)\}|(-?\d+))|k(?:(?=[{<'])\S(\w+)[}>']))/y) ?? [];
  const reference = braced ?? bare ?? named;
  if (reference !== undefined) {
    const number = Number(reference);
    if (Number.isNaN(number)) return referenceTo(state, reference);
    return referenceTo(state, number < 0 ? state.groups + 1 + number : number);
  }
  const digits = /[1-9]\d*/y;
  digits.lastIndex = state.at;
  const number = digits.exec(state.text)?.[0];
  if (
    number !== undefined &&
    (Number(number) < 10 || /^[89]/.test(number) || Number(number) <= state.groups)
  ) {
    state.at += number.length;
    return referenceTo(state, Number(number));
  }
  return literal(state, flags, escapedCharacter(state));
}

function placeOf(state: State, where: string): string {
  switch (where) {
    case 'A':
      return '^';
    case 'z':
      return '$';
    case 'Z':
      return AT_END;
    default: {
      if (!state.isUnicode) return `\\${where}`;
      const word = `[${UNICODE_TYPES['w'] as string}]`;
      const at = `(?:(?<=${word})(?!${word})|(?<!${word})(?=${word}))`;
      return where === 'b' ? at : `(?!${at})`;
    }
  }
}
