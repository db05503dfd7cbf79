import { Eta } from 'eta';
import { join } from 'node:path';
import { packageRoot } from './package-root.ts';
import { chrome } from './strings.ts';
import type { PageFrame } from './page-frame.ts';

const eta = new Eta({ views: join(packageRoot, 'views'), cache: true });

/**
 * The HTML of `views/{name}.eta`, which names its own layout. Values are escaped; a model is already in the
 * reader's language and formatted. The words around every page are added here.
 */
export function renderView(name: string, model: object): string {
  const { page } = model as { readonly page: PageFrame };
  return eta.render(name, { ...model, chrome: chrome(page.language) });
}
