import { variesWith } from '../expressions/constant.ts';
import { sizeOf, STAGE_BYTES_MAX } from '../memory.ts';
import type { Document } from '../values.ts';

/** A sub-pipeline that runs once for each document: `start` makes the same documents every time. */
export type SplitStages = { readonly start: readonly Document[]; readonly rest: readonly Document[] };

/**
 * Cuts a sub-pipeline before the first stage that reads one of these variables; null where that leaves nothing to be
 * remembered. The filters at its front stay together: an index may serve the one that reads a variable.
 */
export function splitAtVariables(stages: readonly Document[], names: readonly string[]): SplitStages | null {
  const varying = stages.findIndex((stage) => variesWith(stage, names));
  if (varying === -1) return { start: stages, rest: [] };
  const filters = stages.findIndex((stage) => !('$match' in stage));
  if (varying === 0 || filters === -1 || varying < filters) return null;
  return { start: stages.slice(0, varying), rest: stages.slice(varying) };
}

/**
 * Reads once what is the same every time: the second reader is given what the first has read to its end. More than a
 * stage may hold is read again. Source: server, db/pipeline/sequential_document_cache.h
 */
export function readOnce(read: () => Iterable<Document>): () => Iterable<Document> {
  let held: readonly Document[] | null = null;
  let isTooLarge = false;
  return function* () {
    if (held !== null) {
      yield* held;
      return;
    }
    const met: Document[] = [];
    let bytes = 0;
    for (const document of read()) {
      if (!isTooLarge) {
        met.push(document);
        bytes += sizeOf(document);
        isTooLarge = bytes > STAGE_BYTES_MAX;
        if (isTooLarge) met.length = 0;
      }
      yield document;
    }
    if (!isTooLarge) held = met;
  };
}
