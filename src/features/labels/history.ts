import type { Actor } from '../../platform/access.ts';
import { decodeMoment, listPage, type ListPage, type ListRequest } from '../../platform/list-page.ts';
import type { Reprint } from './contract.ts';
import type { ReprintStore } from './reprint-store.ts';
import type { LabelService } from './service.ts';
import type { StoredRun } from './store.ts';
import type { LabelVoid, VoidStore } from './void-store.ts';

/** What became of a run's labels after they were printed. */
export type Happening =
  | { readonly kind: 'reprint'; readonly entry: Reprint }
  | { readonly kind: 'void'; readonly entry: LabelVoid };

export type HistoryDeps = {
  readonly runs: Pick<LabelService, 'read'>;
  readonly reprints: Pick<ReprintStore, 'before'>;
  readonly voids: Pick<VoidStore, 'before'>;
};

/** After which record a list goes on; null: from the newest. */
export type Before = { readonly at: Date; readonly id: string } | null;

/** The same for a database: what was recorded before, newest first, and by its id of the same moment. */
export const recordedBefore = (before: Before) =>
  before === null
    ? {}
    : { $or: [{ createdAt: { $lt: before.at } }, { createdAt: before.at, _id: { $lt: before.id } }] };

const newestFirst = ({ entry: a }: Happening, { entry: b }: Happening): number =>
  b.createdAt.getTime() - a.createdAt.getTime() || (a.id < b.id ? 1 : -1);

/** Reprints and voids of a run together, newest first. */
export function runHistory({ runs, reprints, voids }: HistoryDeps) {
  /** @throws Problem `not-found` */
  return async (
    runId: string,
    { limit, cursor }: ListRequest,
    actor: Actor | null,
  ): Promise<ListPage<Happening> & { readonly run: StoredRun }> => {
    const run = await runs.read(runId, actor);
    const asked = { before: decodeMoment(cursor), limit: limit + 1 };
    const [again, gone] = await Promise.all([reprints.before(run.id, asked), voids.before(run.id, asked)]);
    const all: Happening[] = [
      ...again.map((entry) => ({ kind: 'reprint' as const, entry })),
      ...gone.map((entry) => ({ kind: 'void' as const, entry })),
    ];
    const page = listPage(all.sort(newestFirst), limit, ({ entry }) => [
      entry.createdAt.toISOString(),
      entry.id,
    ]);
    return { ...page, run };
  };
}

export type RunHistory = ReturnType<typeof runHistory>;
