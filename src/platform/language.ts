import type { Request, RequestHandler } from 'express';
import { isLanguage, type Language } from './i18n.ts';
import { cookieOf, setCookie } from './cookies.ts';

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

const YEAR_MS = 365 * 24 * 3600 * 1000;

/** Keeps a language that was chosen by `?lang=`, so that the next page speaks it too. */
export function rememberLanguage(secure: boolean): RequestHandler {
  return (request, response, next) => {
    const asked = request.query['lang'];
    if (isLanguage(asked) && cookieOf(request, LANGUAGE_COOKIE) !== asked) {
      setCookie(response, { name: LANGUAGE_COOKIE, value: asked, maxAgeMs: YEAR_MS }, secure);
    }
    next();
  };
}
