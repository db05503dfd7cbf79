import { timingSafeEqual } from 'node:crypto';
import { Router, type Request } from 'express';
import type { Connection } from 'mongoose';
import type { Clock } from '../../platform/clock.ts';
import type { Metrics } from './health.ts';

const READY_TIMEOUT_MS = 2_000;
/** RFC 9116 §2.5.5 advises less than a year ahead. */
const SECURITY_TXT_DAYS = 180;

type Deps = {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly metricsToken: string | undefined;
  readonly publicUrl: string;
  readonly contact: string;
};

async function databaseAnswers(connection: Connection): Promise<boolean> {
  if (connection.readyState !== 1 || connection.db === undefined) return false;
  const answer = connection.db.command({ ping: 1 }, { timeoutMS: READY_TIMEOUT_MS });
  return answer.then(
    () => true,
    () => false,
  );
}

/** A proxy on this machine also comes from loopback: what it passes on is somebody else's request. */
const PROXY_HEADERS = ['x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'forwarded', 'via'] as const;

function fromLoopback(request: Request): boolean {
  const address = request.socket.remoteAddress ?? '';
  const direct = PROXY_HEADERS.every((name) => request.headers[name] === undefined);
  return direct && (address === '::1' || /^(::ffff:)?127\./.test(address));
}

function hasToken(request: Request, token: string): boolean {
  const given = Buffer.from(request.headers.authorization ?? '');
  const expected = Buffer.from(`Bearer ${token}`);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** What operators and crawlers ask for; it stands before sessions and languages and sets no cookie. */
export function operations({ connection, clock, metrics, metricsToken, publicUrl, contact }: Deps): Router {
  const router = Router();
  router.get('/healthz', (_request, response) => {
    response.type('text').send('ok\n');
  });
  router.get('/readyz', async (_request, response) => {
    const ready = await databaseAnswers(connection);
    response
      .status(ready ? 200 : 503)
      .set('Cache-Control', 'no-store')
      .type('text')
      .send(ready ? 'ready\n' : 'database does not answer\n');
  });
  router.get('/metrics', async (request, response) => {
    const allowed = metricsToken === undefined ? fromLoopback(request) : hasToken(request, metricsToken);
    if (!allowed) {
      response.status(403).type('text').send('forbidden\n');
      return;
    }
    response.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
  router.get('/robots.txt', (_request, response) => {
    response.type('text').send('User-agent: *\nDisallow: /api/\nDisallow: /manage\nDisallow: /verify\n');
  });
  router.get('/.well-known/security.txt', (_request, response) => {
    // RFC 9116 §2.5: Contact and Expires are required; counted from the day of asking, it never runs out.
    const expires = new Date(clock.now().getTime() + SECURITY_TXT_DAYS * 86_400_000).toISOString();
    response
      .type('text')
      .send(
        `Contact: ${contact}\nExpires: ${expires}\nPreferred-Languages: vi, en\n` +
          `Canonical: ${publicUrl}/.well-known/security.txt\n`,
      );
  });
  return router;
}
