import type { Actor } from '../../platform/access.ts';
import { addDays, dateInVietnam, type Clock } from '../../platform/clock.ts';
import type { Batches } from '../batches/contract.ts';
import type { Certificate, Certificates } from '../certificates/contract.ts';
import type {
  Organization,
  OrganizationDirectory,
  Organizations,
  ProvinceInUse,
} from '../organizations/contract.ts';
import type { Products } from '../products/contract.ts';
import { certificatesOfManyToRenew, type Lapse } from './rules.ts';

export type OfficeDeps = {
  readonly batches: Batches;
  readonly products: Products;
  readonly organizations: Organizations;
  readonly certificates: Certificates;
  readonly directory: OrganizationDirectory;
  readonly clock: Clock;
};

/** Registrations named on the first screen; the list has the rest. */
const WAITING_SHOWN = 5;
/** A certificate that ended longer ago than this is history and nobody's task. */
const LAPSED_SINCE_DAYS = 365;

type Counts = Awaited<ReturnType<OrganizationDirectory['counts']>> & {
  readonly products: number;
  readonly batches: number;
};

type Office = {
  readonly counts: Counts;
  /** The longest waiting first. */
  readonly waiting: readonly Organization[];
  /** `YYYY-MM-DD` in Vietnam. */
  readonly today: string;
};

/** What an officer sees first: the own province. */
export type OfficerToday = Office & {
  readonly provinceCode: string;
  /** Active, by name, with how many products each has. */
  readonly cooperatives: readonly { readonly cooperative: Organization; readonly products: number }[];
  readonly certificates: readonly Lapse<Certificate>[];
};

/** What the administrator sees first: all provinces. */
export type AdministratorToday = Office & { readonly provinces: readonly ProvinceInUse[] };

/** What waits for those who look after organisations. */
export function officeService(deps: OfficeDeps) {
  const { batches, products, organizations, certificates, directory, clock } = deps;

  async function office(actor: Actor, provinceCode?: string): Promise<Office> {
    const [counts, waiting, productCount, batchCount] = await Promise.all([
      directory.counts(actor),
      directory.waiting(actor, WAITING_SHOWN),
      products.count(provinceCode),
      batches.count(provinceCode),
    ]);
    const today = dateInVietnam(clock.now());
    return { counts: { ...counts, products: productCount, batches: batchCount }, waiting, today };
  }

  return {
    /** @throws Problem `not-allowed` for whoever is no officer */
    async officer(actor: Actor, provinceCode: string): Promise<OfficerToday> {
      const [common, active] = await Promise.all([
        office(actor, provinceCode),
        organizations.activeCooperatives({ provinceCode }),
      ]);
      const ids = active.map(({ id }) => id);
      const [held, productsOf] = await Promise.all([
        certificates.ofCooperatives(ids, addDays(common.today, -LAPSED_SINCE_DAYS)),
        products.countByCooperative(ids),
      ]);
      return {
        ...common,
        provinceCode,
        cooperatives: active.map((cooperative) => ({
          cooperative,
          products: productsOf.get(cooperative.id) ?? 0,
        })),
        certificates: certificatesOfManyToRenew(held, common.today),
      };
    },

    /** @throws Problem `not-allowed` for anybody but the administrator */
    async administrator(actor: Actor): Promise<AdministratorToday> {
      const [common, provinces] = await Promise.all([office(actor), directory.provincesInUse(actor)]);
      return { ...common, provinces };
    },
  };
}

export type OfficeService = ReturnType<typeof officeService>;
