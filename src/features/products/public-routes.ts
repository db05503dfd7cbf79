import { everyone } from '../../platform/access.ts';
import {
  html,
  moved,
  param,
  publicPage,
  redirect,
  type Context,
  type Route,
} from '../../platform/routing.ts';
import { inLanguage, speak, type Language } from '../../platform/i18n.ts';
import { listAddress } from '../../platform/search-page.ts';
import type { ChipModel } from '../../platform/view-parts.ts';
import type { Batches } from '../batches/contract.ts';
import type { Certificates } from '../certificates/contract.ts';
import { cooperativeName, type Organizations } from '../organizations/contract.ts';
import type { ProductCards } from './cards.ts';
import { productImage } from './badges.ts';
import { productListAddress, productListPage, productListQuery, type ProductListQuery } from './list-page.ts';
import { productDescription, productPage, type ProductPageDeps } from './page.ts';
import type { ProductService } from './service.ts';
import { productStrings } from './strings.ts';

export type ProductPublicDeps = {
  readonly service: ProductService;
  readonly cards: ProductCards;
  readonly pages: ProductPageDeps;
  readonly organizations: Organizations;
  readonly certificates: Certificates;
  readonly batches: Batches;
  /** A word about each of these codes whose answer is not simply “genuine”. */
  chips(codes: readonly string[], language: Language): Promise<ReadonlyMap<string, ChipModel>>;
  /** A province by code or slug, of today or of before. */
  provinceCode(key: string): string | null;
  /** Every province with its name, for a choice. */
  provinces(language: Language): readonly { readonly code: string; readonly label: string }[];
  today(): string;
};

/** So many batches tell how a product is made; its people see all of them in the workplace. */
const BATCHES_SHOWN = 8;
/** The page says when a batch is recalled, which must be seen everywhere within two seconds. */
const PRODUCT_SHARED_S = 2;
const LIST_SHARED_S = 30;

type FoundProduct = Awaited<ReturnType<ProductService['read']>>;

/** The public pages of products. */
export function productPublicRoutes(deps: ProductPublicDeps): readonly Route[] {
  const { service, cards, pages } = deps;

  async function productAnswer({ product, cooperative }: FoundProduct, context: Context) {
    const { language } = context;
    const [certificates, batches] = await Promise.all([
      deps.certificates.ofProduct(product),
      deps.batches.recentPublic(product.id, BATCHES_SHOWN),
    ]);
    const chips = await deps.chips(
      batches.map(({ code }) => code),
      language,
    );
    const frame = context.frame({
      title: inLanguage(product.name, language),
      description: productDescription({ product, cooperative }, language, pages),
      demo: product.demo,
      image: productImage(product),
    });
    const facts = { product, cooperative, certificates, batches, chips, today: deps.today() };
    return publicPage('products/page', productPage(facts, frame, pages), PRODUCT_SHARED_S);
  }

  async function listAnswer(asked: ProductListQuery, context: Context) {
    const { language } = context;
    const provinceCode = asked.province === '' ? undefined : (deps.provinceCode(asked.province) ?? undefined);
    const cooperativeId = asked.cooperative === '' ? undefined : asked.cooperative;
    const filter = { q: asked.q, provinceCode, tier: asked.tier, cooperativeId };
    const cooperative = cooperativeId === undefined ? null : await deps.organizations.byId(cooperativeId);
    const found = await service.contract.search(filter, asked.page);
    if (found.items.length === 0 && asked.page > 1) return redirect(productListAddress(asked, 1));
    const frame = context.frame({
      title: speak(productStrings, language).listTitle,
      description: speak(productStrings, language).listLead,
      demo: found.items.some(({ demo }) => demo),
      // Each search is an address of its own; only the list itself is worth finding.
      indexed: listAddress('', { ...asked, page: 1 }) === '',
    });
    const model = productListPage(
      {
        asked,
        provinceCode,
        found,
        // One that waits for its approval has no public name yet.
        cooperativeName: cooperative?.status === 'active' ? cooperativeName(cooperative, language) : null,
        cards: await cards(found.items, language),
        provinces: deps.provinces(language),
      },
      frame,
    );
    return publicPage('products/list', model, LIST_SHARED_S);
  }

  return [
    html.get('/products', everyone(), (request, context) =>
      listAnswer(productListQuery.parse(request.query), context),
    ),
    html.get('/products/:slug', everyone(), async (request, context) => {
      const slug = param(request, 'slug');
      const found = await service.read(slug);
      const { product } = found;
      return slug === product.slug
        ? productAnswer(found, context)
        : moved(listAddress(`/products/${product.slug}`, { lang: langOf(request.query['lang']) }));
    }),
  ];
}

const langOf = (value: unknown) => (typeof value === 'string' ? value : undefined);
