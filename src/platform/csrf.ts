import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';
import { Problem } from './problem.ts';

export const CSRF_COOKIE = 'nguon_form';
const CSRF_FIELD = 'csrfToken';
const CSRF_HEADER = 'x-csrf-token';

/**
 * The token of a browser's forms: an HMAC over the random value in its cookie, so that a cookie planted by a
 * neighbouring host is of no use (signed double submit).
 */
export function csrfToken(secret: Uint8Array, cookie: string): string {
  return createHmac('sha256', secret).update(`nguon/csrf/${cookie}`).digest('base64url');
}

function csrfTokenMatches(secret: Uint8Array, cookie: string | undefined, token: unknown): boolean {
  if (cookie === undefined || typeof token !== 'string') return false;
  const expected = Buffer.from(csrfToken(secret, cookie));
  const given = Buffer.from(token);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** Whether the browser itself says that another site made the request (Fetch Metadata; before it, Origin). */
function fromAnotherSite(request: Request, publicUrl: string): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  const { origin, host } = request.headers;
  if (origin === undefined || origin === 'null') return false;
  return origin !== new URL(publicUrl).origin && !(URL.canParse(origin) && new URL(origin).host === host);
}

/**
 * A request that a cookie vouches for must come from a form of ours: by its token, and by what the browser says of
 * where it was made.
 * @throws Problem `form-expired`
 */
export function requireOwnForm(
  request: Request,
  own: { readonly secret: Uint8Array; readonly cookie: string | undefined; readonly publicUrl: string },
): void {
  const body = request.body as Record<string, unknown> | undefined;
  const token = request.headers[CSRF_HEADER] ?? body?.[CSRF_FIELD];
  const good = csrfTokenMatches(own.secret, own.cookie, token) && !fromAnotherSite(request, own.publicUrl);
  if (!good) throw new Problem('form-expired');
}
