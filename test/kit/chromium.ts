import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';

/** Names under which systems install it, the commonest first. */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
/** A package that carries a Chromium; used only where somebody installed it. */
const PACKAGE = '@sparticuz/chromium';

/** What a container without a display, a sandbox and a connection to anywhere needs. */
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/** One that is there but answers slowly is a machine under load and no missing browser. */
const START_TIMEOUT_MS = 60_000;

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The first Chromium in `PATH`, or null. */
export function chromiumInPath(path = process.env['PATH'] ?? ''): string | null {
  const folders = path.split(delimiter).filter((folder) => folder !== '');
  const candidates = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return candidates.find(isProgram) ?? null;
}

function packageInstalled(): boolean {
  try {
    import.meta.resolve(PACKAGE);
    return true;
  } catch {
    return false;
  }
}

async function executablePath(): Promise<string> {
  const found = chromiumInPath();
  if (found !== null) return found;
  const packed = (await import(PACKAGE)) as { default: { executablePath(): Promise<string> } };
  return packed.default.executablePath();
}

/** Why pages cannot be looked at here; null where they can. */
export function whyNoBrowser(): string | null {
  return chromiumInPath() !== null || packageInstalled()
    ? null
    : `no Chromium: none of ${NAMES.join(', ')} is in PATH, and ${PACKAGE} is not installed`;
}

/**
 * A suite that needs a real browser, which is started before it and closed after it. Without a Chromium on the machine
 * its tests are skipped and the suite's name says why.
 */
export function describeInBrowser(title: string, body: (browser: () => Browser) => void): void {
  const reason = whyNoBrowser();
  let running: Browser | undefined;
  const browser = (): Browser => {
    if (running === undefined) throw new RangeError('The browser runs only within a test');
    return running;
  };
  if (reason !== null) {
    describe.skip(`${title} (skipped: ${reason})`, () => body(browser));
    return;
  }
  describe(title, function () {
    this.timeout(START_TIMEOUT_MS);
    before(async () => {
      const path = await executablePath();
      running = await chromium.launch({
        executablePath: path,
        args: ARGUMENTS,
        timeout: START_TIMEOUT_MS,
      });
    });
    after(async () => running?.close());
    body(browser);
  });
}
