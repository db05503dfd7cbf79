import { todayElsewhere, type ElsewhereDeps } from './elsewhere.ts';
import { workplaceRoutes } from './routes.ts';
import { todayService, type TodayDeps } from './service.ts';
import type { WorkplaceRoutesDeps } from './routes.ts';

export type WorkplaceFeatureDeps = TodayDeps & Omit<WorkplaceRoutesDeps, 'service' | 'today'> & ElsewhereDeps;

/** The first screen after signing in. */
export function workplaceFeature(deps: WorkplaceFeatureDeps) {
  const service = todayService(deps);
  return { routes: workplaceRoutes({ ...deps, service, today: todayElsewhere(deps) }), service };
}
