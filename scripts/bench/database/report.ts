import { cpus } from 'node:os';
import type { Row, Waits } from './measure.ts';

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

/** How many times as much the embedded server does as its peer; null without one. */
export function ratioOf({ perSecond }: Row): number | null {
  const [ours, theirs] = [...perSecond.values()];
  return ours === undefined || theirs === undefined ? null : ours / theirs;
}

const figure = (value: number): string =>
  value.toLocaleString('en', value < 100 ? { maximumSignificantDigits: 3 } : { maximumFractionDigits: 0 });

/** The table as Markdown: operations in a second (documents for the bulk insert). */
export function markdown({ machine: kind, rows, growth, waits }: Report): string {
  const peers = [...(rows[0]?.perSecond.keys() ?? [])];
  const head = ['in a second', 'clients', ...peers, ...(peers.length > 1 ? ['ratio'] : [])];
  const lines = rows.map((row) => {
    const ratio = ratioOf(row);
    const values = [...row.perSecond.values()].map(figure);
    const last = ratio === null ? [] : [`${figure(ratio)} ×${ratio < RATIO_LEAST ? ' (!)' : ''}`];
    return [row.workload.title, String(row.clients), ...values, ...last];
  });
  const table = [head, head.map((_, at) => (at === 0 ? '---' : '--:')), ...lines];
  const grown = [...growth].map(
    ([clients, ratio]) =>
      `A read by an index of 1,000,000 documents takes ${ratio.toFixed(2)} × as long as one of 10,000 ` +
      `(${clients} ${clients === 1 ? 'client' : 'clients'})${ratio > GROWTH_MOST ? ' (!)' : ''}.`,
  );
  const waited =
    waits === null
      ? []
      : [
          `A read by _id takes ${figure(waits.aloneMs)} ms alone, ${figure(waits.besideMs)} ms while a grouped aggregation ` +
            `over 1,000,000 documents runs (medians; ${figure(waits.longestMs)} ms at the longest).`,
        ];
  const notes = [...grown, ...waited];
  return [
    ...(rows.length > 0 ? table.map((cells) => `| ${cells.join(' | ')} |`) : []),
    '',
    ...notes,
    ...(notes.length > 0 ? [''] : []),
    `Medians of interleaved repeats on ${kind}, the client on the same machine. A repeat of more than a minute is`,
    'broken off, and what it had begun is counted as done.',
    'Both acknowledge a write after its commit is synchronised to the disk: SQLite with a write-ahead log and',
    'synchronous=FULL, which FerretDB leaves at its default.',
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
