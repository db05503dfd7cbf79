import { parseArgs } from 'node:util';
import { newBench, type Row, type Waits } from './database/measure.ts';
import { startPeers } from './database/peers.ts';
import { json, machine, markdown } from './database/report.ts';
import { GROWTH, WAITS, WORKLOADS } from './database/workloads.ts';

/**
 * The embedded database beside FerretDB over SQLite: the same work, the same driver, taking turns.
 * `npm run bench:database -- [--quick] [--workload insert,group] [--clients 1,32] [--repeats 5] [--alone] [--json]`
 * `--quick` leaves the 1,000,000 documents out; `--alone` leaves FerretDB out.
 */

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    alone: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    workload: { type: 'string' },
    clients: { type: 'string', default: '1,32' },
    repeats: { type: 'string', default: '5' },
  },
});

const names = options.workload?.split(',') ?? [...WORKLOADS.map(({ name }) => name), 'growth', 'waits'];
const known = [...WORKLOADS.map(({ name }) => name), 'growth', 'waits'];
const unknown = names.find((name) => !known.includes(name));
if (unknown !== undefined) throw new Error(`no workload ${unknown}; there are ${known.join(', ')}`);
const clientCounts = options.clients.split(',').map(Number);

function progress(text: string): void {
  process.stderr.write(`${text}\n`);
}

const peers = await startPeers(options.alone);
try {
  const bench = newBench(peers, Number(options.repeats));
  const rows: Row[] = [];
  for (const workload of WORKLOADS.filter(({ name }) => names.includes(name))) {
    for (const clients of clientCounts) {
      progress(`${workload.title}, ${clients} client(s) …`);
      rows.push(await bench.row(workload, clients));
    }
  }
  const growth = new Map<number, number>();
  const [ours] = peers;
  if (names.includes('growth') && !options.quick && ours !== undefined) {
    for (const clients of clientCounts) {
      progress(`an index of 1,000,000, ${clients} client(s) …`);
      growth.set(clients, await bench.growth(ours, GROWTH, clients));
    }
  }
  let waits: Waits | null = null;
  if (names.includes('waits') && !options.quick && ours !== undefined) {
    progress('a read by _id beside an aggregation over 1,000,000 …');
    waits = await bench.waits(ours, ...WAITS);
  }
  const report = { machine: machine(), rows, growth, waits };
  process.stdout.write(options.json ? json(report) : markdown(report));
} finally {
  await Promise.all(peers.map((peer) => peer.close()));
}
