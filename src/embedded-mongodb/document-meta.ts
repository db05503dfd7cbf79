import type { Document } from './values.ts';
import { isDocument } from './values.ts';

/** What a query knows of a document beside its fields, as `$meta` reads it. It never reaches the document's bytes. */
const META = Symbol('what the query knows of the document');

/** Names that `$meta` may ask for. */
export const META_NAMES: ReadonlySet<string> = new Set([
  'textScore', 'geoNearDistance', 'geoNearPoint', 'recordId', 'indexKey', 'searchScore', 'searchHighlights',
  'sortKey', 'randVal', 'timeseriesBucketMinTime', 'timeseriesBucketMaxTime',
]); // prettier-ignore

/** One thing that is known of the document; undefined when it is not. */
export function metaOf(document: unknown, name: string): unknown {
  const meta: unknown =
    typeof document === 'object' && document !== null ? Reflect.get(document, META) : undefined;
  return meta instanceof Map ? (meta as ReadonlyMap<string, unknown>).get(name) : undefined;
}

/** Whether a projection or a pipeline asks for this thing, anywhere in it. */
export function asksMeta(value: unknown, name: string): boolean {
  if (Array.isArray(value)) return value.some((part: unknown) => asksMeta(part, name));
  if (!isDocument(value)) return false;
  return value['$meta'] === name || Object.values(value).some((part) => asksMeta(part, name));
}

/** Notes things about a document. A spread copy of it knows them too. */
export function setMeta(document: Document, facts: Document): void {
  Reflect.set(document, META, new Map(Object.entries(facts)));
}

/** Notes more about a document. */
export function addMeta(document: Document, facts: Document): void {
  const meta: unknown = Reflect.get(document, META);
  const known = meta instanceof Map ? (Object.fromEntries(meta) as Document) : {};
  setMeta(document, { ...known, ...facts });
}

/** Whether anything is known of the document beside its fields. */
export function hasMeta(document: Document): boolean {
  return Reflect.has(document, META);
}

/** What is known of one document is known of the other, which was made of it. */
export function carryMeta<Made extends Document>(from: Document, made: Made): Made {
  const meta: unknown = Reflect.get(from, META);
  if (meta !== undefined) Reflect.set(made, META, meta);
  return made;
}
