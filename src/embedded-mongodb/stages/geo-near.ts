import { Double } from 'bson';
import { setMeta } from '../document-meta.ts';
import { CommandError } from '../errors.ts';
import { pairOf, shapeOfGeoJson } from '../geo-values.ts';
import type { Nearest } from '../near.ts';
import { nearBy } from '../near.ts';
import { splitPath } from '../paths.ts';
import type { Document } from '../values.ts';
import { isDocument, isNumeric, toDouble } from '../values.ts';
import { withValue } from './fields.ts';
import type { PipelineScope, StageCompiler } from './stage.ts';

/** What older versions took. Source: server, document_source_geo_near.cpp, parseOptions */
const NO_LONGER: Readonly<Record<string, number>> = {
  collation: 40227,
  limit: 50858,
  num: 50857,
  start: 50856,
};

/** `$geoNear`: the documents of the collection by their distance, the nearest first. */
export const geoNear: StageCompiler = (spec, place, runner) => {
  if (!isDocument(spec)) throw new CommandError(10065, '$geoNear must be an object');
  const old = Object.keys(NO_LONGER).find((name) => name in spec);
  if (old !== undefined)
    throw new CommandError(NO_LONGER[old] ?? 2, `$geoNear does not accept the '${old}' parameter`);
  const { near, distanceField, query, distanceMultiplier, includeLocs } = spec;
  if (near === undefined) throw new CommandError(5860400, "$geoNear requires a 'near' argument");
  if (distanceField !== undefined && typeof distanceField !== 'string') {
    throw new CommandError(16606, "$geoNear requires that the 'distanceField' option is a String");
  }
  if (includeLocs !== undefined && typeof includeLocs !== 'string') {
    throw new CommandError(16607, "$geoNear requires that 'includeLocs' option is a String");
  }
  const isGeoJson = isDocument(near) && typeof near['type'] === 'string';
  const [point] = isGeoJson ? shapeOfGeoJson(near).points : [pairOf(near)];
  if (point === undefined || point === null) throw new CommandError('BadValue', '$geoNear requires a point');
  const { collection, path } = searched(spec, place);
  const search = nearBy(path, {
    centre: point,
    unit: isGeoJson ? 'metres' : spec['spherical'] === true ? 'radians' : 'flat',
    least: numberOf(spec['minDistance']),
    most: numberOf(spec['maxDistance']) ?? Infinity,
    collection,
  });
  const factor = numberOf(distanceMultiplier) ?? 1;
  return function* () {
    const filter = isDocument(query) ? query : {};
    const found: (Nearest & { readonly document: Document })[] = [];
    for (const document of runner.read(place, collection.name, { filter })) {
      const nearest = search.nearestOf(document);
      if (nearest !== null) found.push({ document, ...nearest });
    }
    found.sort((left, right) => left.distance - right.distance);
    for (const { document, distance, place: geoNearPoint } of found) {
      const geoNearDistance = new Double(distance * factor);
      const far = withField(document, distanceField, geoNearDistance);
      const made = withField(far, includeLocs, geoNearPoint);
      setMeta(made, { geoNearDistance, geoNearPoint });
      yield made;
    }
  };
};

function withField(document: Document, field: string | undefined, value: unknown): Document {
  return field === undefined ? document : withValue(document, splitPath(field), value);
}

/** The collection and the path of its index. @throws CommandError 27 without one, or with several and no `key` */
function searched(spec: Document, { server, database, name }: PipelineScope) {
  const collection = name === undefined ? null : server.storage.catalog.find(database, name);
  const paths = (collection?.indexes ?? []).flatMap((index) => index.geoFields.map((field) => field.name));
  const path = typeof spec['key'] === 'string' ? spec['key'] : paths[0];
  if (collection === null || path === undefined) {
    throw new CommandError('IndexNotFound', '$geoNear requires a 2d or 2dsphere index, but none were found');
  }
  if (spec['key'] === undefined && new Set(paths).size > 1) {
    throw new CommandError(
      'IndexNotFound',
      'There is more than one 2d or 2dsphere index; unsure which to use for $geoNear',
    );
  }
  return { collection, path };
}

function numberOf(value: unknown): number | null {
  if (value === undefined) return null;
  if (isNumeric(value) && toDouble(value) >= 0) return toDouble(value);
  throw new CommandError('BadValue', 'distances of $geoNear must be non-negative numbers');
}
