import { escapedPoint, POSIX, propertySet, TYPES, UNICODE_POSIX, UNICODE_TYPES } from './pcre-sets.ts';
import type { PatternFlags, State } from './pcre-state.ts';
import { invalid, next, nextPoint, take, unsupported } from './pcre-state.ts';

/** A set by a letter or a property, as it stands in a class; null where the escape is none. */
export function typeOf(state: State, { i }: PatternFlags): string | null {
  const letter = next(state, /[dswhv]/iy)?.[0];
  if (letter !== undefined) {
    const set = (state.isUnicode ? UNICODE_TYPES : TYPES)[letter.toLowerCase()] as string;
    return letter === letter.toLowerCase() ? set : `[^${set}]`;
  }
  const found = next(state, /([pP])(?:\{(\^?)([A-Za-z_& ]+)\}|([A-Z]))/y);
  if (found === null) return null;
  state.caseless.add(i);
  const [, sign, caret, name, short] = found;
  const property = name ?? (short as string);
  if (i && /^(?:Lu|Ll|Lt|L&)$/.test(property))
    throw unsupported(`\\p{${property}} where case does not matter`);
  return propertySet(property, (sign === 'P') !== (caret === '^'));
}

const CONTROLS: Readonly<Record<string, number>> = { a: 7, e: 27, f: 12, n: 10, r: 13, t: 9 };

/** The code point of `\n`, `\x41`, `\.` and the like. */
export function escapedCharacter(state: State): number {
  const control = next(state, /[aefnrt]/y)?.[0];
  if (control !== undefined) return CONTROLS[control] as number;
  const code = next(state, /c([ -~])/y)?.[1];
  if (code !== undefined) return code.toUpperCase().charCodeAt(0) ^ 0x40;
  const hex = next(state, /x(?:\{([0-9A-Fa-f]+)\}|(?!\{)([0-9A-Fa-f]{0,2}))/y);
  if (hex !== null) return checkedPoint(Number.parseInt(hex[1] ?? (hex[2] || '0'), 16));
  const octal = next(state, /(?:o\{([0-7]+)\}|([0-7]{1,3}))/y);
  if (octal !== null) return checkedPoint(Number.parseInt(octal[1] ?? (octal[2] as string), 8));
  if (state.at >= state.text.length) throw invalid('\\ at end of pattern');
  if (/[0-9A-Za-z]/.test(state.text.charAt(state.at))) {
    throw invalid('unrecognized character follows \\');
  }
  return nextPoint(state);
}

function checkedPoint(point: number): number {
  if (point <= 0x10ffff && !(point >= 0xd800 && point <= 0xdfff)) return point;
  throw invalid('character code point value in \\x{} or \\o{} is too large');
}

/** A class from after its bracket on. @throws PatternError */
export function classOf(state: State, flags: PatternFlags): string {
  const start = take(state, '^') ? '[^' : '[';
  const items: string[] = [];
  for (let isFirst = true; ; isFirst = false) {
    const item = classItem(state, flags, isFirst);
    if (item === null) return `${start}${items.join('')}]`;
    items.push(item);
  }
}

/** A character, a range or a set within a class; null at its end. */
function classItem(state: State, flags: PatternFlags, isFirst: boolean): string | null {
  if (take(state, '\\E')) state.isQuoted = false;
  if (!state.isQuoted && take(state, '\\Q')) {
    state.isQuoted = true;
    return '';
  }
  if (state.at >= state.text.length) throw invalid('missing terminating ] for character class');
  if (!state.isQuoted && !isFirst && take(state, ']')) return null;
  const least = classMember(state, flags);
  const isRange = !state.isQuoted && /-[^\]]/.test(state.text.slice(state.at, state.at + 2));
  if (!isRange) return typeof least === 'number' ? escapedPoint(least) : least;
  state.at++;
  const most = classMember(state, flags);
  if (typeof least !== 'number' || typeof most !== 'number') {
    throw invalid('invalid range in character class');
  }
  if (least > most) throw invalid('range out of order in character class');
  return `${escapedPoint(least)}-${escapedPoint(most)}`;
}

/** A code point, or a set as JavaScript has it. */
function classMember(state: State, flags: PatternFlags): number | string {
  if (state.isQuoted) return nextPoint(state);
  const posix = next(state, /\[:(\^?)([a-z]+):\]/y);
  if (posix !== null) {
    const sets = state.isUnicode ? UNICODE_POSIX : POSIX;
    const set = Object.hasOwn(sets, posix[2] as string) ? sets[posix[2] as string] : undefined;
    if (set === undefined) throw invalid('unknown POSIX class name');
    return posix[1] === '' ? set : `[^${set}]`;
  }
  if (!take(state, '\\')) return nextPoint(state);
  const set = typeOf(state, flags);
  if (set !== null) return set;
  return take(state, 'b') ? 8 : escapedCharacter(state);
}
