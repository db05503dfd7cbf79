import { Int32 } from 'bson';
import { CommandError } from './errors.ts';
import type { Document } from './values.ts';
import { isDocument, isNumeric, toDouble } from './values.ts';

/** The specification of a text index. Source: server, db/fts/fts_spec.cpp, FTSSpec::fixSpec */

const refused = (message: string): CommandError => new CommandError('CannotCreateIndex', message);

/** The languages of words, each by its name and its letters. Source: server, db/fts/fts_language.cpp */
const LANGUAGES: ReadonlySet<string> = new Set(
  (
    'none ngram danish da dutch nl english en finnish fi french fr german de hungarian hu italian it norwegian nb ' +
    'portuguese pt romanian ro russian ru spanish es swedish sv turkish tr'
  ).split(' '),
);

/** The version in which a language that is not known is none at all. */
const OLDEST_VERSION = 1;
const VERSIONS: ReadonlySet<number> = new Set([OLDEST_VERSION, 2, 3]);

/** Whether a text index of this version has rules for the language, or takes it as if it had. */
export function isLanguage(name: string, version: unknown): boolean {
  return toDouble(version) === OLDEST_VERSION || LANGUAGES.has(name.toLowerCase());
}

/** @throws CommandError 17261, 17262 for a document that names a language that there is not */
export function checkLanguageOf(document: Document, spec: Document): void {
  const language = document[String(spec['language_override'])];
  if (language === undefined) return;
  if (typeof language !== 'string') {
    throw new CommandError(17261, 'found language override field in document with non-string type');
  }
  if (!isLanguage(language, spec['textIndexVersion'])) {
    throw new CommandError(17262, `language override unsupported: ${language}`);
  }
}

/** Text fields become one `_fts`, their names the weights. @throws CommandError 14, 67 */
export function textSpec(spec: Document, key: Document): Document {
  const version = spec['textIndexVersion'] ?? new Int32(3);
  if (!VERSIONS.has(Math.trunc(toDouble(version)))) {
    throw refused(`bad textIndexVersion: ${toDouble(version)}`);
  }
  const { default_language: language = 'english', language_override: override = 'language' } = spec as {
    readonly default_language?: string;
    readonly language_override?: string;
  };
  if (!isLanguage(language, version)) throw refused('default_language is not valid');
  if (override === '' || override.startsWith('$') || override.includes('.')) {
    throw refused('language_override is not valid');
  }
  return {
    key: textKey(key),
    weights: textWeights(key, spec['weights']),
    default_language: language,
    language_override: override,
    textIndexVersion: new Int32(Math.trunc(toDouble(version))),
  };
}

const RESERVED: ReadonlySet<string> = new Set(['_fts', '_ftsx']);

/** Fields before the texts, the texts, fields after them; `_fts` and `_ftsx` stand for texts already. */
function textKey(key: Document): Document {
  const names = Object.keys(key);
  const isText = (name: string): boolean => key[name] === 'text' || (name === '_ftsx' && '_fts' in key);
  const first = names.findIndex(isText);
  const texts = names.filter(isText);
  if (texts.some((name, at) => name !== names[first + at])) {
    throw refused("'text' fields in index must all be adjacent");
  }
  const isMade = texts.join() === '_fts,_ftsx' && toDouble(key['_ftsx']) === 1;
  if (!isMade && names.some((name) => RESERVED.has(name))) {
    throw refused('text index with reserved fields _fts/_ftsx not allowed');
  }
  const others = names.filter((name) => !isText(name));
  if (others.some((name) => Math.abs(Math.trunc(toDouble(key[name]))) !== 1)) {
    throw refused('expected value 1 or -1 for non-text key in compound index');
  }
  const picked = (some: readonly string[]): Document =>
    Object.fromEntries(some.map((name) => [name, key[name]]));
  const [before, after] = [names.slice(0, first), names.slice(first + texts.length)];
  return { ...picked(before), _fts: 'text', _ftsx: new Int32(1), ...picked(after) };
}

function textWeights(key: Document, given: unknown): Document {
  const named = Object.keys(key).filter((name) => key[name] === 'text' && name !== '_fts');
  const all = { ...Object.fromEntries(named.map((name) => [name, 1])), ...givenWeights(given) };
  const names = Object.keys(all).sort();
  if (names.length === 0) throw refused("text index option 'weights' must specify fields or the wildcard");
  return Object.fromEntries(names.map((name) => [name, checkedWeight(name, all[name])]));
}

function givenWeights(given: unknown): Document {
  if (given === undefined) return {};
  if (given === '$**') return { '$**': 1 };
  if (isDocument(given)) return given;
  if (typeof given === 'string' || Array.isArray(given)) {
    throw refused("text index option 'weights' must be an object");
  }
  throw new CommandError('TypeMismatch', "The field 'weights' must be an object");
}

function checkedWeight(name: string, given: unknown): Int32 {
  if (!isNumeric(given)) throw refused('weight for text index needs numeric type');
  const weight = Math.trunc(toDouble(given));
  if (!(weight > 0 && weight < 100_000)) {
    throw refused(`text index weight must be in the exclusive interval (0,100000) but found: ${weight}`);
  }
  const parts = name === '$**' ? [] : name.split('.');
  if (parts.some((part) => part === '' || part.startsWith('$'))) {
    throw refused(`weight cannot be on an empty field or one that begins with $: ${name}`);
  }
  return new Int32(weight);
}
