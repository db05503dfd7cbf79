import { Int32 } from 'bson';
import { isLocale, isSupportedVariant } from './collation-locales.ts';
import { CommandError } from './errors.ts';
import { typeName } from './match-type.ts';
import type { Document } from './values.ts';
import { isDocument, isNumeric, toDouble } from './values.ts';

/** The version of the language rules that MongoDB has. */
const VERSION = '57.1';

/** The fields of a collation with what stands where one is not given. Source: MongoDB manual, Collation */
export const COLLATION_DEFAULTS: Document = {
  locale: '',
  caseLevel: false,
  caseFirst: 'off',
  strength: new Int32(3),
  numericOrdering: false,
  alternate: 'non-ignorable',
  maxVariable: 'punct',
  normalization: false,
  backwards: false,
  version: VERSION,
};

const CHOICES: Readonly<Record<string, readonly string[]>> = {
  caseFirst: ['upper', 'lower', 'off'],
  alternate: ['non-ignorable', 'shifted'],
  maxVariable: ['punct', 'space'],
};

/**
 * A collation that a client asks for with all its fields, as MongoDB keeps and lists it; null for `simple`.
 * Source: server, db/basic_types.idl, Collation; db/query/collation/collator_factory_icu.cpp
 * @throws CommandError 2, 14, 115, 161, 40414, 40415
 */
export function checkedCollation(collation: unknown): Document | null {
  if (collation === undefined || collation === null) return null;
  if (!isDocument(collation)) throw wrongType('collation', collation);
  if (collation['locale'] === undefined) {
    throw new CommandError(40414, "BSON field 'collation.locale' is missing but a required field");
  }
  for (const [field, value] of Object.entries(collation)) checkField(field, value);
  if (collation['locale'] === 'simple') return null;
  const full: Document = { ...COLLATION_DEFAULTS, ...collation };
  full['strength'] = new Int32(Math.trunc(toDouble(full['strength'])));
  const locale = String(full['locale']);
  if (!isLocale(locale)) {
    throw new CommandError('BadValue', `Field 'locale' is invalid in: { locale: "${locale}" }`);
  }
  if (full['version'] !== VERSION) {
    const message = `Requested collation version ${String(full['version'])} but the only available collator version was ${VERSION}`;
    throw new CommandError('IncompatibleCollationVersion', message);
  }
  checkTogether(full);
  refuseUnsupported(full);
  return full;
}

function checkField(field: string, value: unknown): void {
  const standard = COLLATION_DEFAULTS[field];
  if (standard === undefined) {
    throw new CommandError(40415, `BSON field 'collation.${field}' is an unknown field.`);
  }
  const isRight = field === 'strength' ? isNumeric(value) : typeof value === typeof standard;
  if (!isRight) throw wrongType(`collation.${field}`, value);
  const strength = Math.trunc(toDouble(value));
  const isChoice =
    field === 'strength' ? strength >= 1 && strength <= 5 : CHOICES[field]?.includes(String(value));
  if (isChoice !== false) return;
  const message = `Enumeration value '${String(value)}' for field 'collation.${field}' is not a valid value.`;
  throw new CommandError('BadValue', message);
}

function wrongType(field: string, value: unknown): CommandError {
  return new CommandError('TypeMismatch', `BSON field '${field}' is the wrong type '${typeName(value)}'`);
}

/** What has no meaning beside a strength that leaves it out. */
function checkTogether(full: Document): void {
  const strength = toDouble(full['strength']);
  if (full['backwards'] === true && strength === 1) {
    throw new CommandError('BadValue', "'backwards' is invalid with 'strength' of 1");
  }
  if (full['caseFirst'] !== 'off' && full['caseLevel'] !== true && strength < 3) {
    const message = "'caseFirst' is invalid unless 'caseLevel' is on or 'strength' is greater than 2";
    throw new CommandError('BadValue', message);
  }
}

/** What the language rules at hand cannot do is refused, not ignored. */
function refuseUnsupported(full: Document): void {
  const isShifted = full['alternate'] === 'shifted';
  const isRefused =
    full['backwards'] === true ||
    toDouble(full['strength']) > 3 ||
    (isShifted && full['maxVariable'] === 'space') ||
    !isSupportedVariant(String(full['locale']));
  if (!isRefused) return;
  const message = `A collation with 'backwards', with a strength above 3, with 'maxVariable: "space"', or in the order of big5han or gb2312han is not supported by this server`;
  throw new CommandError('CommandNotSupported', message);
}
