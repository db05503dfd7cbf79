import { dateInVietnam } from '../../platform/clock.ts';
import { verificationAnswer } from './answers.ts';
import { verificationItem } from './verification-item.ts';
import { digitalLinkRoutes } from './digital-link-routes.ts';
import { traceRoutes, type TraceRoutesDeps } from './routes.ts';
import { codeTries, type CodeTriesDeps } from './tries.ts';
import { traceService, type TraceDeps } from './service.ts';

export type TraceFeatureDeps = TraceDeps &
  Pick<CodeTriesDeps, 'log' | 'meters' | 'processes'> &
  Pick<TraceRoutesDeps, 'answers' | 'pages'>;

/** What a scanned label shows. */
export function traceFeature(deps: TraceFeatureDeps) {
  const service = traceService(deps);
  const tries = codeTries(deps);
  const today = () => dateInVietnam(deps.clock.now());
  return {
    routes: [...digitalLinkRoutes(deps), ...traceRoutes({ ...deps, service, tries, today })],
    service,
    tries,
    answer: verificationAnswer,
    item: verificationItem,
  };
}

export type Trace = ReturnType<typeof traceFeature>;
