import { formatNumber } from '../../platform/format.ts';
import { inLanguage, speak, type Language } from '../../platform/i18n.ts';
import type { PageFrame } from '../../platform/page-frame.ts';
import type { CodeBoxModel, ProductCardModel, StatModel } from '../../platform/view-parts.ts';
import { VERDICT_SHAPES, verdictTitle } from '../trace/contract.ts';
import type { DemoSample } from './contract.ts';
import { systemStrings } from './strings.ts';
import type { HomePageModel, SampleLabelModel } from './view-model.ts';

export type HomeFacts = {
  readonly counts: { readonly cooperatives: number; readonly products: number; readonly batches: number };
  readonly products: readonly ProductCardModel[];
  readonly samples: readonly DemoSample[];
  readonly map: string;
  readonly codeBox: CodeBoxModel;
};

function sampleLabel({ code, verdict, product }: DemoSample, language: Language): SampleLabelModel {
  return {
    kind: verdict,
    shape: VERDICT_SHAPES[verdict],
    label: verdictTitle(verdict, language),
    detail:
      product === null ? speak(systemStrings, language).sampleWithoutProduct : inLanguage(product, language),
    href: `/${code}`,
  };
}

/** Counts of nothing tell nothing: an installation that just began shows none. */
function statsOf({ counts }: HomeFacts, language: Language): readonly StatModel[] {
  const t = speak(systemStrings, language);
  const { cooperatives, products, batches } = counts;
  const stats: readonly (StatModel & { readonly count: number })[] = [
    {
      count: cooperatives,
      value: formatNumber(cooperatives, language),
      label: t.statCooperatives({ one: cooperatives === 1 }),
      href: '/cooperatives',
    },
    {
      count: products,
      value: formatNumber(products, language),
      label: t.statProducts({ one: products === 1 }),
      href: '/products',
    },
    {
      count: batches,
      value: formatNumber(batches, language),
      label: t.statBatches({ one: batches === 1 }),
      href: null,
    },
  ];
  return stats.flatMap(({ count, ...stat }) => (count === 0 ? [] : [stat]));
}

/** The model of `views/home/page.eta`. */
export function homePage(facts: HomeFacts, frame: PageFrame): HomePageModel {
  const { language } = frame;
  const t = speak(systemStrings, language);
  return {
    page: frame,
    t,
    codeBox: facts.codeBox,
    stats: statsOf(facts, language),
    map: facts.map,
    provincesHref: '/provinces',
    productsTitle: t.productsTitle,
    products: facts.products,
    productsHref: '/products',
    samples: facts.samples.map((sample) => sampleLabel(sample, language)),
    registerHref: '/register',
    verifyHref: '/verify',
    signInHref: '/login',
  };
}
