import { cooperativePublicRoutes } from './features/organizations/public-routes.ts';
import { productCards } from './features/products/cards.ts';
import { productPublicRoutes } from './features/products/public-routes.ts';
import { recallPublicRoutes } from './features/recalls/public-routes.ts';
import { provincePublicRoutes } from './features/reference/public-routes.ts';
import { systemPublicRoutes } from './features/system/public-routes.ts';
import { codeBox } from './features/verification/contract.ts';
import { byAlphabet } from './domain/text/alphabet.ts';
import { dateInVietnam, type Clock } from './platform/clock.ts';
import { illustration } from './platform/illustration.ts';
import type { Batches } from './features/batches/contract.ts';
import type { Certificates } from './features/certificates/contract.ts';
import type { OrganizationService } from './features/organizations/service.ts';
import type { Pictures } from './features/pictures/contract.ts';
import type { ProductService } from './features/products/service.ts';
import type { Reference } from './features/reference/index.ts';
import type { DemoSamples } from './features/system/contract.ts';
import type { Trace } from './features/trace/index.ts';
import type { Language } from './platform/i18n.ts';
import type { Route } from './platform/routing.ts';
import type { ChipModel } from './platform/view-parts.ts';

export type PublicPagesDeps = {
  readonly publicUrl: string;
  readonly clock: Clock;
  readonly reference: Reference;
  readonly organizations: OrganizationService;
  readonly products: ProductService;
  readonly certificates: Certificates;
  readonly batches: Batches;
  readonly pictures: Pictures;
  readonly trace: Trace;
  readonly demoSamples: DemoSamples;
  demoShown(): Promise<boolean>;
};

/** What public pages ask of the code lists, as functions of a code. */
function placesOf({ lists, map }: Reference) {
  const nameIn = (code: string, language: Language) =>
    lists.province(code)?.[language === 'en' ? 'nameEn' : 'name'] ?? code;
  const provincesIn = (language: Language) =>
    lists.provinces
      .map(({ code }) => ({ code, label: nameIn(code, language) }))
      .sort((a, b) => byAlphabet(a.label, b.label));
  const provinces = { vi: provincesIn('vi'), en: provincesIn('en') };
  return {
    provinceName: nameIn,
    provinceHref: (code: string) => `/provinces/${lists.province(code)?.slug ?? code}`,
    provinceCode: (key: string) => lists.findProvince(key)?.province.code ?? null,
    communeName: (code: string) => lists.commune(code)?.name ?? null,
    map: (filled: string, language: Language) => map({ size: 'small', language, filled }),
    provinces: (language: Language) => provinces[language],
  };
}

/** A word about each batch whose label would not answer “genuine” today. */
function chipsOf(trace: Trace) {
  return async (codes: readonly string[], language: Language): Promise<ReadonlyMap<string, ChipModel>> => {
    const judged = codes.length === 0 ? [] : await trace.service.verify(codes);
    return new Map(
      judged
        .filter(({ verdict }) => verdict !== 'genuine')
        .map((one) => [
          one.code,
          {
            label: trace.item(one, language).verdict,
            tone: one.verdict === 'recalled' ? 'bad' : 'late',
          },
        ]),
    );
  };
}

/** The pages that everyone may read, put together from every feature that they show. */
export function publicPages(deps: PublicPagesDeps): readonly Route[] {
  const { reference, publicUrl, certificates, batches, pictures } = deps;
  const { lists } = reference;
  const organizations = deps.organizations.contract;
  const products = deps.products.contract;
  const places = placesOf(reference);
  const today = () => dateInVietnam(deps.clock.now());
  const drawing = { photo: pictures.model, illustration, provinceName: places.provinceName };
  const cards = productCards({ ...drawing, organizations, today });
  return [
    ...systemPublicRoutes({
      publicUrl,
      organizations,
      products,
      productCards: cards,
      batches,
      demoSamples: deps.demoSamples,
      map: (language, marked) => reference.map({ size: 'large', language, links: true, marked }),
      codeBox,
    }),
    ...provincePublicRoutes({
      lists,
      organizations,
      products,
      productCards: cards,
      demoShown: deps.demoShown,
      map: reference.map,
    }),
    ...cooperativePublicRoutes({
      ...places,
      service: deps.organizations,
      products,
      productCards: cards,
      certificates,
      places,
      today,
    }),
    ...productPublicRoutes({
      ...places,
      service: deps.products,
      cards,
      organizations,
      certificates,
      batches,
      chips: chipsOf(deps.trace),
      today,
      pages: {
        ...drawing,
        ...places,
        categoryName: lists.categoryName,
        keyProductName: lists.keyProductName,
        indicationName: (code) => lists.indication(code)?.name ?? null,
        formatQuantity: reference.measures.format,
      },
    }),
    ...recallPublicRoutes(),
  ];
}
