import { heldName, plainName } from './field-names.ts';
import { fieldOf, hasFields } from './values.ts';

/** A field path split at its dots. */
export type Path = readonly string[];

const splitPaths = new Map<string, Path>();
/** Enough for every path that an application uses; beyond it the oldest are forgotten. */
const SPLIT_PATHS_MAX = 5_000;

/** `a.b.0` as its parts, names as objects in memory have them; the same text always gives the same array. */
export function splitPath(path: string): Path {
  const known = splitPaths.get(path);
  if (known !== undefined) return known;
  if (splitPaths.size >= SPLIT_PATHS_MAX) splitPaths.clear();
  const parts = path.split('.').map(heldName);
  splitPaths.set(path, parts);
  return parts;
}

/** The path of these parts as BSON has it: `a.b.0`. */
export function joinPath(parts: Path): string {
  return parts.map(plainName).join('.');
}

/** The number that a path component means in an array; null for a name. */
export function arrayIndex(component: string): number | null {
  const name = plainName(component);
  return /^(0|[1-9]\d{0,9})$/.test(name) ? Number(name) : null;
}

/** @param isPlace the value is an element that the path names by its place: `a.0` */
type Visit = (value: unknown, isPlace: boolean) => boolean;

/**
 * Calls `visit` with each value that the path leads to, going into the documents of arrays on the way, until it
 * answers true. A document without the field is visited as `undefined`; other values inside an array are passed by.
 * @returns whether a visit answered true
 */
export function someValueAt(root: unknown, path: Path, visit: Visit, from = 0): boolean {
  if (from === path.length) return visit(root, false);
  const component = path[from] as string;
  if (!Array.isArray(root)) {
    if (!hasFields(root)) return visit(undefined, false);
    return someValueAt(fieldOf(root, component), path, visit, from + 1);
  }
  for (const element of root as unknown[]) {
    if (hasFields(element) && someValueAt(element, path, visit, from)) return true;
  }
  const index = arrayIndex(component);
  if (index === null || index >= root.length) return false;
  if (from + 1 === path.length) return visit(root[index], true);
  return someValueAt(root[index], path, visit, from + 1);
}
