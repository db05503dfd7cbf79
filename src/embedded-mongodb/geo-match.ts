import { CommandError } from './errors.ts';
import { arc, inFlatRing, isIntersecting, isWithin, straight } from './geometry.ts';
import type { Point } from './geometry.ts';
import { pairOf, shapeOfGeoJson, shapesOf } from './geo-values.ts';
import { isDocument, isNumeric, toDouble } from './values.ts';

type ValueTest = (value: unknown) => boolean;

const bad = (message: string): CommandError => new CommandError('BadValue', message);

/** Operators that are answered by `near.ts`: they order what they find. */
export const NEAR_OPERATORS: ReadonlySet<string> = new Set(['$near', '$nearSphere', '$geoNear']);

/** What stands beside `$near` and belongs to it. */
export const NEAR_OPTIONS: ReadonlySet<string> = new Set(['$maxDistance', '$minDistance', '$uniqueDocs']);

/** Test of `$geoWithin` (`$within`) and `$geoIntersects` on the value at a path. @throws CommandError 2 */
export function geoTest(operator: string, operand: unknown): ValueTest {
  if (!isDocument(operand)) throw bad(`${operator} must be an object`);
  const name = Object.keys(operand).find((key) => key !== '$uniqueDocs') ?? '';
  if (name === '$geometry') return geometryTest(operator, operand['$geometry']);
  if (operator === '$geoIntersects') throw bad('$geoIntersects needs a $geometry');
  const holds = flatTest(name, operand[name]);
  return (value) => shapesOf(value).some((shape) => shape.points.length > 0 && shape.points.every(holds));
}

function geometryTest(operator: string, geometry: unknown): ValueTest {
  const region = shapeOfGeoJson(geometry);
  if (operator === '$geoIntersects')
    return (value) => shapesOf(value).some((shape) => isIntersecting(shape, region));
  if (region.areas.length === 0) {
    throw bad('$geoWithin not supported with provided geometry: it must be a Polygon or MultiPolygon');
  }
  return (value) => shapesOf(value).some((shape) => isWithin(shape, region));
}

function flatTest(name: string, operand: unknown): (point: Point) => boolean {
  switch (name) {
    case '$box': {
      const [[x1, y1], [x2, y2]] = points(name, operand, 2) as [Point, Point];
      return ([x, y]) =>
        x >= Math.min(x1, x2) && x <= Math.max(x1, x2) && y >= Math.min(y1, y2) && y <= Math.max(y1, y2);
    }
    case '$polygon': {
      const ring = points(name, operand, 3);
      return (point) => inFlatRing(point, ring);
    }
    case '$center':
    case '$centerSphere': {
      const { centre, radius } = circle(name, operand);
      const distance = name === '$center' ? straight : arc;
      return (point) => distance(point, centre) <= radius;
    }
    default:
      throw bad(`unknown geo specifier: ${name}`);
  }
}

function points(name: string, operand: unknown, least: number): Point[] {
  const given: unknown[] = Array.isArray(operand)
    ? operand
    : isDocument(operand)
      ? Object.values(operand)
      : [];
  const pairs = given.map(pairOf);
  if (pairs.length < least || pairs.includes(null)) throw bad(`${name} needs at least ${least} points`);
  return pairs.filter((pair) => pair !== null);
}

function circle(name: string, operand: unknown): { readonly centre: Point; readonly radius: number } {
  const [centre, radius] = Array.isArray(operand)
    ? (operand as unknown[])
    : isDocument(operand)
      ? Object.values(operand)
      : [];
  const point = pairOf(centre);
  if (point === null || !isNumeric(radius) || !(toDouble(radius) >= 0)) {
    throw bad(`${name} needs a point and a radius that is not negative`);
  }
  return { centre: point, radius: toDouble(radius) };
}

/** Whether there is any place at all: what `$near` asks of a document before it measures. */
export const hasPlace: ValueTest = (value) => shapesOf(value).length > 0;
