import type { Request } from 'express';
import { isLanguage, type Language } from './i18n.ts';
import { cookieOf } from './cookies.ts';

export const LANGUAGE_COOKIE = 'nguon_lang';

/** The reader's language: `?lang=`, then the choice kept in a cookie, then the browser's, then Vietnamese. */
export function languageOf(request: Request): Language {
  const asked = request.query['lang'];
  if (isLanguage(asked)) return asked;
  const kept = cookieOf(request, LANGUAGE_COOKIE);
  if (isLanguage(kept)) return kept;
  const preferred = request.acceptsLanguages('vi', 'en');
  return isLanguage(preferred) ? preferred : 'vi';
}
