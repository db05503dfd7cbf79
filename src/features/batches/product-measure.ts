import { dateInVietnam, validOn, type Clock } from '../../platform/clock.ts';
import type { Certificate, Certificates } from '../certificates/contract.ts';
import type { MeasureProducts } from '../products/contract.ts';
import { productCompletenessOf } from './completeness.ts';

type Deps = { readonly certificates: Pick<Certificates, 'ofCooperative'>; readonly clock: Clock };

const covers = ({ productIds }: Certificate, id: string): boolean =>
  productIds.length === 0 || productIds.includes(id);

/** What of the law's items each product has by itself, before anything is made of it. */
export function productMeasure({ certificates, clock }: Deps): MeasureProducts {
  return async (products, cooperative) => {
    const today = dateInVietnam(clock.now());
    const all = await certificates.ofCooperative(cooperative.id);
    return new Map(
      products.map((product) => {
        const covering = all.filter((certificate) => covers(certificate, product.id));
        const valid = covering.filter((certificate) => validOn(certificate, today));
        const counts = { all: covering.length, valid: valid.length };
        return [product.id, productCompletenessOf({ product, cooperative, today, certificates: counts })];
      }),
    );
  };
}
