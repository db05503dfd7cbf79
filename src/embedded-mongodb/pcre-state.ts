/** Options that change within a pattern. */
export type PatternFlags = {
  readonly i: boolean;
  readonly m: boolean;
  readonly s: boolean;
  readonly x: boolean;
};

/** What is no pattern, or none that JavaScript could follow. */
export class PatternError extends Error {}

/** How far a pattern has been read, and what is known of it by then. */
export type State = {
  readonly text: string;
  at: number;
  isQuoted: boolean;
  isUnicode: boolean;
  depth: number;
  groups: number;
  atomics: number;
  lookbehinds: number;
  unbounded: number;
  ways: number;
  isNested: boolean;
  readonly names: Map<string, number>;
  /** Groups that have surely caught something where the pattern is: JavaScript takes others for empty. */
  certain: ReadonlySet<number>;
  /** With which `i` there were letters: JavaScript has one for all. */
  readonly caseless: Set<boolean>;
};

/** @returns why this is no pattern */
export const invalid = (message: string) => new PatternError(message);
/** @returns why this pattern cannot be followed */
export const unsupported = (what: string) => new PatternError(`${what} is not supported by this server`);

/** Takes what a sticky expression matches here. */
export function next(state: State, expression: RegExp): RegExpExecArray | null {
  expression.lastIndex = state.at;
  const found = expression.exec(state.text);
  if (found !== null) state.at = expression.lastIndex;
  return found;
}

/** Takes this text if it comes next. */
export function take(state: State, text: string): boolean {
  if (!state.text.startsWith(text, state.at)) return false;
  state.at += text.length;
  return true;
}

/** Takes one character: its code point. */
export function nextPoint(state: State): number {
  const point = state.text.codePointAt(state.at) as number;
  state.at += point > 0xffff ? 2 : 1;
  return point;
}
