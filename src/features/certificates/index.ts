import type { Connection } from 'mongoose';
import { dateInVietnam } from '../../platform/clock.ts';
import type { Workplace } from '../../platform/work-frame.ts';
import { certificateRoutes } from './routes.ts';
import { certificateService, type CertificateServiceDeps } from './service.ts';
import { certificateStore } from './store.ts';
import { certificateWorkRoutes } from './work-routes.ts';

export type CertificateFeatureDeps = Omit<CertificateServiceDeps, 'store'> & {
  readonly connection: Connection;
  readonly workplaceFrame: Workplace;
};

/** Certificates, judged on the day of looking. */
export function certificatesFeature(deps: CertificateFeatureDeps) {
  const service = certificateService({ ...deps, store: certificateStore(deps.connection) });
  const today = () => dateInVietnam(deps.clock.now());
  const made = { service, today, workplaceFrame: deps.workplaceFrame };
  return {
    routes: [...certificateRoutes(made), ...certificateWorkRoutes(made)],
    contract: service.contract,
    service,
  };
}
