/** The two languages of every page, problem, label and e-mail; Vietnamese is the first. */
export const LANGUAGES = ['vi', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** A text that a cooperative wrote: Vietnamese always, English where it has one. */
export type Text = { readonly vi: string; readonly en?: string | undefined };

/** One of our own sentences: always in both languages. */
export type Bilingual = { readonly vi: string; readonly en: string };

type Phrase = string | ((values: never) => string);

/** A feature's strings: each key has both languages side by side, so a missing translation is a type error. */
export type Strings = Readonly<Record<string, { readonly vi: Phrase; readonly en: Phrase }>>;

/** The same keys with one language's phrases. */
export type Spoken<S extends Strings> = { readonly [K in keyof S]: S[K]['vi'] };

/** One language of a catalogue, ready for a view model. */
export function speak<S extends Strings>(strings: S, language: Language): Spoken<S> {
  const entries = Object.entries(strings).map(([key, phrase]) => [key, phrase[language]]);
  return Object.fromEntries(entries) as Spoken<S>;
}

/** A cooperative's text in the reader's language; Vietnamese where there is no English. */
export function inLanguage(text: Text, language: Language): string {
  return language === 'en' && text.en !== undefined && text.en !== '' ? text.en : text.vi;
}

/** Whether a value from outside is one of the two languages. */
export function isLanguage(value: unknown): value is Language {
  return value === 'vi' || value === 'en';
}
