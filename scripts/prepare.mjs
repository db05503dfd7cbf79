// Makes `npm start` and `npm test` work on a fresh clone: installs from the lockfile what is missing or older than
// it, builds what is missing or stale, and says what it does. Uses nothing but Node.js, because it runs before
// anything is installed.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const goal = process.argv[2] === 'test' ? 'test' : 'start';
const stampFile = join(root, 'node_modules', '.nguon-installed');
const buildStamp = join(root, 'dist', '.built');

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Nguồn needs Node.js 20.19 or newer; this is ${process.version}.`);
  process.exit(1);
}

const digest = (file) => createHash('sha256').update(readFileSync(file)).digest('hex');

function installed() {
  if (!existsSync(stampFile)) return 'nothing';
  const [lock, scope] = readFileSync(stampFile, 'utf8').split(' ');
  return lock === digest(join(root, 'package-lock.json')) ? scope : 'nothing';
}

function run(file, args) {
  execFileSync(file, args, { cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
}

function install() {
  const have = installed();
  if (have === 'all' || (goal === 'start' && have === 'product')) return;
  console.error(`Installing packages from the lockfile (${goal === 'start' ? 'to run' : 'to test'}) …`);
  run('npm', [
    'ci',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    ...(goal === 'start' ? ['--omit=dev'] : []),
  ]);
  const scope = goal === 'start' ? 'product' : 'all';
  writeFileSync(stampFile, `${digest(join(root, 'package-lock.json'))} ${scope}`);
}

function newest(folder) {
  return readdirSync(folder, { withFileTypes: true }).reduce((latest, entry) => {
    const path = join(folder, entry.name);
    return Math.max(latest, entry.isDirectory() ? newest(path) : statSync(path).mtimeMs);
  }, 0);
}

function build() {
  const fresh = existsSync(buildStamp) && statSync(buildStamp).mtimeMs >= newest(join(root, 'src'));
  if (fresh) return;
  console.error('Building …');
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  run(process.execPath, [
    join(root, 'node_modules', 'typescript', 'bin', 'tsc'),
    '-p',
    'scripts/config/tsconfig.build.json',
  ]);
  writeFileSync(buildStamp, '');
}

try {
  install();
  build();
} catch (error) {
  console.error(`Preparing failed: ${error.message}`);
  process.exit(1);
}
