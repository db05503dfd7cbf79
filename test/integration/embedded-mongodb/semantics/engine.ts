import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BSON } from 'mongodb';
import type { Document } from 'mongodb';
import type { Reply, Request } from '../../../../src/embedded-mongodb/command.ts';
import { openEngine } from '../../../../src/embedded-mongodb/engine.ts';
import { bytesOf, decodeDocument } from '../../../../src/embedded-mongodb/raw-bson.ts';

/** The server without its sockets, under a clock that the test holds. */
export type HeldEngine = {
  now: Date;
  /** Answers a command, also with `ok: 0`; the documents of a batch as values. Its database is `$db`, or `test`. */
  ask(command: Document): Document;
  /** Answers a command that opens no cursor, as the bytes that its client gets. */
  bytes(command: Document): Buffer;
  /** Answers the first of several that wait for one commit: as many as it takes together. */
  together(commands: readonly Document[]): readonly Reply[];
  /** What is done once a minute: expired documents and idle cursors go. */
  tidy(): void;
  close(): Promise<void>;
};

/** An engine over a directory of its own. */
export async function heldEngine(): Promise<HeldEngine> {
  const directory = await mkdtemp(join(tmpdir(), 'engine-'));
  const clock = { now: new Date('2026-11-24T00:00:00Z') };
  const settings = { hasTestCommands: false, expiryMs: 0, checkedBytesMax: Infinity };
  const options = { directory, ...settings, connectionCount: () => 1 };
  const engine = openEngine({ ...options, now: () => clock.now });
  const requestOf = (command: Document): Request => {
    const bodyBytes = Buffer.from(BSON.serialize(command));
    const name = Object.keys(command)[0] ?? '';
    const database = String(command['$db'] ?? 'test');
    const request = { database, name, body: decodeDocument(bodyBytes), bodyBytes };
    return { ...request, sequences: new Map(), connectionId: 1 };
  };
  const run = (command: Document): Reply | undefined => engine.run([requestOf(command)])[0];
  return Object.assign(clock, {
    bytes(command: Document): Buffer {
      const reply = run(command);
      if (reply?.kind === 'document') return bytesOf(reply.document);
      throw new Error(`the answer is ${String(reply?.kind)}`);
    },
    ask(command: Document): Document {
      const reply = run(command);
      if (reply?.kind === 'document') return BSON.deserialize(bytesOf(reply.document));
      if (reply?.kind !== 'cursor') throw new Error(`the answer is ${String(reply?.kind)}`);
      const { id, namespace, batch } = reply;
      return { ok: 1, id, namespace, batch: batch.map((bytes) => BSON.deserialize(bytes)) };
    },
    together: (commands: readonly Document[]) => engine.run(commands.map(requestOf)),
    tidy: () => {
      engine.tidy();
    },
    async close() {
      await engine.close();
      await rm(directory, { recursive: true, force: true });
    },
  });
}
