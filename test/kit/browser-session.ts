import { formsOf, readableText, type PageForm } from './html-forms.ts';

/** A page as a browser without JavaScript has it. */
export type Page = {
  readonly status: number;
  /** Path and query where the browser is after redirects. */
  readonly path: string;
  readonly headers: Headers;
  readonly html: string;
  /** What a person reads: without markup, white space joined. */
  readonly text: string;
  readonly forms: readonly PageForm[];
};

/** Values by field name; a list for a field that repeats, a File for a file field, null to leave a box unticked. */
export type Entry = string | readonly string[] | File | null;
export type Entries = Readonly<Record<string, Entry>>;

/** A browser of one person: keeps cookies, follows redirects, and sends only what the forms of its pages have. */
export type Session = {
  /** Opens a path of the site. */
  open(path: string): Promise<Page>;
  /**
   * Fills in and sends the form of `page` whose action (or button's words) is `which`; with one form besides
   * “sign out”, `which` may be left out. Fields not named keep what the page put in them.
   * @throws RangeError when the page has no such form, or the form has no field of a given name
   */
  submit(page: Page, entries?: Entries, which?: string | RegExp): Promise<Page>;
  /** Signs in by the form of `/login`. */
  signIn(login: string, password: string): Promise<Page>;
  /** One request with this browser's cookies, redirects not followed. */
  send(method: string, path: string, init?: RequestInit): Promise<Response>;
  cookie(name: string): string | undefined;
};

const REDIRECTS_MAX = 5;

function chosenForm(page: Page, which: string | RegExp | undefined): PageForm {
  const fits = (text: string) => (which instanceof RegExp ? which.test(text) : text === which);
  const candidates =
    which === undefined
      ? page.forms.filter((form) => form.method === 'post' && form.action !== '/logout')
      : page.forms.filter((form) => fits(form.action) || form.buttons.some((button) => fits(button.text)));
  const [form] = candidates;
  if (form === undefined || (which === undefined && candidates.length > 1)) {
    const known = page.forms.map(
      ({ action, buttons }) => `${action} [${buttons.map((b) => b.text).join('|')}]`,
    );
    throw new RangeError(
      `${page.path} (${page.status}) has no one form ${String(which)}; it has ${known.join(', ')}`,
    );
  }
  return form;
}

/** The fields as a browser sends them: what the page put in, changed by what the person enters. */
function filled(form: PageForm, entries: Entries, which: string | RegExp | undefined): FormData {
  const data = new FormData();
  const names = new Set(form.fields.map((field) => field.name));
  for (const name of Object.keys(entries)) {
    if (!names.has(name)) throw new RangeError(`The form ${form.action} has no field ${name}`);
  }
  for (const { name, value, kind } of form.fields) {
    if (!Object.hasOwn(entries, name)) {
      // A browser sends an empty part for a file field in which nothing was chosen.
      if (kind === 'file') data.append(name, new File([], ''));
      else if (value !== null) data.append(name, value);
    }
  }
  for (const [name, entry] of Object.entries(entries)) {
    if (entry === null) continue;
    for (const one of Array.isArray(entry) ? (entry as readonly string[]) : [entry as string | File]) {
      data.append(name, one);
    }
  }
  const pressed = form.buttons.find(({ text }) =>
    which instanceof RegExp ? which.test(text) : text === which,
  );
  if (pressed?.name !== undefined) data.append(pressed.name, pressed.value);
  return data;
}

function urlEncoded(data: FormData): URLSearchParams {
  const pairs = [...data].map(([name, value]): [string, string] => [
    name,
    typeof value === 'string' ? value : value.name,
  ]);
  return new URLSearchParams(pairs);
}

/** A browser that nobody is signed in with. */
export function session(base: string): Session {
  const cookies = new Map<string, string>();

  function keepCookies(response: Response): void {
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(';');
      const equals = pair.indexOf('=');
      const name = pair.slice(0, equals).trim();
      const gone = attributes.some((attribute) => /^\s*expires=Thu, 01 Jan 1970/i.test(attribute));
      if (gone) cookies.delete(name);
      else cookies.set(name, pair.slice(equals + 1).trim());
    }
  }

  async function send(method: string, path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (!headers.has('accept')) headers.set('accept', 'text/html');
    headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    const response = await fetch(new URL(path, base), { ...init, method, headers, redirect: 'manual' });
    keepCookies(response);
    return response;
  }

  async function settle(first: Response, from: string): Promise<Page> {
    let response = first;
    let path = from;
    for (let count = 0; response.status >= 300 && response.status < 400; count += 1) {
      if (count === REDIRECTS_MAX) throw new RangeError(`${from} redirects without end`);
      const to = new URL(response.headers.get('location') ?? '/', new URL(path, base));
      path = `${to.pathname}${to.search}${to.hash}`;
      await response.arrayBuffer();
      response = await send('GET', path);
    }
    const html = await response.text();
    const { status, headers } = response;
    return { status, path, headers, html, text: readableText(html), forms: formsOf(html, path) };
  }

  const browser: Session = {
    send,
    cookie: (name) => cookies.get(name),
    open: async (path) => settle(await send('GET', path), path),
    async submit(page, entries = {}, which) {
      const form = chosenForm(page, which);
      const data = filled(form, entries, which);
      if (form.method === 'get') {
        const query = urlEncoded(data).toString();
        return browser.open(`${form.action.split('?', 1)[0] ?? '/'}?${query}`);
      }
      const body = form.multipart ? data : urlEncoded(data);
      return settle(await send('POST', form.action, { body }), form.action);
    },
    async signIn(login, password) {
      const page = await browser.open('/login');
      return browser.submit(page, { login, password }, /^\/login/);
    },
  };
  return browser;
}
