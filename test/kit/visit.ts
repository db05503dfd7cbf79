import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

export type VisitOptions = {
  /** CSS pixels; 360 × 640 is the phone that every page is made for. */
  readonly width?: number;
  readonly height?: number;
  readonly colorScheme?: 'light' | 'dark';
  readonly forcedColors?: 'active';
  readonly javaScript?: boolean;
  /** The session of somebody who signed in: the value of the cookie `nguon_session`. */
  readonly session?: string;
};

export type Visit = {
  readonly page: Page;
  readonly status: number;
  /** What a visitor would never see and a tester must: other hosts, errors, refusals by the policy, sideways scroll. */
  faults(): Promise<readonly string[]>;
  close(): Promise<void>;
};

const PHONE = { width: 360, height: 640 } as const;

/** How far a page can be scrolled sideways, in CSS pixels; 0 is right. */
export async function sidewaysPx(page: Page): Promise<number> {
  return page.evaluate(
    // A text, since the types of browsers are not those of Node.js.
    'Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)',
  );
}

function watch(page: Page, host: string): string[] {
  const seen: string[] = [];
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (/^https?:$/.test(url.protocol) && url.host !== host) seen.push(`asks another host: ${url.href}`);
  });
  page.on('response', (response) => {
    const main = response.request().isNavigationRequest();
    if (!main && response.status() >= 400) seen.push(`${response.status()} for ${response.url()}`);
  });
  page.on('pageerror', (error) => seen.push(`script error: ${error.message}`));
  // A refusal by the content security policy comes as an error on the console as well.
  page.on('console', (message) => {
    const missingPage = message.text().includes('the server responded with a status of');
    if (message.type() === 'error' && !missingPage) seen.push(`console: ${message.text()}`);
  });
  return seen;
}

/** Opens `url` as one visitor with a phone, a desk or neither; the visit's context is its own, without cookies. */
export async function visit(browser: Browser, url: string, options: VisitOptions = {}): Promise<Visit> {
  const { width = PHONE.width, height = PHONE.height, javaScript = true } = options;
  const settings: BrowserContextOptions = {
    viewport: { width, height },
    javaScriptEnabled: javaScript,
    colorScheme: options.colorScheme ?? 'light',
    forcedColors: options.forcedColors ?? 'none',
    locale: 'vi-VN',
    // A motion under way would be measured half-way.
    reducedMotion: 'reduce',
  };
  const context = await browser.newContext(settings);
  if (options.session !== undefined) {
    await context.addCookies([{ name: 'nguon_session', value: options.session, url: new URL(url).origin }]);
  }
  const page = await context.newPage();
  const seen = watch(page, new URL(url).host);
  const response = await page.goto(url, { waitUntil: 'load' });
  return {
    page,
    status: response?.status() ?? 0,
    async faults() {
      const sideways = javaScript ? await sidewaysPx(page) : 0;
      return sideways === 0 ? seen : [...seen, `scrolls ${sideways} px sideways at ${width} px`];
    },
    close: async () => context.close(),
  };
}
