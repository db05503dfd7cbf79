import express, { type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import multer from 'multer';
import {
  FILE_MAX_BYTES,
  FORM_FIELDS_MAX,
  FORM_FIELD_MAX_BYTES,
  FORM_MAX_BYTES,
  JSON_DEPTH_MAX,
  JSON_MAX_BYTES,
} from './limits.ts';
import { Problem } from './problem.ts';
import type { Route } from './routing.ts';

/** How a request's body becomes `request.body` and `request.file`: what each kind of route takes, and its bounds. */

const JSON_TYPES = ['json', '+json'];

const jsonBody = express.json({ limit: JSON_MAX_BYTES, strict: false, type: JSON_TYPES });
const formBody = express.urlencoded({
  extended: false,
  limit: FORM_MAX_BYTES,
  parameterLimit: FORM_FIELDS_MAX,
});

const TOO_DEEP = {
  vi: `Nội dung lồng nhau quá ${JSON_DEPTH_MAX} tầng.`,
  en: `The content is nested more than ${JSON_DEPTH_MAX} levels deep.`,
};

const branchesOf = (value: object): readonly object[] =>
  Object.values(value).filter((one: unknown): one is object => typeof one === 'object' && one !== null);

/** Whether `value` nests deeper than `most` levels; without recursion, which such a value would exhaust. */
export function isDeeperThan(value: unknown, most: number): boolean {
  let level = branchesOf([value]);
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > most) return true;
    level = level.flatMap(branchesOf);
  }
  return false;
}

function refuseDeepBody(request: Request, _response: Response, next: NextFunction): void {
  next(
    isDeeperThan(request.body, JSON_DEPTH_MAX) ? new Problem('malformed', { detail: TOO_DEEP }) : undefined,
  );
}

function hasBody(request: Request): boolean {
  return (
    request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0
  );
}

/** A body of a kind that nobody reads would silently count as no body at all. */
function requireType(types: readonly string[]): RequestHandler {
  return (request, _response, next) => {
    const refused = hasBody(request) && request.is([...types]) === false;
    next(refused ? new Problem('media-type') : undefined);
  };
}

/** Of the multipart reader: the file, a field or their number is beyond its limit. */
const TOO_MUCH: ReadonlySet<unknown> = new Set(['LIMIT_FILE_SIZE', 'LIMIT_FIELD_COUNT', 'LIMIT_FIELD_VALUE']);

/** The multipart reader throws errors of many kinds, plain ones among them; all are about what was sent. */
function withProblems(read: RequestHandler): RequestHandler {
  return (request, response, next) => {
    void read(request, response, (error: unknown) => {
      const code = (error as { code?: unknown } | undefined)?.code;
      next(error === undefined ? undefined : new Problem(TOO_MUCH.has(code) ? 'too-large' : 'malformed'));
    });
  };
}

function multipart(most: number) {
  const limits = {
    fileSize: FILE_MAX_BYTES,
    files: most,
    fields: FORM_FIELDS_MAX,
    fieldSize: FORM_FIELD_MAX_BYTES,
  };
  return multer({ storage: multer.memoryStorage(), limits });
}

function uploadBody({ upload, uploads }: Route): readonly RequestHandler[] {
  if (uploads !== undefined)
    return [withProblems(multipart(uploads.most).array(uploads.field, uploads.most))];
  return upload === undefined ? [] : [withProblems(multipart(1).single(upload))];
}

/** The body parsers of a route, in order. An upload to the API may also come as JSON, without its file. */
export function bodyParsers(route: Route): readonly RequestHandler[] {
  if (route.method === 'get') return [];
  const upload = uploadBody(route);
  if (route.surface === 'api') {
    const types = route.upload === undefined ? JSON_TYPES : [...JSON_TYPES, 'multipart/form-data'];
    return [requireType(types), ...upload, jsonBody, refuseDeepBody];
  }
  return [...upload, formBody, refuseDeepBody];
}
