import { z } from 'zod';
import { everyone } from '../../platform/access.ts';
import { speak, type Language } from '../../platform/i18n.ts';
import { Problem } from '../../platform/problem.ts';
import {
  html,
  moved,
  param,
  publicPage,
  redirect,
  type Context,
  type Route,
} from '../../platform/routing.ts';
import { listAddress, searchQuery } from '../../platform/search-page.ts';
import { cooperativeCard, type Organization, type Organizations } from '../organizations/contract.ts';
import type { ProductCards, Products } from '../products/contract.ts';
import type { CodeLists, Province } from './code-lists.ts';
import type { MapOptions } from './map.ts';
import { provinceAddress, provinceName, provincePage, provincesPage } from './public-page.ts';
import { referenceStrings } from './strings.ts';

export type ProvincePublicDeps = {
  readonly lists: CodeLists;
  readonly organizations: Organizations;
  readonly products: Products;
  readonly productCards: ProductCards;
  /** Whether the server shows a demonstration, whose cooperatives are counted. */
  demoShown(): Promise<boolean>;
  map(options: MapOptions): string;
};

/** Two rows on a desk. */
const PRODUCTS_SHOWN = 8;
const SHARED_S = 30;

const provinceQuery = z.object({
  page: searchQuery.page,
  from: z.string().max(80).optional().catch(undefined),
});

/** The pages of provinces. */
export function provincePublicRoutes(deps: ProvincePublicDeps): readonly Route[] {
  const { lists, organizations, products } = deps;

  async function provinceAnswer(province: Province, asked: z.output<typeof provinceQuery>, context: Context) {
    const { language } = context;
    const { code } = province;
    const [found, newest, productCount, union] = await Promise.all([
      organizations.searchCooperatives({ provinceCode: code }, asked.page),
      products.newest(PRODUCTS_SHOWN, code),
      products.count(code),
      organizations.unionOf(code),
    ]);
    if (found.items.length === 0 && asked.page > 1) return redirect(provinceAddress(province, 1));
    const [counts, cards] = await Promise.all([
      products.countByCooperative(found.items.map(({ id }) => id)),
      deps.productCards(newest, language),
    ]);
    const name = provinceName(province, language);
    const frame = context.frame({
      title: name,
      description: speak(referenceStrings, language).description({ name }),
      demo: [...found.items, ...newest].some(({ demo }) => demo),
    });
    const facts = {
      province,
      // The sentence is about this province or it is not said.
      former: province.formerProvinces.find(({ slug }) => slug === asked.from)?.name ?? null,
      page: asked.page,
      found,
      cooperatives: found.items.map((one) =>
        cooperativeCard(one, {
          language,
          place: placeOf(one, lists),
          products: counts.get(one.id) ?? 0,
        }),
      ),
      products: cards,
      productCount,
      communeCount: lists.communesOf(code).length,
      unionName: union?.name ?? null,
      map: deps.map({ size: 'large', language, filled: code, links: true }),
    };
    return publicPage('provinces/page', provincePage(facts, frame), SHARED_S);
  }

  return [
    html.get('/provinces', everyone(), async (_request, context) => {
      const { language } = context;
      const t = speak(referenceStrings, language);
      const [counts, demo] = await Promise.all([organizations.countByProvince(), deps.demoShown()]);
      const frame = context.frame({ title: t.listTitle, description: t.listLead, demo });
      const map = deps.map({ size: 'large', language, links: true, marked: new Set(counts.keys()) });
      return publicPage(
        'provinces/list',
        provincesPage({ provinces: lists.provinces, counts, map }, frame),
        SHARED_S,
      );
    }),
    html.get('/provinces/:slug', everyone(), (request, context) => {
      const key = param(request, 'slug');
      const found = lists.findProvince(key);
      if (found === null) throw new Problem('not-found');
      const { province, former } = found;
      if (key === province.slug) return provinceAnswer(province, provinceQuery.parse(request.query), context);
      // The old name goes along, so that the page can say where the place went.
      const from = former === null ? undefined : formerSlug(province, former.code);
      return moved(
        listAddress(`/provinces/${province.slug}`, { from, lang: languageAsked(request.query['lang']) }),
      );
    }),
  ];
}

const languageAsked = (value: unknown): Language | undefined =>
  value === 'vi' || value === 'en' ? value : undefined;

const formerSlug = (province: Province, code: string): string | undefined =>
  province.formerProvinces.find((former) => former.code === code)?.slug;

/** Within a province the commune tells most; without one, the address does. */
function placeOf({ communeCode, address }: Organization, lists: CodeLists): string {
  return (communeCode === undefined ? null : lists.commune(communeCode)?.name) ?? address;
}
