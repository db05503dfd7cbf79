/**
 * Labels beside their peers in the same run, on this machine: symbols of one process against the package `qrcode` and,
 * where a C compiler and libqrencode are present, against libqrencode; and sheets of unit labels. Medians of
 * interleaved repeats.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { create } from 'qrcode';
import { runEncoder } from '../../src/domain/qr/encoder.ts';
import { planSymbol } from '../../src/domain/qr/plan.ts';
import { makeFile } from '../../src/features/labels/making.ts';
import { runLabels } from '../../src/features/labels/run-labels.ts';
import { labelFonts, sampleKey, sampleRun, templateOf } from '../../test/kit/label-run.ts';

const REPEATS = 5;
const SYMBOLS = 10_000;
const SLOW_SYMBOLS = 1_500;
const LABELS = 10_500;

const write = (line: string): void => void process.stdout.write(`${line}\n`);
const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

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
  const found: Record<'ours' | 'qrcode' | 'libqrencode' | 'sheets', number[]> = {
    ours: [],
    qrcode: [],
    libqrencode: [],
    sheets: [],
  };
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
    if (native !== null) found.libqrencode.push(Number(spawnSync(native, { input }).stdout.toString()));
    const job = { format: 'pdf', printout: { run, reprint: null }, keys: [sampleKey] } as const;
    found.sheets.push(
      await perSecond(LABELS, async () => {
        for await (const { bytes } of makeFile(job, labelFonts)) void bytes;
      }),
    );
  }
  const ours = median(found.ours);
  write(`symbols/s, one core: ours ${ours.toFixed(0)}`);
  write(`  qrcode ${median(found.qrcode).toFixed(0)}: ours is ${(ours / median(found.qrcode)).toFixed(1)} ×`);
  if (native !== null) {
    const theirs = median(found.libqrencode);
    write(`  libqrencode ${theirs.toFixed(0)}: ours is ${(ours / theirs).toFixed(1)} ×`);
  }
  write(`unit labels/s as PDF sheets with text, one core: ${median(found.sheets).toFixed(0)}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
