import { z } from 'zod';
import { API_PREFIX } from './mount.ts';
import { FILE_MAX_BYTES } from './limits.ts';
import { PROBLEMS, type ProblemCode } from './problem.ts';
import type { AccessRule } from './access.ts';
import type { Route } from './routing.ts';

/** The API's own description. Source: OpenAPI Specification 3.1.1; schemas are JSON Schema 2020-12, made by zod. */

type Json = Readonly<Record<string, unknown>>;

const SECURITY = [{ bearer: [] }, { session: [] }];

const parameterNames = (path: string): readonly string[] =>
  [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name);

/** Express' `/batches/:id` as `/batches/{id}` (§4.8.8, path templating). */
export function templateOf(path: string): string {
  return `${API_PREFIX}${path}`.replace(/:(\w+)/g, '{$1}');
}

/** What a client sends is the input of a schema; what it gets is the output. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return json;
}

function pathParameters(path: string): readonly Json[] {
  return parameterNames(path).map((name) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
}

function queryParameters(query: z.ZodType | undefined): readonly Json[] {
  if (query === undefined) return [];
  const { properties = {}, required = [] } = schemaOf(query, 'input') as {
    properties?: Readonly<Record<string, unknown>>;
    required?: readonly string[];
  };
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }));
}

const idempotencyKey = { $ref: '#/components/parameters/IdempotencyKey' };

/** JSON, and where a file may come along, the same fields as a multipart form. */
function requestBody({ doc, upload }: Route): Json {
  const json = doc?.body === undefined ? null : schemaOf(doc.body, 'input');
  if (upload === undefined) {
    return json === null
      ? {}
      : { requestBody: { required: true, content: { 'application/json': { schema: json } } } };
  }
  const file = { type: 'string', format: 'binary', description: `At most ${FILE_MAX_BYTES} bytes` };
  const fields = (json?.['properties'] ?? {}) as Json;
  const form = { type: 'object', properties: { ...fields, [upload]: file } };
  return {
    requestBody: {
      required: true,
      content: {
        'multipart/form-data': { schema: json === null ? { ...form, required: [upload] } : form },
        ...(json === null ? {} : { 'application/json': { schema: json } }),
      },
    },
  };
}

/** Which statuses a route may answer with beside success. */
function problemStatuses({ access, method, path, doc, upload }: Route): readonly number[] {
  const takesBody = method !== 'get';
  const asks = doc?.query !== undefined || doc?.body !== undefined || upload !== undefined;
  return [
    400,
    ...(access.who === 'everyone' ? [] : [401, 403]),
    ...(path.includes(':') ? [404] : []),
    ...(takesBody ? [409, 413, 415] : []),
    ...(asks ? [422] : []),
    429,
    500,
  ];
}

function responsesOf(route: Route): Json {
  const status = route.doc?.status ?? (route.method === 'delete' ? 204 : 200);
  const { answer } = route.doc ?? {};
  const content =
    answer === undefined ? {} : { content: { 'application/json': { schema: schemaOf(answer, 'output') } } };
  const success = {
    description: status === 201 ? 'Made' : status === 204 ? 'Done' : 'The answer',
    ...content,
  };
  const problems = problemStatuses(route).map((code) => [
    String(code),
    { $ref: `#/components/responses/Problem${code}` },
  ]);
  return { [status]: success, ...(Object.fromEntries(problems) as Json) };
}

function whoMay(access: AccessRule): Json {
  if (access.who === 'everyone') return { security: [{}, ...SECURITY] };
  if (access.who === 'signed-in') return { security: SECURITY };
  return { security: SECURITY, 'x-roles': access.roles };
}

function operation(route: Route): Json {
  const { method, path, doc } = route;
  const words = path
    .split('/')
    .map((part) => part.replace(/[^a-zA-Z0-9]+(.)?/g, (_, next: string) => next ?? ''));
  return {
    operationId: [method, ...words].filter((word) => word !== '').join('_'),
    tags: [path.split('/')[1] ?? ''].map((tag) => (tag === '' ? 'index' : tag)),
    summary: doc?.summary ?? `${method.toUpperCase()} ${path}`,
    ...whoMay(route.access),
    parameters: [
      ...pathParameters(path),
      ...queryParameters(doc?.query),
      ...(route.idempotent ? [idempotencyKey] : []),
    ],
    ...requestBody(route),
    responses: responsesOf(route),
  };
}

/** One response for each status; its problem's codes are those of the closed table. Source: RFC 9457 §3. */
function problemResponses(): Json {
  const codes = Object.keys(PROBLEMS) as ProblemCode[];
  const statuses = new Set([...codes.map((code) => PROBLEMS[code].status as number), 400, 500]);
  const entries = [...statuses].map((status) => {
    const these = codes.filter((code) => PROBLEMS[code].status === status);
    const retry = { 'Retry-After': { schema: { type: 'integer' }, description: 'Seconds to wait' } };
    return [
      `Problem${status}`,
      {
        description: these.map((code) => `\`${code}\`: ${PROBLEMS[code].title.en}`).join('; '),
        ...(status === 429 ? { headers: retry } : {}),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ];
  });
  return Object.fromEntries(entries) as Json;
}

const problemSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'instance'],
  properties: {
    type: { type: 'string', format: 'uri', description: 'Leads to a page that explains it' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'In the language asked for by `?lang=` or Accept-Language' },
    instance: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['pointer', 'detail'],
        properties: {
          pointer: { type: 'string', description: 'JSON Pointer into the body, or `?name` of the query' },
          detail: { type: 'string' },
        },
      },
    },
  },
} as const;

function components(sessionCookie: string): Json {
  return {
    securitySchemes: {
      bearer: {
        type: 'http',
        scheme: 'bearer',
        description: 'The access token of `POST /api/v1/auth/login`',
      },
      session: {
        type: 'apiKey',
        in: 'cookie',
        name: sessionCookie,
        description: 'What pages use; a request that changes something then needs the form’s token as well',
      },
    },
    parameters: {
      IdempotencyKey: {
        name: 'Idempotency-Key',
        in: 'header',
        required: false,
        schema: { type: 'string', maxLength: 200 },
        description: 'A retry with the same key and body gets the first answer and makes nothing twice',
      },
    },
    schemas: { Problem: problemSchema },
    responses: problemResponses(),
  };
}

export type Described = {
  readonly publicUrl: string;
  readonly version: string;
  readonly sessionCookie: string;
};

/** The OpenAPI 3.1 document of the API routes among `routes`. */
export function openApiDocument(routes: readonly Route[], about: Described): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const route of routes.filter(({ surface }) => surface === 'api')) {
    const path = templateOf(route.path);
    paths[path] = { ...paths[path], [route.method]: operation(route) };
  }
  return {
    openapi: '3.1.1',
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    info: {
      title: 'Nguồn',
      version: about.version,
      description:
        'Traceability and QR labels for Vietnamese cooperatives. Instants are RFC 3339, dates YYYY-MM-DD; lists take ' +
        '`limit` and `cursor` and answer `items` and `next`; errors are RFC 9457 problems.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: about.publicUrl }],
    paths,
    components: components(about.sessionCookie),
  };
}
