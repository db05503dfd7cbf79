/**
 * Shapes on a sphere and on a plane, as far as MongoDB's geospatial queries ask. On the sphere edges are the shortest
 * arcs between their ends, and a polygon is the smaller of the two areas that its ring bounds.
 */

/** Mean radius with which MongoDB turns radians into metres. Source: MongoDB manual, $centerSphere */
export const EARTH_METRES = 6_378_100;

/** Longitude and latitude in degrees, or x and y. */
export type Point = readonly [number, number];
type Vector = readonly [number, number, number];

/** What a value is made of: points, lines, and areas given by rings of which the first is the outside. */
export type Shape = {
  readonly points: readonly Point[];
  readonly lines: readonly (readonly Point[])[];
  readonly areas: readonly (readonly (readonly Point[])[])[];
};

/** Where touching an edge counts as being on it. */
const CLOSE = 1e-12;

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

function vectorOf([longitude, latitude]: Point): Vector {
  const [lambda, phi] = [radians(longitude), radians(latitude)];
  return [Math.cos(phi) * Math.cos(lambda), Math.cos(phi) * Math.sin(lambda), Math.sin(phi)];
}

const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const cross = (a: Vector, b: Vector): Vector => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
const length = (a: Vector): number => Math.hypot(...a);

/** Angle between two points as seen from the centre, in radians (haversine). */
export function arc([lon1, lat1]: Point, [lon2, lat2]: Point): number {
  const [phi1, phi2] = [radians(lat1), radians(lat2)];
  const h =
    Math.sin((phi2 - phi1) / 2) ** 2 +
    Math.cos(phi1) * Math.cos(phi2) * Math.sin(radians(lon2 - lon1) / 2) ** 2;
  return 2 * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** Distance on a plane. */
export const straight = ([x1, y1]: Point, [x2, y2]: Point): number => Math.hypot(x2 - x1, y2 - y1);

/** Angle from a point to the nearest place of an arc. */
function arcToEdge(point: Vector, from: Vector, to: Vector): number {
  const normal = cross(from, to);
  const size = length(normal);
  const ends = Math.min(angle(point, from), angle(point, to));
  if (size < CLOSE) return ends;
  // Between the planes through the ends that stand upright on the arc, the great circle itself is nearest.
  const isBeside = dot(cross(normal, from), point) >= 0 && dot(cross(to, normal), point) >= 0;
  return isBeside ? Math.abs(Math.asin(Math.max(-1, Math.min(1, dot(point, normal) / size)))) : ends;
}

const angle = (a: Vector, b: Vector): number => Math.atan2(length(cross(a, b)), dot(a, b));

const edgesOf = (line: readonly Point[]): (readonly [Point, Point])[] =>
  line.slice(1).map((to, at) => [line[at] as Point, to]);

/** Whether a point lies inside a ring on the sphere, or on its edge. */
function inRing(point: Point, ring: readonly Point[]): boolean {
  const p = vectorOf(point);
  const corners = ring.map(vectorOf);
  const edges = corners.slice(1).map((to, at) => [corners[at] as Vector, to] as const);
  if (edges.some(([from, to]) => arcToEdge(p, from, to) < CLOSE)) return true;
  const middle = corners
    .slice(1)
    .reduce<Vector>((sum, one) => [sum[0] + one[0], sum[1] + one[1], sum[2] + one[2]], [0, 0, 0]);
  // The winding below also counts a point's antipode: a ring bounds the area on its own half of the sphere.
  if (dot(p, middle) <= 0) return false;
  const turned = edges.reduce((sum, [from, to]) => {
    const [a, b] = [cross(p, from), cross(p, to)];
    return sum + Math.atan2(dot(p, cross(a, b)), dot(a, b));
  }, 0);
  return Math.abs(turned) > Math.PI;
}

/** Inside the outer ring and in none of the holes. */
function inArea(point: Point, [outside = [], ...holes]: readonly (readonly Point[])[]): boolean {
  return inRing(point, outside) && !holes.some((hole) => inRing(point, hole) && !isOnLine(point, hole));
}

function isOnLine(point: Point, line: readonly Point[]): boolean {
  const p = vectorOf(point);
  return edgesOf(line).some(([from, to]) => arcToEdge(p, vectorOf(from), vectorOf(to)) < CLOSE);
}

/** Whether two arcs cross in a point that is an end of neither. */
function areCrossing([a, b]: readonly [Point, Point], [c, d]: readonly [Point, Point]): boolean {
  const [va, vb, vc, vd] = [a, b, c, d].map(vectorOf) as [Vector, Vector, Vector, Vector];
  const [n, m] = [cross(va, vb), cross(vc, vd)];
  const sides = [dot(n, vc), dot(n, vd), dot(m, va), dot(m, vb)] as const;
  if (sides.some((side) => Math.abs(side) < CLOSE)) return false;
  const isApart = Math.sign(sides[0]) !== Math.sign(sides[1]) && Math.sign(sides[2]) !== Math.sign(sides[3]);
  // Great circles meet twice: the arcs must be on the same side of the sphere.
  const meeting = cross(n, m);
  const side = Math.sign(dot(meeting, va) + dot(meeting, vb));
  return isApart && side === Math.sign(dot(meeting, vc) + dot(meeting, vd));
}

const linesOf = (shape: Shape): (readonly Point[])[] => [...shape.lines, ...shape.areas.flat()];
const cornersOf = (shape: Shape): Point[] => [...shape.points, ...linesOf(shape).flat()];

function areLinesCrossing(left: Shape, right: Shape): boolean {
  const edges = linesOf(right).flatMap(edgesOf);
  return linesOf(left).some((line) =>
    edgesOf(line).some((edge) => edges.some((other) => areCrossing(edge, other))),
  );
}

/** Whether a shape lies wholly in one of the areas of another. */
export function isWithin(shape: Shape, region: Shape): boolean {
  return region.areas.some((area) => {
    const part = { points: [], lines: [], areas: [area] };
    if (!cornersOf(shape).every((corner) => inArea(corner, area)) || areLinesCrossing(shape, part))
      return false;
    const holes = area.slice(1).flat();
    return !holes.some((corner) =>
      shape.areas.some((own) => inArea(corner, own) && !own.some((ring) => isOnLine(corner, ring))),
    );
  });
}

/** Whether two shapes have a point in common. */
export function isIntersecting(left: Shape, right: Shape): boolean {
  return touches(left, right) || touches(right, left) || areLinesCrossing(left, right);
}

/** Whether a corner of one shape is in or on the other. */
function touches(left: Shape, right: Shape): boolean {
  return cornersOf(left).some(
    (corner) =>
      right.areas.some((area) => inArea(corner, area)) ||
      right.lines.some((line) => isOnLine(corner, line)) ||
      right.points.some((point) => arc(point, corner) < CLOSE),
  );
}

/** Angle from a point to the nearest place of a shape. */
export function arcTo(point: Point, shape: Shape): number {
  if (shape.areas.some((area) => inArea(point, area))) return 0;
  const p = vectorOf(point);
  const toEdges = linesOf(shape).flatMap((line) =>
    edgesOf(line).map(([from, to]) => arcToEdge(p, vectorOf(from), vectorOf(to))),
  );
  return Math.min(Infinity, ...toEdges, ...shape.points.map((other) => arc(point, other)));
}

/** Whether a point of the plane lies in a ring, which need not be closed, or on its edge. */
export function inFlatRing([x, y]: Point, ring: readonly Point[]): boolean {
  let isInside = false;
  for (const [at, [x1, y1]] of ring.entries()) {
    const [x2, y2] = ring[(at + 1) % ring.length] as Point;
    const turn = (x2 - x1) * (y - y1) - (y2 - y1) * (x - x1);
    const isBetween =
      Math.min(x1, x2) <= x && x <= Math.max(x1, x2) && Math.min(y1, y2) <= y && y <= Math.max(y1, y2);
    if (isBetween && Math.abs(turn) < CLOSE) return true;
    if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) isInside = !isInside;
  }
  return isInside;
}
