import { CommandError } from './errors.ts';
import { isDocument, toDouble } from './values.ts';

/** Compares two strings by a language's rules. */
export type Collate = (left: string, right: string) => number;

const SENSITIVITY = { 1: 'base', 2: 'accent', 3: 'variant' } as const;

/** The comparison that a command's `collation` asks for; null for byte order (`simple`, or none given). */
export function collateOf(collation: unknown): Collate | null {
  if (collation === undefined || collation === null) return null;
  if (!isDocument(collation) || typeof collation['locale'] !== 'string') {
    throw new CommandError('BadValue', "Field 'locale' is required in a collation");
  }
  const { locale } = collation as { readonly locale: string };
  if (locale === 'simple') return null;
  const strength = collation['strength'] === undefined ? 3 : toDouble(collation['strength']);
  const level = Math.min(Math.max(strength, 1), 3) as 1 | 2 | 3;
  const hasCase = collation['caseLevel'] === true;
  const sensitivity =
    hasCase && level === 1 ? 'case' : hasCase && level === 2 ? 'variant' : SENSITIVITY[level];
  try {
    const collator = new Intl.Collator(locale.replaceAll('_', '-'), {
      sensitivity,
      numeric: collation['numericOrdering'] === true,
      ignorePunctuation: collation['alternate'] === 'shifted',
      ...(['upper', 'lower'].includes(String(collation['caseFirst']))
        ? { caseFirst: collation['caseFirst'] as 'upper' | 'lower' }
        : {}),
    });
    return (left, right) => collator.compare(left, right);
  } catch {
    throw new CommandError('BadValue', `Field 'locale' is invalid in: { locale: "${locale}" }`);
  }
}
