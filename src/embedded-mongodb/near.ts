import type { Collection, Index } from './catalog.ts';
import { CommandError } from './errors.ts';
import { NEAR_OPERATORS } from './geo-match.ts';
import { pairOf, placesOf, shapeOfGeoJson } from './geo-values.ts';
import type { Point, Shape } from './geometry.ts';
import { arcTo, EARTH_METRES, straight } from './geometry.ts';
import { someValueAt, splitPath } from './paths.ts';
import type { Document } from './values.ts';
import { isDocument, isNumeric, toDouble } from './values.ts';

/** The nearest of a document's places, and how far it is. */
type Nearest = { readonly distance: number; readonly place: unknown };

/** A search by distance: where a document is, null when it is too far, too near, or nowhere. */
export type Near = { readonly path: string; readonly nearestOf: (document: unknown) => Nearest | null };

type Clause = { readonly path: string; readonly operand: Document; readonly operator: string };

/** The clause that searches by distance, at the filter's top or in its `$and`s. */
function nearClause(filter: Document): Clause | null {
  for (const [path, operand] of Object.entries(filter)) {
    if (path === '$and' && Array.isArray(operand)) {
      const inner = operand
        .filter(isDocument)
        .map(nearClause)
        .find((clause) => clause !== null);
      if (inner !== undefined) return inner;
    }
    if (path.startsWith('$') || !isDocument(operand)) continue;
    const operator = Object.keys(operand).find((key) => NEAR_OPERATORS.has(key));
    if (operator !== undefined) return { path, operand, operator };
  }
  return null;
}

/** Whether the filter searches by distance. */
export const isNear = (filter: Document): boolean => nearClause(filter) !== null;

/**
 * How the filter of a query orders by distance; null when it does not.
 * @throws CommandError 291 where the path has no geospatial index
 */
export function nearOf(collection: Collection, filter: Document): Near | null {
  const clause = nearClause(filter);
  if (clause === null) return null;
  const { path, operand, operator } = clause;
  const given = operand[operator];
  const geometry = isDocument(given)
    ? (given['$geometry'] ?? (given['type'] === 'Point' ? given : undefined))
    : undefined;
  const options = isDocument(given) && geometry !== undefined && '$geometry' in given ? given : operand;
  const isFlat = operator === '$near' && geometry === undefined && geoIndex(collection, path).kind === '2d';
  return nearBy(path, {
    centre: geometry === undefined ? legacyCentre(given) : pointOf(geometry),
    unit: isFlat ? 'flat' : geometry === undefined ? 'radians' : 'metres',
    least: bound(options['$minDistance']),
    // A pair may be followed by the greatest distance: `$near: [x, y, max]`.
    most:
      bound(options['$maxDistance'] ?? (Array.isArray(given) ? (given[2] as unknown) : undefined)) ??
      Infinity,
    collection,
  });
}

type Search = {
  readonly centre: Point;
  readonly unit: 'flat' | 'radians' | 'metres';
  readonly least: number | null;
  readonly most: number;
  readonly collection: Collection;
};

/** A search by distance from a point. @throws CommandError 291 */
export function nearBy(path: string, { centre, unit, least, most, collection }: Search): Near {
  geoIndex(collection, path);
  const measure = (shape: Shape): number => {
    if (unit === 'flat') return Math.min(Infinity, ...shape.points.map((point) => straight(point, centre)));
    return arcTo(centre, shape) * (unit === 'metres' ? EARTH_METRES : 1);
  };
  const parts = splitPath(path);
  return {
    path,
    nearestOf(document) {
      let nearest: Nearest = { distance: Infinity, place: undefined };
      someValueAt(document, parts, (value) => {
        for (const { value: place, shape } of placesOf(value)) {
          const distance = measure(shape);
          if (distance < nearest.distance) nearest = { distance, place };
        }
        return false;
      });
      const { distance } = nearest;
      return distance === Infinity || distance > most || distance < (least ?? 0) ? null : nearest;
    },
  };
}

function legacyCentre(given: unknown): Point {
  const pair = pairOf(given);
  if (pair !== null) return pair;
  throw new CommandError('BadValue', 'invalid point in geo near query $geometry argument');
}

function pointOf(geometry: unknown): Point {
  const [point] = shapeOfGeoJson(geometry).points;
  if (point !== undefined) return point;
  throw new CommandError('BadValue', '$near requires a point');
}

function bound(value: unknown): number | null {
  if (value === undefined) return null;
  const number = isNumeric(value) ? toDouble(value) : Number.NaN;
  if (number >= 0) return number;
  throw new CommandError('BadValue', '$minDistance and $maxDistance must be non-negative numbers');
}

/** The geospatial index of a path. @throws CommandError 291 */
export function geoIndex(collection: Collection, path: string): Index {
  const found = collection.indexes.find((index) => index.geoFields.some((field) => field.name === path));
  if (found !== undefined) return found;
  const message = `error processing query: planner returned error :: caused by :: unable to find index for $geoNear query`;
  throw new CommandError(291, message);
}
