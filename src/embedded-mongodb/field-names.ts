/**
 * JavaScript puts the fields of an object that whole numbers name before all others; BSON keeps each in its place. So
 * the name of such a field begins, in memory, with a NUL, which no name in BSON can have: objects then keep its place
 * too. Names are marked when bytes are decoded and paths are split, and plain again in bytes and in texts.
 */
const MARK = '\0';
const WHOLE_NUMBER = /^(?:0|[1-9]\d{0,9})$/;
const ZERO = 0x30;
const NINE = 0x39;

/** Whether a name with this first character may be a whole number. */
export const isDigit = (code: number): boolean => code >= ZERO && code <= NINE;

/** The name of a field as objects in memory have it. */
export function heldName(name: string): string {
  return isDigit(name.charCodeAt(0)) && WHOLE_NUMBER.test(name) ? MARK + name : name;
}

/** The name of a field, or a path, as BSON and people have it. */
export function plainName(name: string): string {
  return name.charCodeAt(0) === 0 ? name.slice(1) : name;
}

/** A text with the names in it as people have them. */
export function plainText(text: string): string {
  return text.includes(MARK) ? text.replace(/\0(?=\d)/g, '') : text;
}
