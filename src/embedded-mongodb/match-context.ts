import type { Collate } from './collation.ts';
import { constantIn } from './expressions/constant.ts';
import { compileExpression, frameOf } from './expressions/expression.ts';
import type { MatchContext } from './match.ts';
import { isTruthy } from './match.ts';
import type { Document } from './values.ts';

/** What the matcher asks of its surroundings, for a command's collation and `let`. */
export function matchContext(collate: Collate | null, variables: Document): MatchContext {
  return {
    collate,
    isTop: true,
    constantOf: (expression) => constantIn(expression, { collate, variables }),
    evaluate: (expression) => {
      const compiled = compileExpression(expression, { collate, variables });
      return (document) => isTruthy(compiled(frameOf(document, variables)));
    },
  };
}

/** The context of a filter without collation or variables: a partial index's, a driver's simple query. */
export const PLAIN_MATCH = { ...matchContext(null, {}), isTop: false };
