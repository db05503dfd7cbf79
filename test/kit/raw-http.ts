import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

/** Requests that no client library would send: byte for byte as given, in pieces, or cut off. */

async function opened(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  return socket;
}

/**
 * Sends the pieces with a pause between them and reads until the server closes or `waitMs` has passed.
 * @returns everything that the server said
 */
export async function sendRaw(
  url: string,
  pieces: readonly (string | Buffer)[],
  { pauseMs = 0, waitMs = 5_000 }: { readonly pauseMs?: number; readonly waitMs?: number } = {},
): Promise<string> {
  const socket = await opened(url);
  let said = '';
  socket.on('data', (bytes) => (said += bytes.toString('utf8')));
  // A server that refuses early closes while we still write.
  socket.on('error', () => {});
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  for (const piece of pieces) {
    socket.write(piece);
    if (pauseMs > 0) await sleep(pauseMs);
  }
  await Promise.race([closed, sleep(waitMs, undefined, { ref: false })]);
  socket.destroy();
  return said;
}

/** Sends the beginning of a request and hangs up. */
export async function sendAndHangUp(url: string, pieces: readonly string[]): Promise<void> {
  const socket = await opened(url);
  socket.on('error', () => {});
  for (const piece of pieces) socket.write(piece);
  await sleep(30);
  socket.destroy();
}

export const statusOf = (said: string): number => Number(/^HTTP\/1\.1 (\d{3})/.exec(said)?.[1] ?? 0);
