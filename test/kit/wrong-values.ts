import { z } from 'zod';

/** A request's body that is wrong in one place. */
export type WrongBody = {
  /** What is wrong with it, for a failing test's words. */
  readonly what: string;
  /** JSON Pointer of the place. */
  readonly pointer: string;
  /** The JSON as it is sent: it may hold what `JSON.stringify` cannot say, such as 1e999. */
  readonly text: string;
};

/** The parts of a JSON Schema that our own schemas use. */
type JsonSchema = {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
};

export const schemaOf = (schema: z.ZodType): JsonSchema =>
  z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema;

const RAW = 'raw-json-goes-here';
/** A value written into the body's text as it stands. */
const raw = (json: string) => ({ [RAW]: json });

type Wrong = readonly [what: string, value: unknown];

/** Secrets may hold any character; their bounds are checked all the same. */
const isSecret = (name: string) => /password|token|login|codes/i.test(name);

const NOT_TEXT: readonly Wrong[] = [
  ['a number', 42],
  ['a boolean', true],
  ['null', null],
  ['an object', {}],
  ['a list', ['x']],
  ['an operator', { $gt: '' }],
  ['a where', { $where: 'sleep(1000)' }],
  ['a regex', { $regex: '.*' }],
];
const UNPRINTABLE: readonly Wrong[] = [
  ['a NUL', 'a\u0000b'],
  ['a control character', 'a\u001bb'],
  ['a C1 control', 'a\u0085b'],
  ['a bidi override', 'a\u202eb'],
  ['a bidi isolate', 'a\u2066b'],
  ['a line separator', 'a\u2028b'],
  ['a lone surrogate', raw(String.raw`"a\ud800b"`)],
  ['zero width alone', '\u200b\u200b'],
  ['white space alone', ' \u00a0\u3000 '],
];
const NOT_DATES: readonly Wrong[] = [
  ['a day that does not exist', '2026-02-30'],
  ['a thirteenth month', '2026-13-01'],
  ['no date', 'hôm qua'],
  ['a date of another order', '24/11/2026'],
  ['the year nought', '0000-01-01'],
  ['a far year', '9999-12-31'],
];
const NOT_INSTANTS: readonly Wrong[] = [
  ['a day that does not exist', '2026-02-30T08:00:00Z'],
  ['an hour that does not exist', '2026-02-20T25:00:00Z'],
  ['no offset', '2026-02-20T08:00:00'],
  ['a date alone', '2026-02-20'],
  ['a far year', '9999-12-31T00:00:00Z'],
];
const NOT_NUMBERS: readonly Wrong[] = [
  ['digits in text', '12'],
  ['null', null],
  ['a boolean', true],
  ['a list', [1]],
  ['an operator', { $gt: 0 }],
  ['infinity', raw('1e999')],
  ['minus infinity', raw('-1e999')],
];

function wrongText(name: string, schema: JsonSchema): readonly Wrong[] {
  // An empty code is one more that this server never issued.
  const found = name === 'codes' ? NOT_TEXT : [...NOT_TEXT, ['no characters', ''] as Wrong];
  if (schema.enum !== undefined) return [...found, ['no word of the list', 'no-such-word']];
  if (schema.format === 'date') return [...found, ...NOT_DATES];
  if (schema.format === 'date-time') return [...found, ...NOT_INSTANTS];
  const long: Wrong = ['too many characters', 'x'.repeat((schema.maxLength ?? 4_999) + 1)];
  const short: readonly Wrong[] =
    (schema.minLength ?? 0) > 1 ? [['too few characters', 'x'.repeat((schema.minLength ?? 1) - 1)]] : [];
  return [...found, long, ...short, ...(isSecret(name) ? [] : UNPRINTABLE)];
}

function wrongNumber(schema: JsonSchema): readonly Wrong[] {
  const { minimum, exclusiveMinimum, maximum } = schema;
  const found: Wrong[] = [...NOT_NUMBERS];
  if (minimum !== undefined) found.push(['too little', minimum - 1]);
  if (exclusiveMinimum !== undefined) found.push(['nought', exclusiveMinimum], ['negative', -1]);
  if (maximum !== undefined) found.push(['too much', maximum + 1], ['far too much', 1e300]);
  if (schema.type === 'integer') found.push(['a fraction', 1.5]);
  if (schema.enum !== undefined) found.push(['no number of the list', 12]);
  return found;
}

function wrongList(schema: JsonSchema, valid: unknown): readonly Wrong[] {
  const found: Wrong[] = [
    ['text', 'x'],
    ['null', null],
    ['an object', { 0: 'x' }],
    ['an operator', { $in: [] }],
  ];
  const first: unknown = Array.isArray(valid) ? valid[0] : 'x';
  const most = schema.maxItems;
  if (most !== undefined && most <= 1000)
    found.push(['too many', Array.from({ length: most + 1 }, () => first)]);
  if ((schema.minItems ?? 0) > 0) found.push(['nothing in it', []]);
  return found;
}

const NOT_OBJECTS: readonly Wrong[] = [
  ['text', 'x'],
  ['a number', 7],
  ['null', null],
  ['a list', []],
];

/** Keys that no schema has; the raw ones because an object literal would set a prototype with them. */
const UNKNOWN_KEYS = ['khongCo', '$where', '__proto__', 'constructor', 'prototype', 'a.b', 'a/b~c'] as const;

const escaped = (key: string) => key.replaceAll('~', '~0').replaceAll('/', '~1');

type Place = { readonly pointer: string; write(value: unknown): unknown };

/** The body's text with `value` written at a place; a raw value is written as it stands. */
function textOf(body: unknown): string {
  const json = JSON.stringify(body);
  const at = new RegExp(`\\{"${RAW}":("(?:[^"\\\\]|\\\\.)*")\\}`, 'g');
  return json.replace(at, (_, quoted: string) => JSON.parse(quoted) as string);
}

function* wrongAt(name: string, { schema, valid }: Known, place: Place): Generator<WrongBody> {
  const values = wrongValues(name, schema, valid);
  for (const [what, value] of values) {
    yield {
      what: `${place.pointer || '/'}: ${what}`,
      pointer: place.pointer,
      text: textOf(place.write(value)),
    };
  }
}

type Known = { readonly schema: JsonSchema; readonly valid: unknown };

function wrongValues(name: string, schema: JsonSchema, valid: unknown): readonly Wrong[] {
  // One of several shapes: only what none of them is.
  if (schema.anyOf !== undefined) return [NOT_TEXT[0] ?? ['a number', 42], ['null', null], ['a list', []]];
  if (schema.type === 'string') return wrongText(name, schema);
  if (schema.type === 'number' || schema.type === 'integer') return wrongNumber(schema);
  if (schema.type === 'array') return wrongList(schema, valid);
  if (schema.type === 'object') return NOT_OBJECTS;
  return [];
}

function* wrongMembers({ schema, valid }: Known, place: Place): Generator<WrongBody> {
  const members = (valid ?? {}) as Readonly<Record<string, unknown>>;
  for (const key of UNKNOWN_KEYS) {
    const entries = Object.entries(members).map(
      ([name, value]) => `${JSON.stringify(name)}:${textOf(value)}`,
    );
    const text = `{${[...entries, `${JSON.stringify(key)}:{"x":1}`].join(',')}}`;
    const pointer = `${place.pointer}/${escaped(key)}`;
    yield { what: `${pointer}: an unknown key`, pointer, text: textOf(place.write(raw(text))) };
  }
  for (const name of schema.required ?? []) {
    const { [name]: _, ...rest } = members;
    const pointer = `${place.pointer}/${name}`;
    yield { what: `${pointer}: missing`, pointer, text: textOf(place.write(rest)) };
  }
  for (const [name, member] of Object.entries(schema.properties ?? {})) {
    const inner: Place = {
      pointer: `${place.pointer}/${name}`,
      write: (value) => place.write({ ...members, [name]: value }),
    };
    yield* wrongPlaces(name, { schema: member, valid: members[name] }, inner);
  }
}

/** A part that may be null: only its other shape counts, and null is right. */
function withoutNull(schema: JsonSchema): JsonSchema {
  const shapes = (schema.anyOf ?? []).filter(({ type }) => type !== 'null');
  const [only] = shapes;
  return only !== undefined && shapes.length === 1 ? only : schema;
}

function* wrongPlaces(name: string, known: Known, place: Place): Generator<WrongBody> {
  const { valid } = known;
  const schema = withoutNull(known.schema);
  for (const wrong of wrongAt(name, { schema, valid }, place)) {
    if (schema === known.schema || !wrong.what.endsWith(': null')) yield wrong;
  }
  if (valid === undefined) return;
  if (schema.type === 'object') yield* wrongMembers({ schema, valid }, place);
  if (schema.type === 'array' && schema.items !== undefined && Array.isArray(valid) && valid.length > 0) {
    const [first, ...rest] = valid as readonly unknown[];
    const inner: Place = { pointer: `${place.pointer}/0`, write: (value) => place.write([value, ...rest]) };
    yield* wrongPlaces(name, { schema: schema.items, valid: first }, inner);
  }
}

/** Every way in which a body of `schema` can be wrong in one place, made from one that is right. */
export function wrongBodies(schema: z.ZodType, valid: unknown): readonly WrongBody[] {
  return [...wrongPlaces('', { schema: schemaOf(schema), valid }, { pointer: '', write: (value) => value })];
}
