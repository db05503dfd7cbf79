import type { Catalog, Collection } from './catalog.ts';
import type { View } from './collection-kinds.ts';
import { viewOf } from './collection-kinds.ts';
import { CommandError } from './errors.ts';

/** How many views there may be on the way to a collection. Source: server, db/views/view_graph.h */
export const VIEW_DEPTH_MAX = 20;

export const viewsTooDeep = (): CommandError =>
  new CommandError('ViewDepthLimitExceeded', `View depth limit exceeded; maximum depth is ${VIEW_DEPTH_MAX}`);

/** The view of this name; null for a collection, or where there is neither. */
export function viewNamed(catalog: Catalog, database: string, name: string): Collection | null {
  const found = catalog.find(database, name);
  return found === null || viewOf(found) === null ? null : found;
}

/** The collection that a view looks at in the end, by all the pipelines on the way. @throws CommandError 165 */
export function resolvedView(catalog: Catalog, view: Collection): View {
  let reached: View = { on: view.name, pipeline: [] };
  for (let depth = 0; depth < VIEW_DEPTH_MAX; depth++) {
    const next = viewNamed(catalog, view.database, reached.on);
    const below = next === null ? null : viewOf(next);
    if (below === null) return reached;
    reached = { on: below.on, pipeline: [...below.pipeline, ...reached.pipeline] };
  }
  // So many may be made one on another, but the first of them is not read: MongoDB stops here, too.
  throw viewsTooDeep();
}
