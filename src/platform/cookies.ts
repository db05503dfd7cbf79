import type { CookieOptions, Request, Response } from 'express';
import type { Cookie } from './routing.ts';

/** The value of a cookie that the browser sent; the first one where a name repeats. */
export function cookieOf(request: Request, name: string): string | undefined {
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const equals = pair.indexOf('=');
    if (equals > 0 && pair.slice(0, equals).trim() === name) return pair.slice(equals + 1).trim();
  }
  return undefined;
}

/** Writes a cookie that scripts cannot read and other sites cannot send. Values are our own base64url or words. */
export function setCookie(response: Response, cookie: Cookie, secure: boolean): void {
  const options: CookieOptions = { httpOnly: true, sameSite: 'lax', secure, path: '/' };
  if (cookie.value === null) response.clearCookie(cookie.name, options);
  else {
    const lifetime = cookie.maxAgeMs === undefined ? {} : { maxAge: cookie.maxAgeMs };
    response.cookie(cookie.name, cookie.value, { ...options, ...lifetime, encode: String });
  }
}
