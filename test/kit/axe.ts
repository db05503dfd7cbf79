import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** WCAG 2.2 at levels A and AA, as axe-core tags its rules, and what it calls best practice. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

type Finding = {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly target: readonly unknown[]; readonly failureSummary?: string }[];
};

/**
 * What axe-core finds wrong with the page as it stands, one line each: rule, where, and why. Empty is good. The page
 * must run scripts; axe comes in through the debugger, so that the page's own content security policy stays in force.
 */
export async function accessibilityFaults(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const options = JSON.stringify({ runOnly: { type: 'tag', values: TAGS } });
  // As text, since the types of browsers are not those of Node.js.
  const violations = await page.evaluate<readonly Finding[]>(
    `axe.run(document, ${options}).then((result) => result.violations)`,
  );
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary = help }) => `${id} at ${String(target)}: ${failureSummary}`),
  );
}
