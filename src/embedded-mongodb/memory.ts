import { Binary } from 'bson';
import type { ErrorName } from './errors.ts';
import { CommandError } from './errors.ts';
import { isDocument } from './values.ts';

/**
 * What one stage of a query may hold at once: MongoDB's own limit for a stage that may not use the disk. This server
 * never does, so `allowDiskUse` does not change it.
 */
export const STAGE_BYTES_MAX = 100 * 1024 * 1024;

/** What a value costs beside its text or bytes, about. */
const VALUE_BYTES = 32;

/** The memory that one stage holds. */
export type StageMemory = {
  /** @throws CommandError 292 beyond the limit */
  hold(bytes: number): void;
  release(bytes: number): void;
  isHalfUsed(): boolean;
};

/** Counts what the stage of this name holds; `code` is that of its refusal. */
export function stageMemory(
  stage: string,
  code: ErrorName | number = 'QueryExceededMemoryLimitNoDiskUseAllowed',
): StageMemory {
  let held = 0;
  return {
    hold(bytes) {
      held += bytes;
      if (held <= STAGE_BYTES_MAX) return;
      const message = `Exceeded memory limit of ${STAGE_BYTES_MAX} bytes for ${stage}, and this server does not sort or group on disk.`;
      throw new CommandError(code, message);
    },
    release(bytes) {
      held -= bytes;
    },
    isHalfUsed: () => held > STAGE_BYTES_MAX / 2,
  };
}

/** The items as they come, each counted as held. @throws CommandError 292 */
export function* metered<Item>(items: Iterable<Item>, stage: string): Generator<Item> {
  const memory = stageMemory(stage);
  for (const item of items) {
    memory.hold(sizeOf(item));
    yield item;
  }
}

/** Bytes that a value takes in memory, about. */
export function sizeOf(value: unknown): number {
  if (typeof value === 'string') return VALUE_BYTES + value.length;
  if (typeof value !== 'object' || value === null) return VALUE_BYTES;
  if (Array.isArray(value)) {
    let bytes = VALUE_BYTES;
    for (const element of value as unknown[]) bytes += sizeOf(element);
    return bytes;
  }
  if (isDocument(value)) {
    let bytes = VALUE_BYTES;
    for (const name in value) bytes += name.length + sizeOf(value[name]);
    return bytes;
  }
  return value instanceof Binary ? VALUE_BYTES + value.length() : VALUE_BYTES;
}
