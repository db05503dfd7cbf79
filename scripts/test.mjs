// Everything that can be checked on this machine, in steps with their times, quiet while all is well. The last line
// is `N passed, N failed, N skipped`: every test counts, and so does every check. `node scripts/test.mjs checks`
// stops before the tests; with names of steps it runs only those.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ferretdbFile, startFerretdb } from './ferretdb.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const scratch = mkdtempSync(join(tmpdir(), 'nguon-run-'));
/** More steps at once than this make tests that watch the clock unreliable on a small machine. */
const STEPS_AT_ONCE = 2;
/** Four times what the longest step takes on the machine we measured on. */
const STEP_MAX_MS = 40 * 60_000;

const bin = (name) => join(root, 'node_modules', '.bin', name);

/** Runs a program to its end. Nothing is printed: the output is for whoever has to explain a failure. */
function run(file, args, { env = {}, maxMs = STEP_MAX_MS } = {}) {
  return new Promise((resolve) => {
    const output = [];
    const child = spawn(file, args, {
      cwd: root,
      env: { ...process.env, FORCE_COLOR: '0', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    });
    const timer = setTimeout(() => {
      output.push(`\nstopped after ${maxMs / 1000} s`);
      child.kill('SIGKILL');
    }, maxMs);
    child.stdout.on('data', (chunk) => output.push(chunk));
    child.stderr.on('data', (chunk) => output.push(chunk));
    child.on('error', (error) => output.push(String(error)));
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ ok: code === 0, output: output.join('').trim() });
    });
  });
}

/** A check is one test: it holds or it does not. */
function check(name, file, args) {
  return {
    name,
    async run() {
      const { ok, output } = await run(file, args);
      return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: [], output: ok ? '' : output };
    },
  };
}

/** Tests of some folders. Mocha says how many by a file: a run that died before its end has none and is a failure. */
async function mocha(name, args, env) {
  const file = join(scratch, `${name.replaceAll(' ', '-')}.json`);
  const reporter = join(root, 'scripts', 'config', 'mocha-reporter.mjs');
  const options = ['--reporter', reporter, '--reporter-option', `output=${file}`];
  // mocha's own command starts this as a child, which would outlive a step that is stopped.
  const program = join(root, 'node_modules', 'mocha', 'lib', 'cli', 'cli.js');
  const { ok, output } = await run(process.execPath, ['--import=tsx', program, ...options, ...args], { env });
  const summary = existsSync(file)
    ? JSON.parse(readFileSync(file, 'utf8'))
    : { passed: 0, failed: 0, skipped: [] };
  const failed = ok ? summary.failed : Math.max(summary.failed, 1);
  return { ...summary, failed, output: failed > 0 ? output : '' };
}

function skip(title, reason) {
  return { passed: 0, failed: 0, skipped: [{ title, reason }], output: '' };
}

function folderHasTests(folder) {
  const path = join(root, folder);
  return existsSync(path) && readdirSync(path, { recursive: true }).some((file) => file.endsWith('.test.ts'));
}

function tests(name, paths, env = {}) {
  return {
    name,
    run: async () =>
      folderHasTests(paths.at(-1)) ? mocha(name, paths, env) : skip(name, `no tests in ${paths.at(-1)}`),
  };
}

/**
 * The application's tests again on a server that is not ours; the embedded server's own tests are for that alone, and
 * those of paper ask no database.
 */
const onMongodb = {
  name: 'integration on MongoDB',
  async run() {
    const name = 'integration on MongoDB';
    const uri = process.env.MONGODB_URI;
    if (uri !== undefined && uri !== '') return mocha(name, ['test/integration'], { MONGODB_URI: uri });
    const file = ferretdbFile();
    if (file === null) return skip(name, 'no MONGODB_URI and no ferretdb on the PATH or in .cache/bin');
    const ours = ['embedded-mongodb', 'paper'].flatMap((folder) => [
      '--ignore',
      `test/integration/${folder}/**`,
    ]);
    const ferretdb = await startFerretdb(file);
    try {
      return await mocha(name, ['test/integration', ...ours], { MONGODB_URI: ferretdb.uri });
    } finally {
      await ferretdb.stop();
    }
  },
};

const CHECKS = [
  check('types', bin('tsc'), []),
  check('types of views', bin('tsx'), ['scripts/typecheck-views.ts']),
  check('lint', bin('eslint'), [
    '-c',
    'scripts/config/eslint.config.mjs',
    '--max-warnings',
    '0',
    'src',
    'test',
    'scripts',
  ]),
  check('graph', bin('tsx'), ['scripts/check-graph.ts']),
  check('dead code', bin('knip'), ['--config', 'scripts/config/knip.json']),
  check('format', bin('prettier'), ['--check', '--log-level', 'warn', '.']),
];
/** Each takes about half a second; CI asks for more. */
const crashCycles = process.env.CRASH_CYCLES || '20';
const TESTS = [
  tests('integration', ['test/integration'], { MONGODB_URI: '' }),
  check(`${crashCycles} crashes`, bin('tsx'), ['test/crash/main.ts', '--cycles', crashCycles]),
  tests('unit', ['test/*.test.ts', 'test/unit']),
  onMongodb,
  tests('conformance', ['test/conformance'], { MONGODB_URI: '' }),
  tests('browser', ['test/browser'], { MONGODB_URI: '' }),
];

function stepsFor(names) {
  if (names.length === 0) return [...CHECKS, ...TESTS];
  if (names[0] === 'checks') return CHECKS;
  return [...CHECKS, ...TESTS].filter((step) => names.includes(step.name));
}

function report(step, result, seconds) {
  const counts =
    `${result.passed} passed` +
    (result.failed > 0 ? `, ${result.failed} FAILED` : '') +
    (result.skipped.length > 0 ? `, ${result.skipped.length} skipped` : '');
  console.log(`${step.name.padEnd(24)} ${`${seconds.toFixed(1)} s`.padStart(8)}  ${counts}`);
  if (result.output !== '') console.log(`${result.output}\n`);
}

async function runSteps(steps) {
  const waiting = [...steps];
  const results = [];
  const worker = async () => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      const startedAt = performance.now();
      const result = await step
        .run()
        .catch((error) => ({ passed: 0, failed: 1, skipped: [], output: String(error) }));
      report(step, result, (performance.now() - startedAt) / 1000);
      results.push(result);
    }
  };
  await Promise.all(Array.from({ length: STEPS_AT_ONCE }, worker));
  return results;
}

const startedAt = performance.now();
const steps = stepsFor(process.argv.slice(2));
try {
  const results = await runSteps(steps);
  const sum = (count) => results.reduce((total, result) => total + count(result), 0);
  const skipped = results.flatMap((result) => result.skipped);
  for (const { title, reason } of skipped) console.log(`skipped: ${title}: ${reason}`);
  const failed = sum((result) => result.failed);
  console.log(`${steps.length} steps in ${((performance.now() - startedAt) / 1000).toFixed(0)} s`);
  console.log(`${sum((result) => result.passed)} passed, ${failed} failed, ${skipped.length} skipped`);
  process.exitCode = failed === 0 && steps.length > 0 ? 0 : 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
