import { Int32 } from 'bson';
import type { Collection } from './catalog.ts';
import { CommandError } from './errors.ts';
import type { Document } from './values.ts';
import { isDocument, isNumeric, toDouble, valuesEqual } from './values.ts';

/** What makes a collection more than a plain one: the options of `create` that say so, checked and read. */

/** The least `size` of a capped collection and the step to which it is rounded up. Source: MongoDB manual, create */
const CAPPED_STEP_BYTES = 256;
/** A PiB. Source: server, db/catalog/collection_options.cpp; jstests/core/convert_to_capped.js */
const CAPPED_MAX_BYTES = 2 ** 50;

const GRANULARITIES = new Set(['seconds', 'minutes', 'hours']);
const TIME_SERIES_FIELDS = new Set([
  'timeField', 'metaField', 'granularity', 'bucketMaxSpanSeconds', 'bucketRoundingSeconds',
]); // prettier-ignore

/** The options as they are kept. @throws CommandError 2, 72 for what does not go together */
export function checkedKind(options: Document): Document {
  const { capped, size, max, clusteredIndex, timeseries, viewOn, pipeline, expireAfterSeconds } = options;
  const kept = { ...options };
  if (capped === true) Object.assign(kept, cappedOptions(options));
  else if (size !== undefined || max !== undefined) {
    throw invalid("the 'capped' field needs to be true when either the 'size' or 'max' fields are present");
  }
  if (clusteredIndex !== undefined) kept['clusteredIndex'] = clusteredOptions(clusteredIndex);
  if (timeseries !== undefined) checkTimeSeries(timeseries);
  if (viewOn !== undefined && (typeof viewOn !== 'string' || viewOn === '')) {
    throw invalid("'viewOn' cannot be empty");
  }
  if (pipeline !== undefined && viewOn === undefined)
    throw invalid("'pipeline' requires 'viewOn' to also be specified");
  if (pipeline !== undefined && !(Array.isArray(pipeline) && pipeline.every(isDocument))) {
    throw new CommandError('TypeMismatch', "'pipeline' option must be specified as an array of objects");
  }
  if (viewOn !== undefined) kept['pipeline'] = pipeline ?? [];
  if (expireAfterSeconds !== undefined && timeseries === undefined && clusteredIndex === undefined) {
    throw invalid(
      "'expireAfterSeconds' is only supported on time-series collections or clustered collections",
    );
  }
  return kept;
}

const invalid = (message: string) => new CommandError('InvalidOptions', message);

function cappedOptions({ size, max }: Document): Document {
  if (!isNumeric(size) || toDouble(size) <= 0) {
    throw invalid("the 'size' field is required when 'capped' is true");
  }
  if (toDouble(size) > CAPPED_MAX_BYTES) {
    throw new CommandError('BadValue', `Capped collection size must be <= ${CAPPED_MAX_BYTES}`);
  }
  const rounded = Math.ceil(toDouble(size) / CAPPED_STEP_BYTES) * CAPPED_STEP_BYTES;
  return { capped: true, size: rounded, ...(max === undefined ? {} : { max: toDouble(max) }) };
}

function clusteredOptions(given: unknown): Document {
  const index = isDocument(given) ? given : {};
  if (!valuesEqual(index['key'], { _id: 1 }) || index['unique'] !== true) {
    throw invalid("The 'clusteredIndex' option must have the key { _id: 1 } and be unique");
  }
  return { v: new Int32(2), key: index['key'], name: index['name'] ?? '_id_', unique: true };
}

function checkTimeSeries(given: unknown): void {
  if (!isDocument(given) || typeof given['timeField'] !== 'string' || given['timeField'].includes('.')) {
    throw invalid("'timeField' must be the name of a field at the top of a document");
  }
  const unknown = Object.keys(given).find((field) => !TIME_SERIES_FIELDS.has(field));
  if (unknown !== undefined) {
    throw new CommandError(40415, `BSON field 'create.timeseries.${unknown}' is an unknown field.`);
  }
  const { granularity, bucketMaxSpanSeconds: span, bucketRoundingSeconds: rounding } = given;
  if (granularity !== undefined && !GRANULARITIES.has(String(granularity))) {
    throw new CommandError(
      'BadValue',
      `Enumeration value '${String(granularity)}' for field 'granularity' is not valid`,
    );
  }
  if ((span === undefined) !== (rounding === undefined) || toDouble(span ?? 1) !== toDouble(rounding ?? 1)) {
    throw invalid('bucketMaxSpanSeconds and bucketRoundingSeconds must be set to the same value');
  }
}

/** The field that has a measurement's time, or null for a collection that is no time series. */
export function timeFieldOf({ options }: Pick<Collection, 'options'>): string | null {
  const { timeseries } = options;
  return isDocument(timeseries) ? String(timeseries['timeField']) : null;
}

/** How much a capped collection holds, or null. */
export function capOf({
  options,
}: Collection): { readonly bytes: number; readonly documents: number } | null {
  if (options['capped'] !== true) return null;
  return { bytes: toDouble(options['size']), documents: toDouble(options['max'] ?? Infinity) };
}

/** What a view looks at: a collection or another view, by a pipeline. */
export type View = { readonly on: string; readonly pipeline: readonly Document[] };

/** What a view looks at, or null for a collection that has documents of its own. */
export function viewOf({ options }: Pick<Collection, 'options'>): View | null {
  if (typeof options['viewOn'] !== 'string') return null;
  const { pipeline } = options;
  return { on: options['viewOn'], pipeline: Array.isArray(pipeline) ? (pipeline as Document[]) : [] };
}

/** The `type` that `listCollections` shows. */
export function typeOf(collection: Collection): 'collection' | 'view' | 'timeseries' {
  if (viewOf(collection) !== null) return 'view';
  return timeFieldOf(collection) === null ? 'collection' : 'timeseries';
}

/** @throws CommandError 166: a view has no documents of its own to change */
export function refuseView(collection: Collection): void {
  if (viewOf(collection) === null) return;
  const message = `Namespace ${collection.database}.${collection.name} is a view, not a collection`;
  throw new CommandError('CommandNotSupportedOnView', message);
}
