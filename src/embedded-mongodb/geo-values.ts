import { CommandError } from './errors.ts';
import type { Point, Shape } from './geometry.ts';
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

/** A place as a document has it, with its shape. */
export type Place = { readonly value: unknown; readonly shape: Shape };

/** The places at a path of a document: one, or those of a list. Values that are no places are none. */
export function placesOf(value: unknown): Place[] {
  const one = shapeOf(value);
  if (one !== null) return [{ value, shape: one }];
  if (!Array.isArray(value)) return [];
  return value.flatMap((element: unknown) => {
    const shape = shapeOf(element);
    return shape === null ? [] : [{ value: element, shape }];
  });
}

/** Their shapes. */
export function shapesOf(value: unknown): Shape[] {
  return placesOf(value).map(({ shape }) => shape);
}

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

/** Whether a geospatial index takes the value. @throws CommandError 16755 */
export function checkPlace(value: unknown, kind: '2d' | '2dsphere'): void {
  if (value === undefined || value === null) return;
  if (shapesOf(value).length > 0) return;
  if (Array.isArray(value) && value.length === 0) return;
  if (kind === '2d')
    throw new CommandError(16804, `location object expected, location array not in correct format`);
  throw new CommandError(16755, `Can't extract geo keys: unknown GeoJSON type or point that is not valid`);
}
