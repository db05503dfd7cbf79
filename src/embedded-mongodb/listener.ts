import { chmodSync, existsSync, unlinkSync } from 'node:fs';
import type { Server as NetServer, Socket } from 'node:net';
import { createServer } from 'node:net';
import type { Reply, Request } from './command.ts';
import { CommandError } from './errors.ts';
import type { Engine } from './engine.ts';
import { decodeDocument } from './raw-bson.ts';
import type { Message } from './wire.ts';
import { encodeReply, errorReply, refusalOf, messageReader, parseMessage } from './wire.ts';

/** Requests that share one commit at most. */
const BATCH_MAX = 1_000;
/** Bytes that a client may leave unread before this server stops reading from it. */
const UNREAD_BYTES_MAX = 64 * 1024 * 1024;

/** Where to listen: a Unix socket, or a port on loopback where there are none. */
export type Address = { readonly socketPath: string } | { readonly port: number };

/** The open door. */
export type Listener = {
  /** The port, for an address that left it to the system; 0 for a socket. */
  readonly port: number;
  /** Takes no new connections, answers what has come, closes the rest. */
  close(): Promise<void>;
};

type Waiting = { readonly connection: Connection; readonly message: Message; readonly request: Request };
/** `isAway` while one of its requests is answered by another thread. */
type Connection = { readonly id: number; readonly socket: Socket; isAway: boolean };

/** Connections that are open, for `serverStatus`. */
export type ConnectionCounter = { count: number };

/** Listens for MongoDB's clients and hands what they ask to the engine, all that waits at once. */
export async function listen(
  address: Address,
  engine: Engine,
  counter: ConnectionCounter,
): Promise<Listener> {
  const waiting: Waiting[] = [];
  /** What waits until something has been answered elsewhere: writes for a long write, the rest for its own connection. */
  const held: Waiting[] = [];
  const longWrites = new Set<Promise<void>>();
  const sockets = new Set<Socket>();
  let isScheduled = false;
  let nextId = 1;
  const runWaiting = (): void => {
    isScheduled = false;
    const batch = waiting.splice(0, BATCH_MAX);
    if (waiting.length > 0) schedule();
    const replies = engine.run(batch.map(({ request }) => request));
    if (replies.length < batch.length) {
      waiting.unshift(...batch.splice(replies.length));
      schedule();
    }
    batch.forEach((entry, index) => {
      const { connection, message } = entry;
      const reply = replies[index];
      if (reply?.kind === 'close') connection.socket.destroy();
      if (reply?.kind === 'later') hold(entry);
      if (reply?.kind === 'elsewhere' && reply.isWrite) {
        const answered = answerElsewhere(entry, true).finally(() => longWrites.delete(answered));
        longWrites.add(answered);
      }
      if (message.isUnacknowledged || reply === undefined || connection.socket.destroyed) return;
      if (reply.kind === 'elsewhere') {
        if (!reply.isWrite) void answerElsewhere(entry, false);
      } else if (reply.kind !== 'later') send(connection.socket, replyBytes(message, reply));
    });
  };
  const hold = (entry: Waiting): void => {
    held.push(entry);
    // Who does not wait for answers would fill the memory.
    entry.connection.socket.pause();
  };
  /** The answer of another thread; until it is there, this client is not listened to. */
  const answerElsewhere = async ({ connection, message }: Waiting, isWrite: boolean): Promise<void> => {
    const { id, socket } = connection;
    connection.isAway = true;
    socket.pause();
    const bytes = await engine.runElsewhere(message, id, isWrite);
    connection.isAway = false;
    if (!socket.destroyed && !message.isUnacknowledged) send(socket, bytes);
    socket.resume();
    release();
  };
  const release = (): void => {
    const all = held.splice(0);
    const ready = all.filter(({ connection }) => !connection.isAway);
    held.push(...all.filter(({ connection }) => connection.isAway));
    for (const { connection } of ready) connection.socket.resume();
    waiting.unshift(...ready);
    if (waiting.length > 0) schedule();
  };
  const schedule = (): void => {
    if (isScheduled) return;
    isScheduled = true;
    // After all sockets that have something were read: their requests share the commit.
    setImmediate(runWaiting);
  };
  const server = createServer((socket) => {
    const connection = { id: nextId++, socket, isAway: false };
    sockets.add(socket);
    counter.count++;
    serve(connection, (message) => {
      const entry = { connection, message, request: requestOf(message, connection.id) };
      if (connection.isAway || held.some((other) => other.connection === connection)) {
        hold(entry);
        return;
      }
      waiting.push(entry);
      schedule();
    });
    socket.on('close', () => {
      sockets.delete(socket);
      counter.count--;
    });
  });
  const port = await open(server, address);
  return {
    port,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await new Promise<void>((resolve) => setImmediate(resolve));
      while (waiting.length > 0 || longWrites.size > 0) {
        if (waiting.length > 0) runWaiting();
        else await Promise.all(longWrites);
      }
      for (const socket of sockets) socket.destroySoon();
      await closed;
    },
  };
}

async function open(server: NetServer, address: Address): Promise<number> {
  if ('socketPath' in address && existsSync(address.socketPath)) unlinkSync(address.socketPath);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    if ('socketPath' in address) server.listen(address.socketPath, resolve);
    else server.listen(address.port, '127.0.0.1', resolve);
  });
  if ('socketPath' in address) {
    chmodSync(address.socketPath, 0o600);
    return 0;
  }
  const bound = server.address();
  return typeof bound === 'object' && bound !== null ? bound.port : 0;
}

/** A message; null where what it says is refused, which the client is told. @throws MalformedBytes */
function readMessage(bytes: Buffer, socket: Socket): Message | null {
  try {
    return parseMessage(bytes);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    send(socket, refusalOf(bytes, error));
    return null;
  }
}

/** Reads a client's messages; bytes that are none end this connection and no other. */
function serve({ socket }: Connection, receive: (message: Message) => void): void {
  const read = messageReader();
  socket.setNoDelay(true);
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk: Buffer) => {
    try {
      for (const bytes of read(chunk)) {
        const message = readMessage(bytes, socket);
        if (message !== null) receive(message);
      }
    } catch {
      socket.destroy();
    }
  });
}

/** An answer that cannot be written as BSON is that request's failure and nobody else's. */
export function replyBytes(message: Message, reply: Reply): Buffer {
  try {
    return encodeReply(message, reply, message.requestId);
  } catch (error) {
    const text = `The answer cannot be sent: ${(error as Error).message}`;
    const failure = errorReply(new CommandError('InternalError', text));
    return encodeReply(message, failure, message.requestId);
  }
}

function send(socket: Socket, bytes: Uint8Array): void {
  socket.write(bytes);
  if (socket.writableLength <= UNREAD_BYTES_MAX || socket.isPaused()) return;
  socket.pause();
  socket.once('drain', () => socket.resume());
}

/** A message as a request of this connection. */
export function requestOf(message: Message, connectionId: number): Request {
  const body = decodeDocument(message.body);
  const name = Object.keys(body)[0] ?? '';
  const database = message.queryDatabase ?? body['$db'];
  return {
    database: typeof database === 'string' ? database : '',
    name,
    body,
    bodyBytes: message.body,
    sequences: message.sequences,
    connectionId,
  };
}
