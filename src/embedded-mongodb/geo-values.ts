import { CommandError } from './errors.ts';
import type { Point, Shape } from './geometry.ts';
import type { Document } from './values.ts';
import { isDocument, isNumeric, toDouble, valuesEqual } from './values.ts';

/** Places as documents have them: GeoJSON, or a pair of numbers in a list or a document. */

const NOTHING: Shape = { points: [], lines: [], areas: [] };

/** A pair of numbers; null for anything else. */
export function pairOf(value: unknown): Point | null {
  const parts = Array.isArray(value) ? (value as unknown[]) : isDocument(value) ? Object.values(value) : [];
  const [x, y] = parts;
  return parts.length >= 2 && isNumeric(x) && isNumeric(y) ? [toDouble(x), toDouble(y)] : null;
}

/** A position of GeoJSON, within the bounds of the globe. */
function position(value: unknown): Point {
  const pair = Array.isArray(value) ? pairOf(value) : null;
  if (pair === null) throw bad('Point must only contain numeric elements');
  if (Math.abs(pair[0]) > 180 || Math.abs(pair[1]) > 90) {
    throw bad(`Longitude/latitude is out of bounds, lng: ${pair[0]} lat: ${pair[1]}`);
  }
  return pair;
}

const bad = (message: string): CommandError => new CommandError('BadValue', message);

function list<Item>(value: unknown, item: (value: unknown) => Item, least = 1): Item[] {
  if (Array.isArray(value) && value.length >= least) return value.map(item);
  throw bad('GeoJSON coordinates must be an array of coordinates');
}

const line = (value: unknown): Point[] => list(value, position, 2);

function ring(value: unknown): Point[] {
  const points = list(value, position, 4);
  if (!valuesEqual(points[0], points.at(-1))) throw bad('Loop is not closed');
  return points;
}

const area = (value: unknown): Point[][] => list(value, ring);

/** A GeoJSON geometry. @throws CommandError 2 for one that is not valid */
export function shapeOfGeoJson(value: unknown): Shape {
  if (!isDocument(value)) throw bad('$geometry must be an object');
  const { type, coordinates, geometries } = value;
  switch (type) {
    case 'Point':
      return { ...NOTHING, points: [position(coordinates)] };
    case 'MultiPoint':
      return { ...NOTHING, points: list(coordinates, position) };
    case 'LineString':
      return { ...NOTHING, lines: [line(coordinates)] };
    case 'MultiLineString':
      return { ...NOTHING, lines: list(coordinates, line) };
    case 'Polygon':
      return { ...NOTHING, areas: [area(coordinates)] };
    case 'MultiPolygon':
      return { ...NOTHING, areas: list(coordinates, area) };
    case 'GeometryCollection': {
      const shapes = list(geometries, shapeOfGeoJson);
      return {
        points: shapes.flatMap((shape) => shape.points),
        lines: shapes.flatMap((shape) => shape.lines),
        areas: shapes.flatMap((shape) => shape.areas),
      };
    }
    default:
      throw bad(`unknown GeoJSON type: ${String(type)}`);
  }
}

/** A shape, and the value that is it. */
export type Place = { readonly shape: Shape; readonly value: unknown };

/** The places at a path of a document: one, or those of a list. Values that are no places are none. */
export function placesOf(value: unknown): Place[] {
  const shape = shapeOf(value);
  if (shape !== null) return [{ shape, value }];
  const elements: readonly unknown[] = Array.isArray(value) ? value : [];
  return elements.flatMap((element) => {
    const one = shapeOf(element);
    return one === null ? [] : [{ shape: one, value: element }];
  });
}

/** The shapes of these places. */
export const shapesOf = (value: unknown): Shape[] => placesOf(value).map(({ shape }) => shape);

function shapeOf(value: unknown): Shape | null {
  if (isDocument(value) && typeof value['type'] === 'string') {
    try {
      return shapeOfGeoJson(value);
    } catch {
      return null;
    }
  }
  const pair = pairOf(value);
  return pair === null ? null : { ...NOTHING, points: [pair] };
}

const isContainer = (value: unknown): value is Document | unknown[] =>
  Array.isArray(value) || isDocument(value);

/** The least and the greatest number of a pair in a `2d` index. */
export type FlatBounds = { readonly min: number; readonly max: number };

/**
 * Whether a `2d` index takes the value: a pair, or a list or document of pairs. What is no list and no document, or has
 * nothing in it, it passes over.
 * @throws CommandError 16804, 13026, 13068, 13027. Source: server, expression_keys_private.cpp, hash.cpp
 */
export function checkFlatPlace(value: unknown, bounds: FlatBounds): void {
  const parts = isContainer(value) ? Object.values(value) : [];
  const places = isNumeric(parts[0]) ? [parts] : parts;
  for (const place of places) {
    if (!isContainer(place)) {
      throw new CommandError(16804, 'location object expected, location array not in correct format');
    }
    if (Object.keys(place).length > 0) checkFlatPair(Object.values(place), bounds);
  }
}

function checkFlatPair(parts: readonly unknown[], { min, max }: FlatBounds): void {
  const pair = parts.slice(0, 2);
  if (pair.length < 2) throw new CommandError(13068, 'geo field only has 1 element');
  if (!pair.every(isNumeric)) {
    throw new CommandError(13026, "geo values must be 'legacy coordinate pairs' for 2d indexes");
  }
  if (pair.every((number) => toDouble(number) >= min && toDouble(number) <= max)) return;
  throw new CommandError(13027, `point not in interval of [ ${min}, ${max} ]`);
}

/**
 * Whether a `2dsphere` index takes the value: GeoJSON or a pair of degrees; null and what is empty it passes over.
 * @throws CommandError 16755. Source: server, expression_keys_private.cpp, geometry_container.cpp
 */
export function checkSpherePlace(value: unknown): void {
  if (value === undefined || value === null) return;
  if (isContainer(value) && Object.keys(value).length === 0) return;
  try {
    if (!isContainer(value)) throw bad('geo element must be an array or object');
    const parts = Object.values(value) as unknown[];
    if (Array.isArray(value) || isNumeric(parts[0])) position(parts);
    else shapeOfGeoJson(value);
  } catch (error) {
    throw new CommandError(16755, `Can't extract geo keys: ${(error as Error).message}`);
  }
}
