/** Reads the forms of our own pages: quoted attributes, tags in lower case. It is no parser for other people's HTML. */

export type FormField = {
  readonly name: string;
  readonly kind: string;
  /** What a browser would send as it stands; null for an unticked box and a field that is not sent. */
  readonly value: string | null;
  readonly id: string | undefined;
  readonly invalid: boolean;
};

export type PageForm = {
  readonly action: string;
  readonly method: 'get' | 'post';
  readonly multipart: boolean;
  readonly fields: readonly FormField[];
  readonly buttons: readonly { readonly text: string; readonly name?: string; readonly value: string }[];
};

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ' };

function decoded(text: string): string {
  return text.replace(/&(#\d+|#x[0-9a-f]+|[a-z]+);/gi, (whole, name: string) => {
    if (name.startsWith('#x')) return String.fromCodePoint(Number.parseInt(name.slice(2), 16));
    if (name.startsWith('#')) return String.fromCodePoint(Number(name.slice(1)));
    return ENTITIES[name] ?? whole;
  });
}

/** The words of a piece of HTML, tags taken out and white space joined. */
export function readableText(html: string): string {
  const shown = html.replace(/<(script|style|svg|title)\b[\s\S]*?<\/\1>/g, ' ').replace(/<[^>]*>/g, ' ');
  return decoded(shown).replace(/\s+/g, ' ').trim();
}

function attributesOf(tag: string): ReadonlyMap<string, string> {
  const found = tag.matchAll(/\s([a-z-]+)(?:="([^"]*)")?(?=[\s/>])/g);
  return new Map([...found].map(([, name = '', value = '']) => [name, decoded(value)]));
}

function optionChosen(content: string): string {
  const options = [...content.matchAll(/<option\b[^>]*>/g)].map(([tag]) => attributesOf(tag));
  const chosen = options.find((option) => option.has('selected')) ?? options[0];
  return chosen?.get('value') ?? '';
}

function valueOf(element: string, attributes: ReadonlyMap<string, string>, content: string): string | null {
  if (attributes.has('disabled')) return null;
  if (element === 'select') return optionChosen(content);
  // The first line break of a textarea is not part of its text.
  if (element === 'textarea') return decoded(content).replace(/^\n/, '');
  const kind = attributes.get('type') ?? 'text';
  if (kind === 'checkbox' || kind === 'radio') {
    return attributes.has('checked') ? (attributes.get('value') ?? 'on') : null;
  }
  return attributes.get('value') ?? '';
}

function fieldsOf(content: string): readonly FormField[] {
  const tags = content.matchAll(/(<(input)\b[^>]*>)|(<(select|textarea)\b[^>]*>)([\s\S]*?)<\/\4>/g);
  return [...tags].flatMap(([, input, , block, element = 'input', inner = '']) => {
    const attributes = attributesOf(input ?? block ?? '');
    const name = attributes.get('name');
    if (name === undefined) return [];
    return [
      {
        name,
        kind: element === 'input' ? (attributes.get('type') ?? 'text') : element,
        value: valueOf(element, attributes, inner),
        id: attributes.get('id'),
        invalid: attributes.has('aria-invalid'),
      },
    ];
  });
}

function buttonsOf(content: string): PageForm['buttons'] {
  return [...content.matchAll(/(<button\b[^>]*>)([\s\S]*?)<\/button>/g)].flatMap(
    ([, tag = '', inner = '']) => {
      const attributes = attributesOf(tag);
      if (attributes.get('type') === 'button') return [];
      const name = attributes.get('name');
      const value = attributes.get('value') ?? '';
      return [{ text: readableText(inner), value, ...(name === undefined ? {} : { name }) }];
    },
  );
}

/** Every form of a page; a form without an action is sent to `path`, where the page is. */
export function formsOf(html: string, path: string): readonly PageForm[] {
  return [...html.matchAll(/(<form\b[^>]*>)([\s\S]*?)<\/form>/g)].map(([, tag = '', content = '']) => {
    const attributes = attributesOf(tag);
    return {
      action: attributes.get('action') ?? path,
      method: attributes.get('method') === 'post' ? 'post' : 'get',
      multipart: attributes.get('enctype') === 'multipart/form-data',
      fields: fieldsOf(content),
      buttons: buttonsOf(content),
    };
  });
}
