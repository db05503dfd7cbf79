import { cpus } from 'node:os';
import type { Row, Waits } from './measure.ts';
import { FLOOR, OURS, THEIRS } from './peers.ts';

export type Report = {
  /** Processor and Node.js of the machine. */
  readonly machine: string;
  readonly rows: readonly Row[];
  /** Time of an indexed read of 1,000,000 documents in those of one of 10,000, by clients; empty when not measured. */
  readonly growth: ReadonlyMap<number, number>;
  /** What a read by `_id` waits for an aggregation over 1,000,000; null when not measured. */
  readonly waits: Waits | null;
};

/** What each row is to show at least. */
export const RATIO_LEAST = 2;
export const GROWTH_MOST = 1.5;

/** What the figures were measured on. */
export function machine(): string {
  const processors = cpus();
  return `${processors.length} × ${processors[0]?.model.trim() ?? 'unknown'}, Node.js ${process.versions.node}`;
}

/** How many times as much one does as another, by default the embedded server as FerretDB; null without both. */
export function ratioOf({ perSecond }: Row, of = OURS, to = THEIRS): number | null {
  const [more, less] = [perSecond.get(of), perSecond.get(to)];
  return more === undefined || less === undefined ? null : more / less;
}

function figure(value: number | null): string {
  const digits = (value ?? 0) < 100 ? { maximumSignificantDigits: 3 } : { maximumFractionDigits: 0 };
  return value === null ? '' : value.toLocaleString('en', digits);
}

const marked = (ratio: number | null): string =>
  ratio === null ? '' : `${figure(ratio)} ×${ratio < RATIO_LEAST ? ' (!)' : ''}`;

const clientsOf = (clients: number): string => `${clients} ${clients === 1 ? 'client' : 'clients'}`;

/** The table as Markdown: operations in a second (documents for the bulk insert). */
export function markdown({ machine: kind, rows, growth, waits }: Report): string {
  const peers = [OURS, THEIRS, FLOOR].filter((name) => rows.some(({ perSecond }) => perSecond.has(name)));
  const head = ['in a second', 'clients', ...peers, 'ratio'];
  const lines = rows.map((row) => {
    const values = peers.map((name) => figure(row.perSecond.get(name) ?? null));
    return [row.workload.title, String(row.clients), ...values, marked(ratioOf(row))];
  });
  const table = [head, head.map((_, at) => (at === 0 ? '---' : '--:')), ...lines];
  const grown = [...growth].map(
    ([clients, ratio]) =>
      `A read by an index of 1,000,000 documents takes ${ratio.toFixed(2)} × as long as one of 10,000 ` +
      `(${clientsOf(clients)})${ratio > GROWTH_MOST ? ' (!)' : ''}.`,
  );
  const waited =
    waits === null
      ? []
      : [
          `A read by _id takes ${figure(waits.aloneMs)} ms alone, ${figure(waits.besideMs)} ms while a grouped aggregation ` +
            `over 1,000,000 documents runs (medians; ${figure(waits.longestMs)} ms at the longest).`,
        ];
  const floors = rows.flatMap((row) => {
    const most = ratioOf(row, FLOOR);
    const [title, clients] = [row.workload.title, clientsOf(row.clients)];
    return most === null
      ? []
      : [`${title}: the floor does ${figure(most)} × what FerretDB does (${clients}).`];
  });
  const notes = [...floors, ...grown, ...waited];
  return [
    ...(rows.length > 0 ? table.map((cells) => `| ${cells.join(' | ')} |`) : []),
    '',
    ...notes,
    ...(notes.length > 0 ? [''] : []),
    `Medians of interleaved repeats on ${kind}, the client on the same machine. A repeat of more than a minute is`,
    'broken off, and what it had begun is counted as done.',
    'Both acknowledge a write after its commit is synchronised to the disk: SQLite with a write-ahead log and',
    'synchronous=FULL, which FerretDB leaves at its default. The floor keeps nothing that one could read: it writes two',
    'pages for all that waits, synchronises, and answers with fixed bytes. Nothing durable is faster behind this driver.',
    '',
  ].join('\n');
}

/** The same for programs. */
export function json({ machine: kind, rows, growth, waits }: Report): string {
  const plain = rows.map((row) => ({
    workload: row.workload.name,
    clients: row.clients,
    perSecond: Object.fromEntries(row.perSecond),
    ratio: ratioOf(row),
  }));
  return `${JSON.stringify({ machine: kind, rows: plain, growth: Object.fromEntries(growth), waits }, null, 2)}\n`;
}
