// FerretDB 1.24 over SQLite: a MongoDB-compatible server that is one file, where somebody has put it. The tests run on
// it in place of MongoDB, and the embedded database is compared with it.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from './free-port.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const START_MS = 20_000;
const POLL_MS = 100;

export function ferretdbFile() {
  const folders = [join(root, '.cache', 'bin'), ...(process.env.PATH ?? '').split(delimiter)];
  const candidates = [process.env.FERRETDB ?? '', ...folders.map((folder) => join(folder, 'ferretdb'))];
  return candidates.find((file) => file !== '' && existsSync(file)) ?? null;
}

export function ferretdbArguments(directory, port) {
  return [
    '--handler=sqlite',
    `--sqlite-url=file:${directory}/`,
    `--state-dir=${directory}`,
    `--listen-addr=127.0.0.1:${port}`,
    '--debug-addr=-',
    '--telemetry=disable',
    '--log-level=error',
  ];
}

export async function waitForPort(port, child) {
  const giveUpAt = Date.now() + START_MS;
  for (;;) {
    const isOpen = await new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('error', () => resolve(false));
      socket.once('connect', () => {
        socket.destroy();
        resolve(true);
      });
    });
    if (isOpen) return;
    if (child.exitCode !== null) throw new Error(`${child.spawnfile} ended with code ${child.exitCode}`);
    if (Date.now() > giveUpAt)
      throw new Error(`${child.spawnfile} does not listen after ${START_MS / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

export async function startFerretdb(file) {
  const directory = mkdtempSync(join(tmpdir(), 'ferretdb-'));
  const port = await freePort();
  const child = spawn(file, ferretdbArguments(directory, port), { stdio: 'ignore' });
  const ended = new Promise((resolve) => child.once('close', resolve));
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
    rmSync(directory, { recursive: true, force: true });
  };
  try {
    await waitForPort(port, child);
  } catch (error) {
    await stop();
    throw error;
  }
  return { uri: `mongodb://127.0.0.1:${port}/`, stop };
}
