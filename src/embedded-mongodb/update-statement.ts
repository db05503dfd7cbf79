import { ObjectId } from 'bson';
import { arrayFiltersOf } from './array-filters.ts';
import type { Scope } from './command.ts';
import { CommandError } from './errors.ts';
import { isTruthy } from './match.ts';
import { compilePipelineUpdate } from './pipeline-update.ts';
import { matchedPlace } from './positional.ts';
import type { Query } from './query.ts';
import { withServerTime } from './timestamps.ts';
import { refuseIdChange, replacement, compileUpdate } from './update.ts';
import { refuseUpsertExpression, upsertBase, upsertId } from './upsert.ts';
import type { Document } from './values.ts';
import { isDocument } from './values.ts';

/** What an update statement does to a document, and to the one it makes when it finds none. */
export type UpdateChange = {
  updated(before: Document): Document;
  upserted(): Document;
  /** It writes also what is the same as before. */
  readonly isAlwaysWrite: boolean;
};

type Statement = {
  readonly query: Query;
  readonly scope: Scope;
  readonly isMulti: boolean;
  /** The statement itself, for `arrayFilters`. */
  readonly statement: Document;
  readonly now: Date;
};

/** Compiles operators, a pipeline or a replacement. */
export function updateChange(update: unknown, statement: Statement): UpdateChange {
  if (isTruthy(statement.statement['upsert'])) refuseUpsertExpression(statement.query.filter);
  if (Array.isArray(update)) return pipelineChange(update, statement);
  if (!isDocument(update)) {
    throw new CommandError('FailedToParse', 'Update argument must be either an object or an array');
  }
  const isOperators = Object.keys(update)[0]?.startsWith('$') === true;
  return isOperators ? operatorChange(update, statement) : replacementChange(update, statement);
}

function operatorChange(update: Document, { query, scope, statement, now }: Statement): UpdateChange {
  const arrayFilters = arrayFiltersOf(statement);
  const updater = compileUpdate(update, { arrayFilters, context: scope.context, now });
  const placeIn = matchedPlace(query.filter, scope.context);
  const change = (document: Document, isInsert: boolean): Document => {
    const after = updater(document, { isInsert, matchedIndex: () => (isInsert ? null : placeIn(document)) });
    refuseIdChange(document, after);
    return after;
  };
  return {
    updated: (before) => change(before, false),
    upserted: () => withId(change(upsertBase(query.filter), true)),
    isAlwaysWrite: false,
  };
}

function replacementChange(given: Document, { query, isMulti, now }: Statement): UpdateChange {
  if (isMulti)
    throw new CommandError('FailedToParse', 'multi update is not supported for replacement-style update');
  const dollar = Object.keys(given).find((key) => key.startsWith('$'));
  if (dollar !== undefined) {
    const message = `The dollar ($) prefixed field '${dollar}' in '${dollar}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.`;
    throw new CommandError('DollarPrefixedFieldName', message);
  }
  const update = withServerTime(given, now);
  return {
    updated: (before) => replacement(before, update),
    upserted() {
      const id = upsertId(query.filter);
      return withId(replacement(id === undefined ? {} : { _id: id }, update));
    },
    // MongoDB compares the replacement as it is given. Source: server, update/object_replace_executor.cpp
    isAlwaysWrite: Object.keys(given)[0] !== '_id',
  };
}

function pipelineChange(pipeline: readonly unknown[], { query, scope, statement }: Statement): UpdateChange {
  if (arrayFiltersOf(statement).length > 0) {
    throw new CommandError('FailedToParse', 'arrayFilters may not be specified for pipeline-style updates');
  }
  const stages = pipeline.map((stage) => {
    if (!isDocument(stage))
      throw new CommandError('TypeMismatch', 'Each element of the pipeline must be an object');
    return stage;
  });
  const update = compilePipelineUpdate(stages, scope);
  const change = (before: Document): Document => {
    const after = update(before);
    refuseIdChange(before, after);
    return after;
  };
  return { updated: change, upserted: () => withId(change(upsertBase(query.filter))), isAlwaysWrite: false };
}

/** `_id` first, made here when there is none. */
function withId(document: Document): Document {
  const { _id: id, ...rest } = document;
  return { _id: id === undefined ? new ObjectId() : id, ...rest };
}
