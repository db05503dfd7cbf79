/** What a response says, its body read. */
export type Answer = {
  readonly status: number;
  readonly headers: Headers;
  /** The JSON body, or undefined where it is another kind. */
  readonly body: Json;
  readonly text: string;
};

/** JSON as a test looks into it; a wrong path is undefined and fails the expectation. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into answers of every shape
export type Json = any;

type Options = { readonly headers?: Readonly<Record<string, string>> };

/** A client of the API as any stranger would write one: it knows api.md and nothing else. */
export type Client = {
  get(path: string, options?: Options): Promise<Answer>;
  post(path: string, body?: unknown, options?: Options): Promise<Answer>;
  patch(path: string, body?: unknown, options?: Options): Promise<Answer>;
  delete(path: string, options?: Options): Promise<Answer>;
  send(method: string, path: string, init?: RequestInit): Promise<Answer>;
  signIn(login: string, password: string): Promise<Answer>;
  /** The headers by which the client is known, for a request that is sent in another way. */
  headers(): Readonly<Record<string, string>>;
};

export function client(base: string): Client {
  let token: string | undefined;

  async function send(method: string, path: string, init: RequestInit = {}): Promise<Answer> {
    const headers = new Headers(init.headers);
    if (token !== undefined) headers.set('authorization', `Bearer ${token}`);
    const url = /^\/(?!\/)/.test(path) ? base + path : path;
    const response = await fetch(url, { redirect: 'manual', ...init, method, headers });
    const text = await response.text();
    const isJson = text !== '' && /[/+]json/.test(response.headers.get('content-type') ?? '');
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: isJson ? JSON.parse(text) : undefined,
    };
  }

  const withBody =
    (method: string) =>
    (path: string, body?: unknown, options: Options = {}) =>
      send(method, `/api/v1${path}`, {
        headers: {
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...options.headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });

  return {
    send,
    headers: () => (token === undefined ? {} : { authorization: `Bearer ${token}` }),
    get: (path, options = {}) => send('GET', `/api/v1${path}`, { headers: { ...options.headers } }),
    post: withBody('POST'),
    patch: withBody('PATCH'),
    delete: (path, options = {}) => send('DELETE', `/api/v1${path}`, { headers: { ...options.headers } }),
    async signIn(login, password) {
      const answer = await withBody('POST')('/auth/login', { login, password });
      token = (answer.body as { accessToken?: string }).accessToken;
      return answer;
    },
  };
}
