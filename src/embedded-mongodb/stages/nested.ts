import type { Document } from '../values.ts';
import { isDocument } from '../values.ts';

/** What a stage reads besides the documents that come: a collection, with a pipeline of its own over it. */
export type Nested = {
  /** Collection or view of the same database; null where the stage hands the pipeline its documents itself. */
  readonly name: string | null;
  readonly pipeline: readonly Document[];
  /** It counts as a step into the depth. Source: server, document_source_lookup.cpp, copyForSubPipeline */
  readonly isDeeper: boolean;
};

const nestedIn = (name: unknown, more: Partial<Nested> = {}): Nested => ({
  name: typeof name === 'string' ? name : null,
  pipeline: [],
  isDeeper: true,
  ...more,
});

/** Only what is well formed: the stage itself refuses the rest. */
const stagesOf = (given: unknown): readonly Document[] =>
  Array.isArray(given) && given.every(isDocument) ? given : [];

/** The pipelines and collections within a stage. */
export function nestedOf(stage: Document): readonly Nested[] {
  const { $lookup: lookup, $graphLookup: graph, $unionWith: union, $facet: facets } = stage;
  if (isDocument(lookup)) {
    return [nestedIn(lookup['from'], { pipeline: stagesOf(lookup['pipeline']) })];
  }
  if (isDocument(graph)) return [nestedIn(graph['from'], { isDeeper: false })];
  if (isDocument(union)) return [nestedIn(union['coll'], { pipeline: stagesOf(union['pipeline']) })];
  if (typeof union === 'string') return [nestedIn(union)];
  if (!isDocument(facets)) return [];
  return Object.values(facets).map((facet) => nestedIn(null, { pipeline: stagesOf(facet), isDeeper: false }));
}
