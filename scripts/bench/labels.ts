/**
 * Labels beside their peers in the same run, on this machine. Symbols of one process against the packages `qrcode` and
 * `qr` and, where a C compiler and libqrencode are present, against libqrencode; sheets of unit labels against a plain
 * loop over pdfkit; and the whole server while it sends one PDF of 100,000 of them. Medians of interleaved repeats.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import encodeQr from 'qr';
import { create } from 'qrcode';
import { runEncoder } from '../../src/domain/qr/encoder.ts';
import { planSymbol } from '../../src/domain/qr/plan.ts';
import { makeFile } from '../../src/features/labels/making.ts';
import { runLabels } from '../../src/features/labels/run-labels.ts';
import { median } from './kit/statistics.ts';
import { plainPdf } from './labels/plain.ts';
import { measureServer } from './labels/server.ts';
import { labelFonts, sampleKey, sampleRun, templateOf } from '../../test/kit/label-run.ts';

const REPEATS = 5;
const SYMBOLS = 10_000;
const SLOW_SYMBOLS = 1_500;
const LABELS = 10_500;
const PLAIN_LABELS = 1_050;
const SERVER_LABELS = 100_000;
const MB = 1e6;

const write = (line: string): void => void process.stdout.write(`${line}\n`);

async function perSecond(count: number, work: () => unknown): Promise<number> {
  const began = performance.now();
  await work();
  return (1_000 * count) / (performance.now() - began);
}

const run = sampleRun({ template: templateOf('avery-l7160'), count: LABELS });
if (run === null) throw new Error('The sample does not fit its sheet');
const labels = runLabels(run, [sampleKey]);
const made = Array.from({ length: SYMBOLS }, (_, at) => labels.labelAt(at + 1));

/** A program of ours around libqrencode; null, and why, where it cannot be made. */
function libqrencode(folder: string): string | null {
  const file = join(folder, 'qrencode');
  const source = join(import.meta.dirname, 'qrencode.c');
  for (const compiler of ['cc', 'gcc', 'clang']) {
    const { status } = spawnSync(compiler, ['-O2', source, '-o', file, '-lqrencode']);
    if (status === 0) return file;
  }
  write('SKIPPED libqrencode: it needs a C compiler and libqrencode-dev');
  return null;
}

const folder = mkdtempSync(join(tmpdir(), 'nguon-bench-'));
try {
  const native = libqrencode(folder);
  const input = made.map(({ address }) => address).join('\n');
  const found: Record<'ours' | 'qrcode' | 'qr' | 'libqrencode' | 'sheets' | 'plain', number[]> = {
    ours: [],
    qrcode: [],
    qr: [],
    libqrencode: [],
    sheets: [],
    plain: [],
  };
  const words = run.drawing.marks.flatMap((mark) => (mark.kind === 'text' ? [mark.text] : []));
  const plainLabels = made.slice(0, PLAIN_LABELS).map(({ address }) => ({ address, lines: words }));
  const plan = planSymbol(made[0]?.address ?? '', 20);
  for (let repeat = 0; repeat < REPEATS; repeat += 1) {
    const encoder = runEncoder(plan, 20);
    found.ours.push(await perSecond(SYMBOLS, () => made.forEach(({ code }) => encoder.encode(code))));
    const some = made.slice(0, SLOW_SYMBOLS);
    found.qrcode.push(
      await perSecond(SLOW_SYMBOLS, () => {
        for (const { address } of some) create(address, { errorCorrectionLevel: 'M' });
      }),
    );
    found.qr.push(
      await perSecond(SLOW_SYMBOLS, () => {
        for (const { address } of some) encodeQr(address, 'raw', { ecc: 'medium', border: 1 });
      }),
    );
    if (native !== null) found.libqrencode.push(Number(spawnSync(native, { input }).stdout.toString()));
    const job = { format: 'pdf', printout: { run, reprint: null }, keys: [sampleKey] } as const;
    found.sheets.push(
      await perSecond(LABELS, async () => {
        for await (const { bytes } of makeFile(job, labelFonts)) void bytes;
      }),
    );
    found.plain.push(await perSecond(PLAIN_LABELS, () => plainPdf(plainLabels)));
  }
  const ours = median(found.ours);
  write(`symbols/s, one core: ours ${ours.toFixed(0)}`);
  const beside = (name: string, our: number, theirs: number): void =>
    write(`  ${name} ${theirs.toFixed(0)}: ours is ${(our / theirs).toFixed(1)} ×`);
  beside('qrcode', ours, median(found.qrcode));
  beside('qr', ours, median(found.qr));
  if (native !== null) beside('libqrencode', ours, median(found.libqrencode));
  write(`unit labels/s as PDF sheets with text, one core: ${median(found.sheets).toFixed(0)}`);
  beside('plain pdfkit loop', median(found.sheets), median(found.plain));
  const server = await measureServer(SERVER_LABELS);
  const bytes = (value: number | null): string =>
    value === null ? 'unknown' : `${(value / MB).toFixed(0)} MB`;
  write(`${server.labels} unit labels as one PDF of ${bytes(server.fileBytes)}, from the whole server`);
  write(
    `  run made in ${server.createdMs.toFixed(0)} ms; first bytes after ${server.firstByteMs.toFixed(0)} ms (aim 300)`,
  );
  write(`  whole after ${(server.wholeMs / 1_000).toFixed(1)} s`);
  write(
    `  resident (aim 150 MB): ${bytes(server.restBytes)} before, at most ${bytes(server.runPeakBytes)} while the run was made and ` +
      `checked, ${bytes(server.filePeakBytes)} while the file was sent, ` +
      `${bytes(server.besidePeakBytes)} while it was sent again beside ${server.pages} trace pages`,
  );
  const [idle, busy] = [server.idleP99, server.busyP99];
  write(
    `  p99 of the trace page ${idle.toFixed(0)} ms idle, ${busy.toFixed(0)} ms beside: ${(busy / idle).toFixed(1)} × (aim 3 ×)`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
