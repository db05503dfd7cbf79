import type { CookieOptions, Request, Response } from 'express';
import type { Cookie } from './routing.ts';

/**
 * A cookie's name on the wire. On https it has the prefix by which a browser guarantees that this very host set it,
 * over https and for every path, so that a neighbouring host cannot plant one (RFC 6265bis §4.1.3.2).
 */
export const cookieName = (name: string, secure: boolean): string => (secure ? `__Host-${name}` : name);

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
