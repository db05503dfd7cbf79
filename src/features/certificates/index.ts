import type { Connection } from 'mongoose';
import { dateInVietnam } from '../../platform/clock.ts';
import { certificateRoutes } from './routes.ts';
import { certificateService, type CertificateServiceDeps } from './service.ts';
import { certificateStore } from './store.ts';

export type CertificateFeatureDeps = Omit<CertificateServiceDeps, 'store'> & {
  readonly connection: Connection;
};

/** Certificates, judged on the day of looking. */
export function certificatesFeature(deps: CertificateFeatureDeps) {
  const service = certificateService({ ...deps, store: certificateStore(deps.connection) });
  const today = () => dateInVietnam(deps.clock.now());
  return { routes: certificateRoutes({ service, today }), contract: service.contract, service };
}
