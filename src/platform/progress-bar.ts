import { isWatched, say } from './terminal.ts';

/** How far something is that has a known number of bytes. */
export type ProgressFacts = { readonly done: number; readonly total: number; readonly elapsedMs: number };

export type ProgressBar = { update(done: number, total: number): void; end(): void };

const BAR_CELLS = 20;
const REDRAW_MS = 100;
/** Where nobody looks, into a file or a service's log: a line this often. */
const LINE_MS = 10_000;
const UNITS = ['B', 'KB', 'MB', 'GB', 'TB'] as const;

/** `12.3 MB`; a thousand bytes are a kilobyte. */
export function byteText(bytes: number): string {
  const step = bytes < 1_000 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), UNITS.length - 1);
  const value = bytes / 1_000 ** step;
  return `${value.toFixed(step === 0 ? 0 : 1)} ${UNITS[step] ?? 'B'}`;
}

function durationText(seconds: number): string {
  const whole = Math.ceil(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** `45 %  5.4 MB / 12.0 MB  2.1 MB/s  4 s`; rate and time left once there is something to reckon from. */
export function progressText({ done, total, elapsedMs }: ProgressFacts): string {
  const share = total === 0 ? 1 : Math.min(done / total, 1);
  const parts = [`${Math.floor(share * 100)} %`, `${byteText(done)} / ${byteText(total)}`];
  if (done > 0 && elapsedMs > 0) {
    parts.push(`${byteText((done / elapsedMs) * 1_000)}/s`);
    if (share < 1) parts.push(`còn / left ${durationText(((total - done) * elapsedMs) / done / 1_000)}`);
  }
  return parts.join('  ');
}

/** `[████░░░░]`, of the share that is done. */
export function barText({ done, total }: ProgressFacts): string {
  const full = total === 0 ? BAR_CELLS : Math.floor(Math.min(done / total, 1) * BAR_CELLS);
  return `[${'█'.repeat(full)}${'░'.repeat(BAR_CELLS - full)}]`;
}

/** A bar that is redrawn on a screen; where nobody looks, its title and then a line now and again. */
export function progressBar(title: string): ProgressBar {
  const startedAt = performance.now();
  let [done, total, shownAt] = [0, 0, -Infinity];
  const show = (): void => {
    shownAt = performance.now();
    const facts = { done, total, elapsedMs: shownAt - startedAt };
    if (isWatched()) process.stderr.write(`\r${title} ${barText(facts)} ${progressText(facts)}\u001b[K`);
    else say(`${title} ${progressText(facts)}`);
  };
  return {
    update(newDone, newTotal) {
      [done, total] = [newDone, newTotal];
      if (performance.now() - shownAt >= (isWatched() ? REDRAW_MS : LINE_MS)) show();
    },
    end() {
      show();
      if (isWatched()) process.stderr.write('\n');
    },
  };
}
