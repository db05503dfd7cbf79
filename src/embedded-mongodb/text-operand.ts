import { CommandError } from './errors.ts';
import { typeName } from './match-type.ts';
import { isDocument, isNumeric, toDouble } from './values.ts';

/** What of a text counts in a search. */
export type TextOptions = { readonly isCaseSensitive: boolean; readonly isDiacriticSensitive: boolean };

/** What `$text` may say beside its words; numbers are truth, too. Source: server, db/matcher/extensions_callback.cpp */
const TEXT_FIELDS: Readonly<Record<string, string>> = {
  $search: 'string',
  $language: 'string',
  $caseSensitive: 'bool',
  $diacriticSensitive: 'bool',
};

type CheckedText = {
  readonly search: string;
  readonly language: string | null;
  readonly options: TextOptions;
};

/** @throws CommandError 2, 14 for an operand of `$text` that is not valid */
export function checkedText(clause: unknown): CheckedText {
  if (!isDocument(clause)) throw new CommandError('BadValue', '$text expects an object');
  const unknown = Object.keys(clause).find((key) => !Object.hasOwn(TEXT_FIELDS, key));
  if (unknown !== undefined) throw new CommandError('BadValue', `extra fields in $text: ${unknown}`);
  for (const [field, type] of Object.entries(TEXT_FIELDS)) {
    const value = clause[field];
    if (typeName(value) === type || (value === undefined && field !== '$search')) continue;
    if (type === 'bool' && isNumeric(value)) continue;
    const message = `"${field}" had the wrong type. Expected ${type}, found ${typeName(value)}`;
    throw new CommandError('TypeMismatch', message);
  }
  const { $search: search, $language: language } = clause as { readonly $search: string; $language?: string };
  const options = {
    isCaseSensitive: isTrue(clause['$caseSensitive']),
    isDiacriticSensitive: isTrue(clause['$diacriticSensitive']),
  };
  return { search, language: language === undefined || language === '' ? null : language, options };
}

const isTrue = (value: unknown): boolean => value === true || (isNumeric(value) && toDouble(value) !== 0);
