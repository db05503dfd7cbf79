import { Context } from 'mingo';
import { evalExpr } from 'mingo/core';
import * as accumulators from 'mingo/operators/accumulator';
import * as expressions from 'mingo/operators/expression';
import * as stages from 'mingo/operators/pipeline';
import * as projections from 'mingo/operators/projection';
import * as queries from 'mingo/operators/query';
import * as windows from 'mingo/operators/window';
import type { Options, PipelineOperator } from 'mingo/types';
import { promote } from './clone.ts';
import type { Collate } from './collation.ts';
import { CommandError } from './errors.ts';
import { EXPRESSION_OVERRIDES } from './expression-overrides.ts';
import type { MatchContext } from './match.ts';
import { isTruthy } from './match.ts';
import type { Document } from './values.ts';

/**
 * The one door to mingo, which calculates aggregation expressions and stages. Its answers differ from MongoDB's where
 * BSON types matter (filters, order, updates): those are ours, and replace mingo's own in `stageOverrides`.
 */
export type StageOverrides = Readonly<Record<`$${string}`, PipelineOperator>>;

/** Options for one command: the operators, with ours in front, and the variables of `let`. */
export function mingoOptions(stageOverrides: StageOverrides, variables: Document): Options {
  const context = Context.init({
    accumulator: { ...accumulators },
    // mingo exports modules; their members are the operators, under the names that it looks for.
    expression: { ...(expressions as unknown as typeof EXPRESSION_OVERRIDES), ...EXPRESSION_OVERRIDES },
    // The same for the stages.
    pipeline: { ...(stages as unknown as StageOverrides), ...stageOverrides },
    projection: { ...projections },
    query: { ...queries },
    window: { ...windows },
  });
  // Neither $where nor $function: JavaScript from a client never runs here.
  return {
    idKey: '_id',
    scriptEnabled: false,
    useStrictMode: true,
    failOnError: true,
    processingMode: 0,
    context,
    variables,
  };
}

const PLAIN_OPTIONS = mingoOptions({}, {});

/** Value of an expression for a document. @throws CommandError what MongoDB answers for an invalid expression */
export function evaluate(expression: unknown, document: unknown, variables: Document): unknown {
  const options = Object.keys(variables).length === 0 ? PLAIN_OPTIONS : { ...PLAIN_OPTIONS, variables };
  return guarded(() => evalExpr(document as Document, expression, options));
}

/** Runs mingo; its complaints become MongoDB's errors. */
export function guarded<Result>(run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw mingoError((error as Error).message);
  }
}

function mingoError(message: string): CommandError {
  const stage = /unregistered pipeline operator (\$\w+)/.exec(message)?.[1];
  if (stage !== undefined) return new CommandError(40324, `Unrecognized pipeline stage name: '${stage}'`);
  const operator = /(?:operator|accumulator) '(\$\w+)' is not registered/.exec(message)?.[1];
  if (operator !== undefined) return new CommandError(168, `Unrecognized expression '${operator}'`);
  const variable = /Use of undefined variable: (\w+)/.exec(message)?.[1];
  if (variable !== undefined) return new CommandError(17276, `Use of undefined variable: ${variable}`);
  return new CommandError('BadValue', message);
}

/** What the matcher asks of its surroundings, for a command's collation and `let`. */
export function matchContext(collate: Collate | null, variables: Document): MatchContext {
  return {
    collate,
    evaluate: (expression) => {
      const promoted = promote(expression);
      return (document) => isTruthy(evaluate(promoted, promote(document), variables));
    },
  };
}

/** The context of a filter without collation or variables: a partial index's, a driver's simple query. */
export const PLAIN_MATCH = matchContext(null, {});
