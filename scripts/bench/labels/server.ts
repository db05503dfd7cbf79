import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { freePort } from '../../free-port.mjs';
import { percentile } from '../kit/statistics.ts';

/** The whole server, started as `npm start` starts it, while it makes the PDF of a large run of unit labels. */

const root = join(import.meta.dirname, '../../..');
const PASSWORD = 'a password of the bench';
const MANAGER = 'quanly@mayngu.example';
/** How long the trace page is asked for before the file is; long enough for a hundredth of it to be many. */
const IDLE_MS = 10_000;
/** No picture of the demonstration takes longer to paint, on a busy machine too. */
const PAINTING_MS = 5_000;

export type ServerFigures = {
  readonly labels: number;
  readonly createdMs: number;
  /**
   * Resident memory of the server's process, in bytes, null without /proc: before, and the most while the run was made
   * and checked, while its file was sent, and while it was sent again beside trace pages.
   */
  readonly restBytes: number | null;
  readonly runPeakBytes: number | null;
  readonly filePeakBytes: number | null;
  readonly besidePeakBytes: number | null;
  readonly firstByteMs: number;
  readonly wholeMs: number;
  readonly fileBytes: number;
  /** Milliseconds that a trace page took, the slowest of a hundred. */
  readonly idleP99: number;
  readonly busyP99: number;
  readonly pages: number;
};

type Server = { readonly url: string; readonly child: ChildProcess; end(): Promise<void> };

/** What `npm start` runs, with its options. */
function startArguments(): readonly string[] {
  const { scripts } = z
    .object({ scripts: z.object({ start: z.string() }) })
    .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
  return scripts.start.split(' ').slice(1);
}

async function start(directory: string): Promise<Server> {
  const port = await freePort();
  const child = spawn(process.execPath, startArguments(), {
    cwd: root,
    env: {
      ...process.env,
      PORT: String(port),
      DATA_DIR: directory,
      DEMO: '1',
      DEMO_PASSWORD: PASSWORD,
      LOG_LEVEL: 'error',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const exit = once(child, 'close');
  const url = `http://127.0.0.1:${port}`;
  const isReady = () =>
    fetch(`${url}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
  while (!(await isReady())) {
    if (child.exitCode !== null) throw new Error('The server does not start');
    await pause(50);
  }
  return {
    url,
    child,
    async end() {
      child.kill('SIGTERM');
      await exit;
    },
  };
}

function resident({ child }: Server): number | null {
  try {
    const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
    return 1024 * Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]);
  } catch {
    return null;
  }
}

/** The most that the server takes while `work` is done, looked at a hundred times a second. */
async function peakDuring<T>(server: Server, work: () => Promise<T>) {
  let peakBytes = resident(server);
  const timer = setInterval(() => {
    const bytes = resident(server);
    if (bytes !== null) peakBytes = Math.max(peakBytes ?? 0, bytes);
  }, 10);
  try {
    const result = await work();
    return { result, peakBytes };
  } finally {
    clearInterval(timer);
  }
}

type Api = <T>(path: string, shape: z.ZodType<T>, body?: object) => Promise<T>;

const record = z.object({ id: z.string() });
const batches = z.object({ items: z.array(z.object({ productId: z.string() })) });

async function signIn({
  url,
}: Server): Promise<{ readonly api: Api; readonly token: string; readonly organization: string }> {
  let token = '';
  const api: Api = async (path, shape, body) => {
    const answer = await fetch(`${url}/api/v1${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
    return shape.parse(JSON.parse(text));
  };
  const session = await api(
    '/auth/login',
    z.object({
      accessToken: z.string(),
      user: z.object({ memberships: z.array(z.object({ organizationId: z.string() })) }),
    }),
    { login: MANAGER, password: PASSWORD },
  );
  token = session.accessToken;
  return { api, token, organization: session.user.memberships[0]?.organizationId ?? '' };
}

/** The demonstration's pictures are painted after the start; only then is the server at rest. */
async function untilPainted({ url }: Server): Promise<void> {
  const products = z.object({ items: z.array(z.object({ photos: z.array(z.unknown()) })) });
  for (let [painted, seen] = [0, -1]; painted > seen || painted === 0;) {
    await pause(PAINTING_MS);
    seen = painted;
    const { items } = products.parse(await (await fetch(`${url}/api/v1/products`)).json());
    painted = items.filter(({ photos }) => photos.length > 0).length;
  }
}

/** A batch that has as many packs as labels are wanted. */
async function newBatch(api: Api, organization: string, labels: number) {
  const { items } = await api(`/cooperatives/${organization}/batches`, batches);
  const batch = {
    lotNumber: 'BENCH-1',
    quantity: { value: labels, unit: 'kg' },
    packs: labels,
    producedOn: '2026-04-07',
  };
  return api(`/products/${items[0]?.productId}/batches`, record.extend({ code: z.string() }), batch);
}

/** Asks for a page, one after another, until `isOver`. @returns milliseconds of each */
async function askFor(address: string, isOver: () => boolean): Promise<readonly number[]> {
  const took: number[] = [];
  while (!isOver()) {
    const began = performance.now();
    await (await fetch(address, { headers: { accept: 'text/html' } })).text();
    took.push(performance.now() - began);
  }
  return took;
}

/** Makes a run. @returns once its labels were read, with how long the first answer took */
async function newRun(api: Api, batchId: string, count: number) {
  const began = performance.now();
  const { id } = await api(`/batches/${batchId}/print-runs`, record, {
    template: 'avery-l7160',
    count,
    codes: 'unit',
  });
  const createdMs = performance.now() - began;
  const state = z.object({ check: z.unknown() });
  while ((await api(`/print-runs/${id}/progress`, state)).check === null) await pause(100);
  return { id, createdMs };
}

async function takeFile(address: string, token: string) {
  const began = performance.now();
  const answer = await fetch(address, { headers: { authorization: `Bearer ${token}` } });
  if (!answer.ok || answer.body === null)
    throw new Error(`${address}: ${answer.status} ${await answer.text()}`);
  let [firstByteMs, fileBytes] = [NaN, 0];
  for await (const part of answer.body) {
    if (fileBytes === 0) firstByteMs = performance.now() - began;
    fileBytes += (part as Uint8Array).length;
  }
  return { firstByteMs, fileBytes, wholeMs: performance.now() - began };
}

/** Measures the server with the demonstration's data, started again after they were loaded, as on any other day. */
export async function measureServer(labels: number): Promise<ServerFigures> {
  const directory = mkdtempSync(join(tmpdir(), 'nguon-bench-'));
  let server = await start(directory);
  try {
    await untilPainted(server);
    await server.end();
    server = await start(directory);
    const { api, token, organization } = await signIn(server);
    const batch = await newBatch(api, organization, labels);
    const trace = `${server.url}/${batch.code}`;
    const restBytes = resident(server);
    const run = await peakDuring(server, async () => newRun(api, batch.id, labels));
    const { id, createdMs } = run.result;
    const download = async () => takeFile(`${server.url}/api/v1/print-runs/${id}/labels.pdf`, token);
    const alone = await peakDuring(server, download);
    const idleEnd = performance.now() + IDLE_MS;
    const idle = await askFor(trace, () => performance.now() > idleEnd);
    let isDone = false;
    const asking = askFor(trace, () => isDone);
    const beside = await peakDuring(server, download);
    isDone = true;
    const busy = await asking;
    return {
      ...alone.result,
      labels,
      createdMs,
      restBytes,
      runPeakBytes: run.peakBytes,
      filePeakBytes: alone.peakBytes,
      besidePeakBytes: beside.peakBytes,
      idleP99: percentile(idle, 0.99),
      busyP99: percentile(busy, 0.99),
      pages: busy.length,
    };
  } finally {
    await server.end();
    rmSync(directory, { recursive: true, force: true });
  }
}
