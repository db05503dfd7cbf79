import { expect } from 'chai';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { createConnection, type Socket } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { MongoClient } from 'mongodb';
import { hostileMessage } from '../../crash/hostile-bytes.ts';
import { randomOf, type Random } from '../../crash/random.ts';
import { crashServer } from '../../crash/server-process.ts';

const MESSAGES = 10_000;
const CONNECTIONS = 24;
/** How long a connection is given to answer or to be closed; a message that is cut short gets neither. */
const ANSWER_MS = 40;
const MEMORY_GROWTH_MAX_KIB = 160 * 1024;
/** Of the other client; the machine may be busy, but nothing may stand still. */
const CONTROL_MS_MAX = 5_000;

/** Sends one message whole, in pieces, or and then no more; waits for what comes of it. */
async function send(socket: Socket, bytes: Buffer, random: Random): Promise<'open' | 'closed'> {
  const over = new AbortController();
  const { signal } = over;
  const heard = Promise.race([once(socket, 'data', { signal }), once(socket, 'close', { signal })]);
  heard.catch(() => undefined);
  const cut = random.below(bytes.length + 1);
  const manner = random.below(8);
  if (manner === 0) {
    socket.write(bytes.subarray(0, cut));
    await sleep(1);
    socket.write(bytes.subarray(cut));
  } else if (manner === 1) socket.end(bytes);
  else if (manner === 2) {
    socket.write(bytes);
    socket.destroy();
  } else socket.write(bytes);
  const late = sleep(ANSWER_MS, 'late', { signal });
  const outcome = await Promise.race([heard, late]).catch(() => 'late');
  late.catch(() => undefined);
  over.abort();
  if (outcome === 'late' || socket.destroyed || socket.writableEnded) {
    socket.destroy();
    return 'closed';
  }
  return 'open';
}

/** On a busy machine the queue of those who want to connect may be full for a moment. */
async function connect(socketPath: string): Promise<Socket> {
  for (;;) {
    const socket = createConnection(socketPath);
    try {
      await once(socket, 'connect');
      socket.on('error', () => undefined);
      return socket;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      await sleep(20);
    }
  }
}

/** Memory and open files of a process; null where the system does not tell. */
function resourcesOf(pid: number): { readonly memoryKib: number; readonly files: number } | null {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const files = readdirSync(`/proc/${pid}/fd`).length;
    return { memoryKib: Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]), files };
  } catch {
    return null;
  }
}

const CONTROL_CONNECTIONS = 3;

/** Connections that are open once those that ended have been noticed, one whose long read was under way included. */
async function connectionsLeft(client: MongoClient): Promise<number> {
  for (let turn = 0; ; turn += 1) {
    const { connections } = await client.db('admin').command({ serverStatus: 1 });
    const current = Number((connections as { current: number }).current);
    if (current <= CONTROL_CONNECTIONS || turn === 50) return current;
    await sleep(100);
  }
}

describe('embedded MongoDB: hostile bytes', function () {
  this.timeout(240_000);
  const seed = Number(process.env['FUZZ_SEED'] ?? Math.floor(Math.random() * 1e9));
  let directory: string;
  before(() => {
    directory = mkdtempSync(join(tmpdir(), 'embedded-fuzz-'));
  });
  after(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  it(`lives through ${MESSAGES} of them, and others notice nothing (seed ${seed})`, async () => {
    const server = crashServer(directory);
    const { uri } = await server.open();
    const socketPath = decodeURIComponent(/\/\/([^/]+)\//.exec(uri)?.[1] ?? '');
    const client = await MongoClient.connect(uri, { maxPoolSize: 1 });
    const control = client.db('control').collection('c');
    const times: number[] = [];
    let isOver = false;
    const controlled = (async () => {
      for (let n = 0; !isOver; n += 1) {
        const startedAt = performance.now();
        await control.insertOne({ n });
        expect((await control.findOne({ n }))?.['n']).to.equal(n);
        times.push(performance.now() - startedAt);
        await sleep(2);
      }
      return control.countDocuments();
    })();
    const attack = async (messages: number, name: string) => {
      let sent = 0;
      await Promise.all(
        Array.from({ length: CONNECTIONS }, async (_, index) => {
          const random = randomOf(seed, `${name}${index}`);
          let socket = await connect(socketPath);
          for (; sent < messages; sent += 1) {
            if ((await send(socket, hostileMessage(random), random)) === 'closed')
              socket = await connect(socketPath);
          }
          socket.destroy();
        }),
      );
      await sleep(200);
    };

    // The first part warms it up, so that what stays allocated afterwards is a leak.
    await attack(MESSAGES / 5, 'warm');
    const before = resourcesOf(server.pid);
    await attack((MESSAGES * 4) / 5, 'attack');
    const after = resourcesOf(server.pid);
    isOver = true;
    const count = await controlled;
    const connections = await connectionsLeft(client);
    const collections = await client.db('fuzz').listCollections().toArray();
    const invalid: string[] = [];
    for (const { name } of collections) {
      if ((await client.db('fuzz').command({ validate: name, full: true }))['valid'] !== true)
        invalid.push(name);
    }
    await client.close();
    await server.close();

    expect(count).to.equal(times.length);
    expect(Math.max(...times)).to.be.lessThan(CONTROL_MS_MAX);
    // The control client has one connection for its commands and two that watch the server.
    expect(connections).to.be.at.most(CONTROL_CONNECTIONS);
    // Some of it was a whole message and was done.
    expect(collections.map(({ name }) => name)).to.include('c');
    expect(invalid).to.deep.equal([]);
    if (before !== null && after !== null) {
      expect(after.files - before.files).to.be.at.most(2);
      expect(after.memoryKib - before.memoryKib).to.be.lessThan(MEMORY_GROWTH_MAX_KIB);
    }
  });
});
