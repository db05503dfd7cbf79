import type { Actor } from './access.ts';
import type { Language } from './i18n.ts';
import type { PageFrame } from './page-frame.ts';
import type { FrameOptions } from './routing.ts';

type Place = {
  readonly language: Language;
  readonly actor: Actor | null;
  /** Path and query of the request. */
  readonly url: string;
  /** The server's own address without a slash at the end. */
  readonly publicUrl: string;
  /** Called only when the page shows a form. */
  readonly token: () => string;
};

function withoutLanguage(url: string): { path: string; query: URLSearchParams } {
  const [path = '/', search = ''] = url.split('?', 2);
  const query = new URLSearchParams(search);
  query.delete('lang');
  return { path, query };
}

/** What `layout.eta` draws around a page. */
export function frameOf(options: FrameOptions, place: Place): PageFrame {
  const { path, query } = withoutLanguage(place.url);
  const link = (language: Language) => {
    const linked = new URLSearchParams(query);
    linked.set('lang', language);
    return `${path}?${linked.toString()}`;
  };
  const own = query.size === 0 ? path : `${path}?${query.toString()}`;
  const whole = (local: string) => place.publicUrl + local;
  const demo = options.demo ?? false;
  return {
    language: place.language,
    title: options.title,
    path: own,
    languageLinks: { vi: link('vi'), en: link('en') },
    addresses: { vi: whole(link('vi')), en: whole(link('en')), any: whole(own) },
    image: whole(options.image ?? '/assets/icon-512.png'),
    indexed: !demo && options.indexed !== false,
    user: place.actor === null ? null : { name: place.actor.name, manageHref: '/manage' },
    demo,
    description: options.description,
    get csrfToken() {
      return place.token();
    },
  };
}
