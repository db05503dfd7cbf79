import { execFile, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** How a command ended; null for one that was killed. */
export type Ended = { readonly code: number | null; readonly said: string };

/** The command as an operator gives it, while it runs. */
export function startNguon(
  dataDir: string,
  words: readonly string[],
  settings: Readonly<Record<string, string>> = {},
): { readonly child: ChildProcess; readonly ended: Promise<Ended> } {
  const env = { PATH: process.env['PATH'] ?? '', DATA_DIR: dataDir, ...settings };
  const args = ['--import', 'tsx', 'src/nguon.ts', ...words];
  let end: (ended: Ended) => void;
  const ended = new Promise<Ended>((resolve) => (end = resolve));
  const child = execFile(process.execPath, args, { cwd: root, env }, (_error, out, err) => {
    end({ code: child.exitCode, said: out + err });
  });
  return { child, ended };
}

/** The command, to its end. */
export function nguon(...asked: Parameters<typeof startNguon>): Promise<Ended> {
  return startNguon(...asked).ended;
}
