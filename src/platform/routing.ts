import type { Request } from 'express';
import type { Readable } from 'node:stream';
import type { z } from 'zod';
import type { AccessRule, Actor } from './access.ts';
import type { Language } from './i18n.ts';
import type { PageFrame } from './page-frame.ts';

/** What a handler knows beside the HTTP request. */
export type Context = {
  readonly language: Language;
  readonly actor: Actor | null;
  /** The sign-in by which the actor is known. */
  readonly signInId: string | null;
  /**
   * The id for what a creating request makes. A retry with the same `Idempotency-Key` has the same one, so that
   * an insert which happened before a crash is recognised instead of repeated.
   */
  readonly operationId: string;
  /** The frame of the page being answered. */
  frame(options: FrameOptions): PageFrame;
};

export type FrameOptions = {
  readonly title: string;
  readonly demo?: boolean;
  readonly description?: string;
  /** The path of the picture that messengers show beside a shared link. */
  readonly image?: string | null;
  /** False for what a search engine should leave alone, such as the results of a search. */
  readonly indexed?: boolean;
};

export type Cookie = {
  readonly name: string;
  /** Null takes the cookie away. */
  readonly value: string | null;
  readonly maxAgeMs?: number;
};

/** What a handler answers with; the router alone writes to the response. */
export type Answer =
  | {
      readonly kind: 'json';
      readonly status: number;
      readonly body: unknown;
      readonly headers?: Headers;
      /** The body holds a secret: a retry makes it anew instead of finding it stored. */
      readonly secret?: boolean;
    }
  | {
      readonly kind: 'page';
      readonly status: number;
      readonly view: string;
      readonly model: object;
      /** How long a shared cache may keep it for guests; absent: nobody keeps it. */
      readonly sharedSeconds?: number;
    }
  | {
      readonly kind: 'redirect';
      readonly to: string;
      readonly cookies?: readonly Cookie[];
      /** The address has changed for good; a GET only. */
      readonly permanent?: boolean;
    }
  | { readonly kind: 'bytes'; readonly type: string; readonly body: Buffer; readonly headers?: Headers }
  | {
      readonly kind: 'stream';
      readonly type: string;
      /** 200 when absent. */
      readonly status?: number;
      readonly body: Readable | Parts;
      readonly headers?: Headers;
    }
  | { readonly kind: 'empty' };
type Headers = Readonly<Record<string, string>>;

/** A body that is made part by part, each in memory that is used again once it was sent. */
export type Parts = {
  /** The next part; null after the last. @throws Error when it cannot be made */
  next(): Promise<Uint8Array | null>;
  /** The last part was sent: its memory is free. */
  sent(): void;
  /** Nothing more is wanted. After the last part, and at any time before. */
  close(): void;
};

export const ok = (body: unknown, headers?: Headers): Answer => ({
  kind: 'json',
  status: 200,
  body,
  ...(headers === undefined ? {} : { headers }),
});
const createdBody = (body: unknown) => ({ kind: 'json', status: 201, body }) as const;
export const created = (body: unknown): Answer => createdBody(body);
/** As `created`, with a secret that can be made again from the operation's id and is stored nowhere. */
export const createdSecret = (body: unknown): Answer => ({ ...createdBody(body), secret: true });
export const empty = (): Answer => ({ kind: 'empty' });
export const page = (view: string, model: object, status = 200): Answer => ({
  kind: 'page',
  status,
  view,
  model,
});
/**
 * A page that is the same for every guest. What shows the state of batches is kept two seconds at most, since a recall
 * must be seen everywhere within that.
 */
export const publicPage = (view: string, model: object, sharedSeconds: number): Answer => ({
  kind: 'page',
  status: 200,
  view,
  model,
  sharedSeconds,
});
/** The page lives elsewhere now: 308, which browsers and search engines remember. */
export const moved = (to: string): Answer => ({ kind: 'redirect', to, permanent: true });
/** After a form: 303, so that a reload asks for the new page and does not send the form again. */
export const redirect = (to: string, cookies: readonly Cookie[] = []): Answer => ({
  kind: 'redirect',
  to,
  cookies,
});

export type Handler = (request: Request, context: Context) => Promise<Answer> | Answer;

/** What the OpenAPI document says of a route. */
export type RouteDoc = {
  readonly summary: string;
  readonly body?: z.ZodType;
  readonly query?: z.ZodType;
  readonly answer?: z.ZodType;
  readonly status?: number;
};

/** A field's name with the most files that it may bring. */
export type Uploads = { readonly field: string; readonly most: number };

export type Method = 'get' | 'post' | 'patch' | 'delete';

export type Route = {
  readonly method: Method;
  /** Express 5 path. */
  readonly path: string;
  readonly access: AccessRule;
  readonly handler: Handler;
  /** `api`: problems are JSON and a cookie alone cannot write; `page`: HTML, forms carry a CSRF token. */
  readonly surface: 'api' | 'page';
  /** The multipart field that carries one file. */
  readonly upload?: string;
  /** The multipart field of a page's form that carries several. */
  readonly uploads?: Uploads;
  /** False where a retry is harmless by itself and an answer holds secrets that must not be stored. */
  readonly idempotent: boolean;
  readonly doc?: RouteDoc;
};

type Options = {
  readonly doc?: RouteDoc;
  readonly upload?: string;
  readonly uploads?: Uploads;
  readonly idempotent?: boolean;
};

function define(
  surface: Route['surface'],
  method: Method,
  [path, access, handler, options]: Parameters<Definer>,
): Route {
  const { doc, upload, uploads, idempotent = method === 'post' } = options ?? {};
  return {
    surface,
    method,
    path,
    access,
    handler,
    idempotent,
    ...(doc === undefined ? {} : { doc }),
    ...(upload === undefined ? {} : { upload }),
    ...(uploads === undefined ? {} : { uploads }),
  };
}

type Definer = (path: string, access: AccessRule, handler: Handler, options?: Options) => Route;
type Surface = { readonly [M in Method]: Definer };

function surfaceOf(surface: Route['surface']): Surface {
  return {
    get: (...parts) => define(surface, 'get', parts),
    post: (...parts) => define(surface, 'post', parts),
    patch: (...parts) => define(surface, 'patch', parts),
    delete: (...parts) => define(surface, 'delete', parts),
  };
}

/** Routes under `/api/v1`; the prefix is added when they are mounted. */
export const api = surfaceOf('api');
/** Pages and their forms. */
export const html = surfaceOf('page');

/** A path parameter; the route's pattern guarantees that it is there. */
export function param(request: Request, name: string): string {
  const value = request.params[name];
  if (typeof value !== 'string') throw new RangeError(`The route has no parameter ${name}`);
  return value;
}

/** The files of a route with `uploads`, in the order sent. */
export function filesOf(request: Request): readonly Buffer[] {
  return Array.isArray(request.files) ? request.files.map((file) => file.buffer) : [];
}
