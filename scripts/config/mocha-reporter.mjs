import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';

const { EVENT_RUN_END, EVENT_TEST_FAIL, EVENT_TEST_PASS, EVENT_TEST_PENDING } = Mocha.Runner.constants;

/** Why a test was left out: what `skipBecause` (test/kit/skip.ts) noted on it or on a suite around it, or a title says. */
function skipReason(test) {
  for (let node = test; node; node = node.parent) {
    if (typeof node.skipReason === 'string') return node.skipReason;
    const inTitle = /\(skipped: (.+)\)/.exec(node.title ?? '')?.[1];
    if (inTitle !== undefined) return inTitle;
  }
  return 'no reason given';
}

/** How long a run may take to end after its last test. */
const END_MAX_MS = 15_000;

/** A connection or thread that a test has left open is that test's fault: it is said, not waited for. */
function stopHanging() {
  process.stderr.write(`\nThe run does not end: ${process.getActiveResourcesInfo().join(', ')}\n`);
  process.exit(1);
}

/**
 * A quiet reporter: nothing while all is well, each failure in full at the end. Writes the counts and the skipped
 * tests as JSON to the file that the option `output` names.
 */
export default class Summary extends Mocha.reporters.Base {
  constructor(runner, options) {
    super(runner, options);
    const summary = { passed: 0, failed: 0, skipped: [] };
    runner.on(EVENT_TEST_PASS, () => {
      summary.passed += 1;
    });
    runner.on(EVENT_TEST_FAIL, () => {
      summary.failed += 1;
    });
    runner.on(EVENT_TEST_PENDING, (test) => {
      summary.skipped.push({ title: test.fullTitle(), reason: skipReason(test) });
    });
    runner.once(EVENT_RUN_END, () => {
      if (summary.failed > 0) Mocha.reporters.Base.list(this.failures);
      writeFileSync(options.reporterOptions.output, JSON.stringify(summary));
      setTimeout(stopHanging, END_MAX_MS).unref();
    });
  }
}
