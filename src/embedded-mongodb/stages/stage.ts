import type { Scope, Server } from '../command.ts';
import type { Query } from '../query.ts';
import type { Document } from '../values.ts';

/** Where a pipeline runs: which collections its stages may join, with which variables and collation. */
export type PipelineScope = {
  readonly server: Server;
  readonly database: string;
  readonly scope: Scope;
  /** The collection that the pipeline began with. */
  readonly name?: string;
};

/** What a stage makes of the documents that come: one at a time, where it need not see them all first. */
export type Stage = (documents: Iterable<Document>) => Iterable<Document>;

/** What stages need of the rest of the pipeline: to read a collection, to run stages of their own. */
export type Runner = {
  read(place: PipelineScope, name: string, query?: Partial<Query>): Iterable<Document>;
  run(name: string | null, pipeline: readonly Document[], place: PipelineScope): Iterable<Document>;
  over(
    documents: Iterable<Document>,
    pipeline: readonly Document[],
    place: PipelineScope,
  ): Iterable<Document>;
  /** @throws CommandError what running it would be refused with */
  check(pipeline: readonly Document[], place: PipelineScope): void;
};

/** Compiles a stage. @throws CommandError for a specification that is not valid */
export type StageCompiler = (spec: unknown, place: PipelineScope, runner: Runner) => Stage;

/** Compiles a stage that needs nothing but the document that it is given. */
export type FieldStageCompiler = (spec: unknown, place: Pick<PipelineScope, 'scope'>) => Stage;

/** A stage that looks at one document at a time. */
export function mapped(change: (document: Document) => Document): Stage {
  return function* (documents) {
    for (const document of documents) yield change(document);
  };
}
