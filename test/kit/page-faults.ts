import { accessibilityFaults } from './axe.ts';
import { sidewaysPx, type Visit, type VisitOptions } from './visit.ts';

/** Opens a path of the site in a browser, as somebody who signed in or not. */
export type OpenPage = (path: string, options?: VisitOptions) => Promise<Visit>;

const NARROW_WIDTHS = [360, 320];

async function faultsOfPage(open: OpenPage, path: string): Promise<readonly string[]> {
  const light = await open(path);
  const english = `${path}${path.includes('?') ? '&' : '?'}lang=en`;
  const dark = await open(english, { colorScheme: 'dark', width: 1280 });
  const found = [...(await accessibilityFaults(light.page)), ...(await accessibilityFaults(dark.page))];
  for (const width of NARROW_WIDTHS) {
    await light.page.setViewportSize({ width, height: 480 });
    const px = await sidewaysPx(light.page);
    if (px > 0) found.push(`scrolls ${px} px sideways at ${width} px`);
  }
  found.push(...(await light.faults()), ...(await dark.faults()));
  if (light.status !== 200) found.push(`status ${light.status}`);
  await Promise.all([light.close(), dark.close()]);
  return found.map((fault) => `${path}: ${fault}`);
}

/**
 * What axe, the policy, a wrong status or a narrow screen shows of pages: on a phone in light and Vietnamese, on a desk
 * in dark and English.
 */
export async function faultsOfPages(open: OpenPage, paths: readonly string[]): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const path of paths) faults.push(...(await faultsOfPage(open, path)));
  return faults;
}
