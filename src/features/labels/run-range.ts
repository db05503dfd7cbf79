import type { Range } from '../../domain/unit-code/ranges.ts';
import { invalidField } from '../../platform/problem.ts';
import { RANGE_OF_RUN, RANGE_ORDER } from './messages.ts';

/** Labels of a run by their numbers, as somebody typed them. @throws Problem `invalid` with the field that is wrong */
export function rangeOfRun(run: { readonly count: number }, { from, to }: Range): Range {
  if (from > run.count) throw invalidField('/from', RANGE_OF_RUN(run.count));
  if (to > run.count) throw invalidField('/to', RANGE_OF_RUN(run.count));
  if (from > to) throw invalidField('/to', RANGE_ORDER);
  return { from, to };
}
