import { CommandError } from './errors.ts';
import { isNear } from './near.ts';
import type { Query } from './query.ts';
import { textClause } from './text-search.ts';
import { isDocument, toDouble } from './values.ts';

/**
 * The natural order is no order of fields, and no index has it.
 * @throws CommandError 2. Source: server, query/canonical_query.cpp, `isValid`
 */
export function checkNatural({ filter, sort, hint }: Pick<Query, 'filter' | 'sort' | 'hint'>): void {
  if (sort === null && hint === null) return;
  const isHinted = isDocument(hint) && '$natural' in hint;
  const isSorted = sort !== null && '$natural' in sort;
  if (isSorted && Object.keys(sort).length > 1) throw bad("Cannot include '$natural' in compound sort");
  if (isHinted && Object.keys(hint).length > 1) throw bad("Cannot include '$natural' in compound hint");
  if ((isSorted || isHinted) && isNear(filter)) throw bad('geoNear expression not allowed with $natural');
  if ((isSorted || hint !== null) && textClause(filter) !== undefined) {
    throw bad(`text and ${isSorted ? '$natural sort order' : 'hint'} not allowed in same query`);
  }
  if (!isSorted || hint === null) return;
  if (!isHinted) throw bad('index hint not allowed with $natural sort order');
  if (toDouble(hint['$natural']) === toDouble(sort['$natural'])) return;
  throw bad('$natural hint must be in the same direction as $natural sort order');
}

const bad = (message: string): CommandError => new CommandError('BadValue', message);
