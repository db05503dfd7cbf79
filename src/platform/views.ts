import { Eta } from 'eta';
import { join } from 'node:path';
import { packageRoot } from './package-root.ts';

const eta = new Eta({
  views: join(packageRoot, 'views'),
  cache: true,
  autoTrim: [false, 'nl'],
});

/**
 * The HTML of `views/{name}.eta`, which names its own layout. Values are escaped; a model is already in the
 * reader's language and formatted.
 */
export function renderView(name: string, model: object): string {
  return eta.render(name, model);
}
