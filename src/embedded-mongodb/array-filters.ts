import { CommandError } from './errors.ts';
import type { MatchContext } from './match.ts';
import { compileFilter, refuseSpecialFeatures } from './match.ts';
import { typeName } from './match-type.ts';
import { splitPath } from './paths.ts';
import { shellText } from './shell-text.ts';
import type { Document } from './values.ts';
import { isDocument } from './values.ts';

/** Whether an element of an array is one that an identifier of `arrayFilters` means. */
export type ElementTests = ReadonlyMap<string, (element: unknown) => boolean>;

/** The identifier in `$[identifier]`, empty for `$[]`; null for another part of a path. */
export function identifierIn(part: string): string | null {
  return part.startsWith('$[') && part.endsWith(']') ? part.slice(2, -1) : null;
}

/** The `arrayFilters` of a statement. @throws CommandError 14 when they are no list of documents */
export function arrayFiltersOf(statement: Document): Document[] {
  const filters = statement['arrayFilters'];
  if (filters === undefined || filters === null) return [];
  if (Array.isArray(filters) && filters.every(isDocument)) return filters;
  const given: unknown = Array.isArray(filters)
    ? filters.find((filter: unknown) => !isDocument(filter))
    : filters;
  const message = `BSON field 'arrayFilters' is the wrong type '${typeName(given)}', expected ${Array.isArray(filters) ? "type 'object'" : "type 'array'"}`;
  throw new CommandError('TypeMismatch', message);
}

/**
 * The test of each identifier that the paths of an update name.
 * @throws CommandError 9 for a filter that is not used or that names several things, 2 for a path without its filter
 */
export function elementTests(
  filters: readonly Document[],
  {
    update,
    paths,
    context,
  }: { readonly update: Document; readonly paths: readonly string[]; readonly context: MatchContext },
): ElementTests {
  const tests = new Map<string, (element: unknown) => boolean>();
  const used = paths.map((path) => ({ path, identifiers: splitPath(path).map(identifierIn) }));
  for (const filter of filters) {
    refuseSpecialFeatures(filter);
    const test = compileFilter(filter, { ...context, isTop: false });
    const identifier = nameOf(filter);
    if (tests.has(identifier)) {
      const message = `Found multiple array filters with the same top-level field name ${identifier}`;
      throw new CommandError('FailedToParse', message);
    }
    if (!used.some(({ identifiers }) => identifiers.includes(identifier))) {
      const message = `The array filter for identifier '${identifier}' was not used in the update ${shellText(update)}`;
      throw new CommandError('FailedToParse', message);
    }
    tests.set(identifier, (element) => test({ [identifier]: element }));
  }
  for (const { path, identifiers } of used) {
    const missing = identifiers.find((name) => name !== null && name !== '' && !tests.has(name));
    if (missing === undefined) continue;
    const message = `No array filter found for identifier '${missing ?? ''}' in path '${path}'`;
    throw new CommandError('BadValue', message);
  }
  return tests;
}

/** The one name at the top of all that a filter asks. */
function nameOf(filter: Document): string {
  const names = [...new Set(topNames(filter))];
  const [name, other] = names;
  if (name === undefined) {
    const message = 'Cannot use an expression without a top-level field name in arrayFilters';
    throw new CommandError('FailedToParse', message);
  }
  if (other !== undefined) {
    const message = `Error parsing array filter :: caused by :: Expected a single top-level field name, found '${name}' and '${other}'`;
    throw new CommandError('FailedToParse', message);
  }
  if (/^[a-z][a-zA-Z0-9]*$/.test(name)) return name;
  const message = `Error parsing array filter :: caused by :: The top-level field name must be an alphanumeric string beginning with a lowercase letter, found '${name}'`;
  throw new CommandError('BadValue', message);
}

function topNames(filter: Document): string[] {
  return Object.entries(filter).flatMap(([key, operand]) => {
    if (!key.startsWith('$')) return [splitPath(key)[0] ?? ''];
    return Array.isArray(operand) ? operand.filter(isDocument).flatMap(topNames) : [];
  });
}
