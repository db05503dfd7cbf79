import { once } from 'node:events';
import { createServer, request as requestOf, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type CuttingProxy = {
  readonly url: string;
  /** The `Range` that each request for a cut path asked for, in order; null where it asked for the whole. */
  readonly ranges: readonly (string | null)[];
  stop(): void;
};

type Cut = {
  /** Whether answers to this path are cut off. */
  path(path: string): boolean;
  /** How often; later answers are whole. */
  readonly times: number;
  /** After so many bytes of the body. */
  readonly afterBytes: number;
};

/** Stands between a browser and the server as a bad network does: answers break off in the middle, without a word. */
export async function cuttingProxy(target: string, cut: Cut): Promise<CuttingProxy> {
  const ranges: (string | null)[] = [];
  let left = cut.times;

  const pass = (answer: IncomingMessage, response: ServerResponse, isCut: boolean) => {
    let sent = 0;
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.on('error', () => response.destroy());
    answer.on('data', (part: Buffer) => {
      if (!isCut) {
        response.write(part);
        return;
      }
      const rest = cut.afterBytes - sent;
      sent += part.length;
      response.write(part.subarray(0, Math.max(0, rest)), () => {
        // What was written is on its way; the connection breaks before the rest.
        if (sent >= cut.afterBytes) setTimeout(() => response.socket?.end(), 100);
      });
    });
    answer.on('end', () => {
      if (!isCut || sent < cut.afterBytes) response.end();
    });
  };

  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', target);
    const isTold = cut.path(pathname);
    if (isTold) ranges.push(request.headers.range ?? null);
    const isCut = isTold && left > 0;
    if (isCut) left -= 1;
    const { host: _, ...headers } = request.headers;
    const outgoing = requestOf(new URL(request.url ?? '/', target), {
      method: request.method ?? 'GET',
      headers,
    });
    outgoing.on('response', (answer) => pass(answer, response, isCut));
    outgoing.on('error', () => response.destroy());
    response.on('close', () => outgoing.destroy());
    request.pipe(outgoing);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ranges,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}
