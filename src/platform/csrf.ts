import { createHmac, timingSafeEqual } from 'node:crypto';

export const CSRF_COOKIE = 'nguon_form';
export const CSRF_FIELD = 'csrfToken';
export const CSRF_HEADER = 'x-csrf-token';

/**
 * The token of a browser's forms: an HMAC over the random value in its cookie, so that a cookie planted by a
 * neighbouring host is of no use (signed double submit).
 */
export function csrfToken(secret: Uint8Array, cookie: string): string {
  return createHmac('sha256', secret).update(`nguon/csrf/${cookie}`).digest('base64url');
}

export function csrfTokenMatches(secret: Uint8Array, cookie: string | undefined, token: unknown): boolean {
  if (cookie === undefined || typeof token !== 'string') return false;
  const expected = Buffer.from(csrfToken(secret, cookie));
  const given = Buffer.from(token);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
