import type { MatchContext } from './match.ts';
import { compileFilter } from './match.ts';
import { splitPath } from './paths.ts';
import type { Document } from './values.ts';
import { fieldOf, isDocument } from './values.ts';

/** One condition of a filter on one path. */
type Clause = { readonly path: string; readonly operand: unknown };

/**
 * Place of the array element that made `filter` match: what `$` in an update and `array.$` in a projection mean.
 * The filter's last condition on that array decides; without one, its last condition on any array.
 * @returns null when the filter says nothing of an array
 */
export function matchedIndex(
  filter: Document,
  document: Document,
  arrayPath: string,
  context: MatchContext,
): number | null {
  const clauses = clausesOf(filter).reverse();
  const own = clauses.filter(({ path }) => path === arrayPath || path.startsWith(`${arrayPath}.`));
  for (const clause of own) {
    const index = indexFor(clause, document, arrayPath, context);
    if (index !== null) return index;
  }
  for (const clause of clauses.filter((other) => !own.includes(other))) {
    for (const prefix of prefixesOf(clause.path)) {
      const index = indexFor(clause, document, prefix, context);
      if (index !== null) return index;
    }
  }
  return null;
}

function clausesOf(filter: Document): Clause[] {
  return Object.entries(filter).flatMap(([key, operand]) => {
    if (!key.startsWith('$')) return [{ path: key, operand }];
    const parts = Array.isArray(operand) && key !== '$nor' ? operand.filter(isDocument) : [];
    return parts.flatMap(clausesOf);
  });
}

function prefixesOf(path: string): string[] {
  const parts = splitPath(path);
  return parts.map((_, at) => parts.slice(0, at + 1).join('.'));
}

/** The first element with which alone in its array the condition still holds. */
function indexFor(
  clause: Clause,
  document: Document,
  arrayPath: string,
  context: MatchContext,
): number | null {
  const array = splitPath(arrayPath).reduce<unknown>((value, part) => stepInto(value, part), document);
  if (!Array.isArray(array)) return null;
  const rest = clause.path === arrayPath ? 'element' : `element.${clause.path.slice(arrayPath.length + 1)}`;
  const test = compileFilter({ [rest]: clause.operand }, context);
  const index = array.findIndex((element: unknown) => test({ element: [element] }));
  return index === -1 ? null : index;
}

function stepInto(value: unknown, part: string): unknown {
  return Array.isArray(value) ? (value[Number(part)] as unknown) : fieldOf(value, part);
}
