import { everyone } from '../../platform/access.ts';
import { speak, type Language } from '../../platform/i18n.ts';
import {
  html,
  moved,
  param,
  publicPage,
  redirect,
  type Context,
  type Route,
} from '../../platform/routing.ts';
import { listAddress } from '../../platform/search-page.ts';
import type { Certificates } from '../certificates/contract.ts';
import type { ProductCards, Products } from '../products/contract.ts';
import { cooperativeCard, cooperativeName } from './about.ts';
import type { Organization } from './contract.ts';
import {
  cooperativeDescription,
  cooperativeListAddress,
  cooperativeListPage,
  cooperativeListQuery,
  cooperativePage,
  type CooperativeListQuery,
  type CooperativePlaces,
} from './public-page.ts';
import { cooperativeListStrings } from './public-strings.ts';
import type { OrganizationService } from './service.ts';

export type CooperativePublicDeps = {
  readonly service: OrganizationService;
  readonly products: Products;
  readonly productCards: ProductCards;
  readonly certificates: Certificates;
  readonly places: CooperativePlaces;
  /** A province by code or slug, of today or of before. */
  provinceCode(key: string): string | null;
  /** Every province with its name, for a choice. */
  provinces(language: Language): readonly { readonly code: string; readonly label: string }[];
  today(): string;
};

/** Two screens of a phone; the rest is a list with pages. */
const PRODUCTS_SHOWN = 24;
const COOPERATIVE_SHARED_S = 2;
const LIST_SHARED_S = 30;

/** The public pages of cooperatives. */
export function cooperativePublicRoutes(deps: CooperativePublicDeps): readonly Route[] {
  const { service, places } = deps;

  async function pageAnswer(cooperative: Organization, context: Context) {
    const { language } = context;
    const [certificates, found] = await Promise.all([
      deps.certificates.ofCooperative(cooperative.id),
      deps.products.search({ cooperativeId: cooperative.id }, 1),
    ]);
    const products = await deps.productCards(found.items.slice(0, PRODUCTS_SHOWN), language);
    const frame = context.frame({
      title: cooperativeName(cooperative, language),
      description: cooperativeDescription(cooperative, language, places),
      demo: cooperative.demo,
    });
    const facts = { cooperative, certificates, products, productCount: found.count, today: deps.today() };
    return publicPage('cooperatives/page', cooperativePage(facts, frame, places), COOPERATIVE_SHARED_S);
  }

  async function listAnswer(asked: CooperativeListQuery, context: Context) {
    const { language } = context;
    const provinceCode = asked.province === '' ? undefined : (deps.provinceCode(asked.province) ?? undefined);
    const found = await service.contract.searchCooperatives({ q: asked.q, provinceCode }, asked.page);
    if (found.items.length === 0 && asked.page > 1) return redirect(cooperativeListAddress(asked, 1));
    const counts = await deps.products.countByCooperative(found.items.map(({ id }) => id));
    const t = speak(cooperativeListStrings, language);
    const frame = context.frame({
      title: t.title,
      description: t.lead,
      demo: found.items.some(({ demo }) => demo),
      indexed: cooperativeListAddress(asked, 1) === '/cooperatives',
    });
    const cards = found.items.map((one) =>
      cooperativeCard(one, {
        language,
        place: placeOf(one, places, language),
        products: counts.get(one.id) ?? 0,
      }),
    );
    const list = { asked, provinceCode, found, cards, provinces: deps.provinces(language) };
    return publicPage('cooperatives/list', cooperativeListPage(list, frame), LIST_SHARED_S);
  }

  return [
    html.get('/cooperatives', everyone(), (request, context) =>
      listAnswer(cooperativeListQuery.parse(request.query), context),
    ),
    html.get('/cooperatives/:slug', everyone(), async (request, context) => {
      const slug = param(request, 'slug');
      // What waits for its approval is seen in the workplace, by those whom it concerns.
      const cooperative = await service.read(slug, null);
      const lang = request.query['lang'];
      return slug === cooperative.slug
        ? pageAnswer(cooperative, context)
        : moved(
            listAddress(`/cooperatives/${cooperative.slug}`, {
              lang: typeof lang === 'string' ? lang : undefined,
            }),
          );
    }),
  ];
}

function placeOf(
  { communeCode, provinceCode }: Organization,
  places: CooperativePlaces,
  language: Language,
): string {
  const commune = communeCode === undefined ? null : places.communeName(communeCode);
  const province = places.provinceName(provinceCode, language);
  return commune === null ? province : `${commune}, ${province}`;
}
