// Makes `npm start` and `npm test` work on a fresh clone: installs from the lockfile what is missing or differs
// from it, builds what is missing or stale, and says what it does. Uses nothing but Node.js, because it runs
// before anything is installed. Stopped in the middle, it begins that part again the next time.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const packageRoot = dirname(dirname(fileURLToPath(import.meta.url)));
const LEAST_NODE = [20, 19];

/** What npm writes last, once every package is in its place: the list of what is installed. */
const installedList = (root) => join(root, 'node_modules', '.package-lock.json');

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
  } catch {
    return null;
  }
}

/**
 * The first package that the lockfile asks for and that is not installed in that version, or null.
 * Packages for other systems (`optional`) do not count; packages for development only where they are wanted.
 */
export function missingPackage(root, withDevelopment) {
  const wanted = readPackages(join(root, 'package-lock.json')) ?? {};
  const installed = readPackages(installedList(root));
  if (installed === null) return 'node_modules';
  const needed = Object.entries(wanted).filter(
    ([path, entry]) =>
      path !== '' && !entry.optional && !entry.devOptional && (withDevelopment || !entry.dev),
  );
  const missing = needed.find(
    ([path, entry]) =>
      installed[path]?.version !== entry.version || !existsSync(join(root, path, 'package.json')),
  );
  return missing === undefined ? null : missing[0].replace(/^.*node_modules\//, '');
}

function filesUnder(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesUnder(path) : [path];
  });
}

/** A digest of all that the compiled server is made from: the source, the compiler and its settings. */
export function buildDigest(root) {
  const hash = createHash('sha256');
  const settings = ['tsconfig.json', 'scripts/config/tsconfig.build.json'].map((file) => join(root, file));
  const compiler = join(root, 'node_modules', 'typescript', 'package.json');
  for (const file of [...filesUnder(join(root, 'src')).sort(), ...settings, compiler]) {
    hash
      .update(`${file.slice(root.length)}\0`)
      .update(readFileSync(file))
      .update('\0');
  }
  return hash.digest('hex');
}

function timed(what, work) {
  console.error(`${what} …`);
  const startedAt = performance.now();
  work();
  console.error(`${what}: done in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
}

function run(file, args) {
  execFileSync(file, args, {
    cwd: packageRoot,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
}

function install(goal) {
  const missing = missingPackage(packageRoot, goal === 'test');
  if (missing === null) return;
  // Without the list, an install that is stopped in the middle cannot be taken for a whole one.
  rmSync(installedList(packageRoot), { force: true });
  // No package needs its install script: what has to be compiled comes compiled inside the packages.
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const scope = goal === 'start' ? ['--omit=dev'] : [];
  const purpose = goal === 'start' ? 'to run the server' : 'to run the tests';
  timed(`Installing packages ${purpose} (${missing} is missing or of another version)`, () =>
    run('npm', ['ci', ...flags, ...scope]),
  );
  const still = missingPackage(packageRoot, goal === 'test');
  if (still !== null) throw new Error(`${still} is still missing after npm ci`);
}

function build() {
  const dist = join(packageRoot, 'dist');
  const stamp = join(dist, '.built-from');
  const digest = buildDigest(packageRoot);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return;
  const why = existsSync(stamp) ? 'the source has changed' : 'there is no build yet';
  timed(`Building the server (${why})`, () => {
    rmSync(dist, { recursive: true, force: true });
    const compiler = join(packageRoot, 'node_modules', 'typescript', 'bin', 'tsc');
    run(process.execPath, [compiler, '-p', 'scripts/config/tsconfig.build.json']);
    // Written last: a build that was stopped has no stamp.
    writeFileSync(stamp, digest);
  });
}

function main() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < LEAST_NODE[0] || (major === LEAST_NODE[0] && minor < LEAST_NODE[1])) {
    throw new Error(`Node.js ${LEAST_NODE.join('.')} or newer is needed; this is ${process.version}`);
  }
  install(process.argv[2] === 'test' ? 'test' : 'start');
  build();
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    main();
  } catch (error) {
    console.error(`Nguồn could not be prepared: ${error.message}`);
    process.exit(1);
  }
}
