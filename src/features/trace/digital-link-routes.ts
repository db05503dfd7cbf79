import type { Request } from 'express';
import { parseGtin } from '../../domain/gs1/gtin.ts';
import { isLot } from '../../domain/gs1/lot.ts';
import { everyone } from '../../platform/access.ts';
import { Problem } from '../../platform/problem.ts';
import { html, param, redirect, type Answer, type Route } from '../../platform/routing.ts';
import type { Batches } from '../batches/contract.ts';
import type { Product, Products } from '../products/contract.ts';

/** A serial number of ours is a unit's code, which has 20 characters, the most that AI 21 carries. */
const SERIAL = /^[0-9A-Za-z-]{1,30}$/;

/** The reader's language goes along. */
function onward(request: Request, path: string): Answer {
  const { lang } = request.query;
  return redirect(lang === 'vi' || lang === 'en' ? `${path}?lang=${lang}` : path);
}

/**
 * GS1 Digital Link URIs: what a symbol says that retailers' systems read as well. Each leads to the page that the same
 * label's short address has; 303, because a thing is not its page.
 * Source: GS1 Digital Link URI Syntax §4, RFC 9110 §15.4.4
 */
export function digitalLinkRoutes({
  products,
  batches,
}: {
  readonly products: Pick<Products, 'byGtin'>;
  readonly batches: Pick<Batches, 'byLot'>;
}): readonly Route[] {
  async function productOf(request: Request): Promise<Product> {
    const gtin = parseGtin(param(request, 'gtin'));
    const product = gtin === null ? null : await products.byGtin(gtin.gtin14);
    if (product === null) throw new Problem('not-found');
    return product;
  }

  return [
    html.get('/01/:gtin', everyone(), async (request) => {
      const { slug } = await productOf(request);
      return onward(request, `/products/${slug}`);
    }),
    html.get('/01/:gtin/10/:lot', everyone(), async (request) => {
      const product = await productOf(request);
      const lot = param(request, 'lot');
      const batch = isLot(lot) ? await batches.byLot(product.id, lot) : null;
      if (batch === null) throw new Problem('not-found');
      return onward(request, `/${batch.code}`);
    }),
    // The unit's code alone says all: whether product and lot are its own, its page says.
    html.get('/01/:gtin/10/:lot/21/:serial', everyone(), (request) => {
      const serial = param(request, 'serial');
      if (!SERIAL.test(serial)) throw new Problem('not-found');
      return onward(request, `/${serial}`);
    }),
  ];
}
