import type { Language, Spoken, Strings } from '../../src/platform/i18n.ts';
import { speak } from '../../src/platform/i18n.ts';
import type { PageFrame } from '../../src/platform/page-frame.ts';
import { illustration } from '../../src/platform/illustration.ts';
import type { OcopModel, ProductCardModel } from '../../src/platform/view-parts.ts';
import { codeLists } from '../../src/features/reference/code-lists.ts';
import { mapMaker } from '../../src/features/reference/map.ts';

/** One page of the gallery: the view, its path in the gallery, and a model as a feature would make it. */
export type Sample = { readonly path: string; readonly view: string; readonly model: object };

/** Says a thing in the language of the sample. */
export type Say = (vi: string, en: string) => string;

export type Sampling = {
  readonly language: Language;
  readonly say: Say;
  readonly frame: (title: string, path: string, options?: { demo?: boolean }) => PageFrame;
  readonly spoken: <S extends Strings>(strings: S) => Spoken<S>;
};

/** Where the gallery pretends to stand. */
const ADDRESS = 'https://nguon.example';

export function sampling(language: Language): Sampling {
  return {
    language,
    say: (vi, en) => (language === 'vi' ? vi : en),
    frame: (title, path, options = {}) => ({
      language,
      title,
      path,
      languageLinks: { vi: `${path}?lang=vi`, en: `${path}?lang=en` },
      addresses: {
        vi: `${ADDRESS}${path}?lang=vi`,
        en: `${ADDRESS}${path}?lang=en`,
        any: `${ADDRESS}${path}`,
      },
      image: `${ADDRESS}/assets/icon-512.png`,
      indexed: options.demo !== true,
      csrfToken: 'sample',
      user: null,
      demo: options.demo ?? false,
    }),
    spoken: (strings) => speak(strings, language),
  };
}

const vietnamMap = mapMaker(codeLists());

/** The small map with one province filled, as trace pages have it. */
export function smallMap(language: Language, code: string): string {
  return vietnamMap({ size: 'small', filled: code, language });
}

/** The map whose provinces are links. */
export function linkedMap(language: Language): string {
  return vietnamMap({ size: 'large', links: true, language });
}

export function fourStars({ say }: Sampling, decision: string | null = null): OcopModel {
  return {
    kind: 'valid',
    stars: 4,
    starsText: say('4 sao', '4 stars'),
    until: say('đến 06/2028', 'until 06/2028'),
    decision,
  };
}

export function sampleProducts(sampled: Sampling): readonly ProductCardModel[] {
  const { say } = sampled;
  const card = (
    category: string,
    names: readonly [string, string],
    rest: Partial<ProductCardModel>,
  ): ProductCardModel => ({
    name: say(...names),
    href: '/product',
    picture: { photo: null, drawing: illustration(category) },
    tier: say('Đặc sản địa phương', 'Local speciality'),
    ocop: null,
    madeBy: say('HTX Chè cổ thụ Mây Ngủ, Tuyên Quang', 'Mây Ngủ Tea Cooperative, Tuyên Quang'),
    ...rest,
  });
  return [
    card('1.11', ['Chè Shan tuyết cổ thụ Mây Ngủ', 'Mây Ngủ ancient Shan Tuyết tea'], {
      ocop: fourStars(sampled),
      tier: say('Chủ lực quốc gia', 'National key product'),
    }),
    card('1.4', ['Mật ong bạc hà Cao nguyên đá', 'Mint honey of the stone plateau'], {}),
    card('1.3', ['Gạo nếp Thẩm Dương', 'Thẩm Dương glutinous rice'], {
      ocop: { kind: 'lapsed', text: say('OCOP hết hạn 02/2026', 'OCOP lapsed 02/2026') },
    }),
    card('1.9', ['Nước mắm cá cơm Hòn Sơn', 'Hòn Sơn anchovy fish sauce'], {
      ocop: { ...fourStars(sampled) },
    }),
  ];
}
