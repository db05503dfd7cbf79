import { everyone } from '../../platform/access.ts';
import { speak, type Language } from '../../platform/i18n.ts';
import { html, publicPage, type Context, type Route } from '../../platform/routing.ts';
import type { CodeBoxModel } from '../../platform/view-parts.ts';
import type { Batches } from '../batches/contract.ts';
import type { Organizations } from '../organizations/contract.ts';
import type { ProductCards, Products } from '../products/contract.ts';
import type { DemoSamples } from './contract.ts';
import { homePage } from './home-page.ts';
import { problemRoutes } from './problem-routes.ts';
import { systemStrings } from './strings.ts';

export type HomeDeps = {
  readonly publicUrl: string;
  readonly organizations: Organizations;
  readonly products: Products;
  readonly productCards: ProductCards;
  readonly batches: Batches;
  readonly demoSamples: DemoSamples;
  /** The map whose provinces lead to their pages; those with a cooperative are marked. */
  map(language: Language, provinces: ReadonlySet<string>): string;
  codeBox(language: Language): CodeBoxModel;
};

/** Two rows on a desk. */
const PRODUCTS_SHOWN = 8;
/** Counts and new products may be this late for guests. */
const HOME_SHARED_S = 30;

/** The first page, and the pages that explain problems. */
export function systemPublicRoutes(deps: HomeDeps): readonly Route[] {
  async function home(context: Context) {
    const { language } = context;
    const [byProvince, products, batches, newest, samples] = await Promise.all([
      deps.organizations.countByProvince(),
      deps.products.count(),
      deps.batches.count(),
      deps.products.newest(PRODUCTS_SHOWN),
      deps.demoSamples(),
    ]);
    const cooperatives = [...byProvince.values()].reduce((sum, count) => sum + count, 0);
    const t = speak(systemStrings, language);
    const frame = context.frame({
      title: t.title,
      description: t.description,
      demo: samples.length > 0 || newest.some(({ demo }) => demo),
    });
    const facts = {
      counts: { cooperatives, products, batches },
      products: await deps.productCards(newest, language),
      samples,
      map: deps.map(language, new Set(byProvince.keys())),
      codeBox: deps.codeBox(language),
    };
    return publicPage('home/page', homePage(facts, frame), HOME_SHARED_S);
  }

  return [html.get('/', everyone(), (_request, context) => home(context)), ...problemRoutes(deps.publicUrl)];
}
