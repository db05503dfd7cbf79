/**
 * What a person at the terminal reads, on standard error: standard output has the log, and only the log, so that a
 * program can read it.
 */
export function say(...lines: readonly string[]): void {
  process.stderr.write(`${lines.join('\n')}\n`);
}

/** Whether somebody looks at it while it is written. */
export function isWatched(): boolean {
  return process.stderr.isTTY;
}

export type ProgressLine = { update(done: number, total: number): void; end(): void };

/** One line that says how far something is: kept up to date on a screen, written once into a file. */
export function progressLine(title: string): ProgressLine {
  let shown = '';
  return {
    update(done, total) {
      const text = isWatched() ? `${title} ${Math.floor((100 * done) / total)} %` : title;
      if (text === shown) return;
      shown = text;
      process.stderr.write(isWatched() ? `\r${text}` : `${text}\n`);
    },
    end() {
      if (shown !== '' && isWatched()) process.stderr.write('\n');
    },
  };
}
