import { searchKey } from '../../domain/text/search-key.ts';
import { mandatoryLeftOut } from '../../domain/label/layout.ts';
import { ownTemplate, stockFaults } from '../../domain/label/own-stock.ts';
import type { Misfit } from '../../domain/label/design.ts';
import type { LabelTemplate } from '../../domain/label/template.ts';
import { READERS, requireRole, type Actor, type Role } from '../../platform/access.ts';
import type { Clock } from '../../platform/clock.ts';
import { Problem, invalidField } from '../../platform/problem.ts';
import type { Organization, Organizations } from '../organizations/contract.ts';
import { layoutOf, stockOf, type LayoutInput, type PrinterInput, type StockInput } from './library-input.ts';
import { NAME_TAKEN, NOT_YOURS, UNKNOWN_LAYOUT, leftOut, stockFault, tooMany } from './library-messages.ts';
import {
  LIBRARY_MAX,
  type LibraryItem,
  type LibraryKind,
  type LibraryStore,
  type LibraryValues,
} from './library-store.ts';
import { isBuiltIn } from './contract.ts';
import { doesNotFit } from './messages.ts';

export type LibraryDeps = {
  readonly store: LibraryStore;
  readonly organizations: Organizations;
  readonly clock: Clock;
  /** Why not even a symbol and a lot fit on this paper; null where they do. */
  smallestMisfit(template: LabelTemplate): Misfit | null;
};

type Operation = { readonly actor: Actor | null; readonly id: string };
type Named<K extends LibraryKind> = {
  readonly kind: K;
  readonly name: string;
  readonly value: LibraryValues[K];
  readonly supersedes?: string | undefined;
};

const KEEPERS: readonly Role[] = ['clerk', 'manager'];

const isThere = ({ removedAt }: LibraryItem): boolean => removedAt === null;

/** A paper of the cooperative as a template. */
export const templateOf = ({ id, name, value }: LibraryItem<'stock'>): LabelTemplate =>
  ownTemplate(value, { id, name });

/** What a cooperative keeps for its labels: paper by its millimetres, layouts, printers. */
export function labelLibrary({ store, organizations, clock, smallestMisfit }: LibraryDeps) {
  async function own(id: string, actor: Actor | null, roles: readonly Role[]): Promise<Organization> {
    const cooperative = await organizations.byId(id);
    if (cooperative?.kind !== 'cooperative') throw new Problem('not-found');
    requireRole(actor, cooperative, roles);
    return cooperative;
  }

  async function listed<K extends LibraryKind>(cooperativeId: string, kind: K) {
    return (await store.current(cooperativeId, kind)).filter(isThere);
  }

  async function save<K extends LibraryKind>(
    cooperativeId: string,
    { kind, name, value, supersedes }: Named<K>,
    { actor, id }: Operation,
  ): Promise<LibraryItem<K>> {
    const current = await store.current(cooperativeId, kind);
    const existing = current.find((item) => item.id === id);
    if (existing !== undefined) return existing;
    if (actor === null) throw new Problem('sign-in-first');
    if (supersedes !== undefined && !current.some((item) => item.id === supersedes)) {
      const was = await store.whose(supersedes);
      if (was?.cooperativeId === cooperativeId && was.kind === kind) throw new Problem('changed-meanwhile');
      throw invalidField('/supersedes', NOT_YOURS);
    }
    const others = current.filter((item) => isThere(item) && item.id !== supersedes);
    if (others.some((item) => searchKey(item.name) === searchKey(name))) {
      throw invalidField('/name', NAME_TAKEN, 'already-exists');
    }
    if ((await store.count(cooperativeId, kind)) >= LIBRARY_MAX) {
      throw new Problem('invalid', { detail: tooMany(kind, LIBRARY_MAX) });
    }
    const item: LibraryItem<K> = {
      id,
      cooperativeId,
      kind,
      name,
      value,
      supersedes,
      removedAt: null,
      createdAt: clock.now(),
      createdBy: actor.userId,
      createdByName: actor.name,
    };
    if ((await store.insert(item)) === 'superseded') throw new Problem('changed-meanwhile');
    if (kind === 'layout' && (await store.defaultLayout(cooperativeId)) === supersedes) {
      await store.setDefaultLayout(cooperativeId, id);
    }
    return item;
  }

  async function setRemoved(
    { id, cooperativeId }: Pick<LibraryItem, 'id' | 'cooperativeId'>,
    actor: Actor | null,
    removedAt: Date | null,
  ) {
    await own(cooperativeId, actor, KEEPERS);
    const found = await store.whose(id);
    if (found?.cooperativeId !== cooperativeId) throw new Problem('not-found');
    await store.setRemoved(id, removedAt);
    return found.kind;
  }

  return {
    /** Those in use, oldest first; `removed` gives those that were hidden instead. */
    async list<K extends LibraryKind>(
      cooperativeId: string,
      { kind, removed = false }: { readonly kind: K; readonly removed?: boolean },
      actor: Actor | null,
    ): Promise<readonly LibraryItem<K>[]> {
      await own(cooperativeId, actor, READERS);
      const all = await store.current(cooperativeId, kind);
      return all.filter((item) => isThere(item) !== removed);
    },

    /** One in use, for those who may see it. @throws Problem `not-found` */
    async item<K extends LibraryKind>(
      cooperativeId: string,
      { kind, id }: { readonly kind: K; readonly id: string },
      actor: Actor | null,
    ): Promise<LibraryItem<K>> {
      await own(cooperativeId, actor, READERS);
      const found = (await listed(cooperativeId, kind)).find((item) => item.id === id);
      if (found === undefined) throw new Problem('not-found');
      return found;
    },

    /** Of a cooperative that was checked already: what is in use. */
    listed,
    defaultLayout: (cooperativeId: string) => store.defaultLayout(cooperativeId),

    /** @throws Problem with a pointer for each measure that cannot be */
    async addStock(cooperativeId: string, input: StockInput, operation: Operation) {
      await own(cooperativeId, operation.actor, KEEPERS);
      const value = stockOf(input);
      const faults = stockFaults(value).map((fault) => ({
        pointer: `/${fault.field}`,
        detail: stockFault(fault),
      }));
      if (faults.length > 0) throw new Problem('invalid', { errors: faults });
      const template = ownTemplate(value, { id: operation.id, name: input.name });
      const misfit = smallestMisfit(template);
      if (misfit !== null) {
        throw invalidField('/widthMm', doesNotFit(misfit, template), 'label-does-not-fit');
      }
      return save(
        cooperativeId,
        { kind: 'stock', name: input.name, value, supersedes: input.supersedes },
        operation,
      );
    },

    async addLayout(cooperativeId: string, input: LayoutInput, operation: Operation) {
      await own(cooperativeId, operation.actor, KEEPERS);
      const value = layoutOf(input);
      const lacking = value.goodsLabel ? mandatoryLeftOut(value) : [];
      if (lacking.length > 0) throw invalidField('/rows', leftOut(lacking), 'label-incomplete');
      return save(
        cooperativeId,
        { kind: 'layout', name: input.name, value, supersedes: input.supersedes },
        operation,
      );
    },

    async addPrinter(cooperativeId: string, input: PrinterInput, operation: Operation) {
      await own(cooperativeId, operation.actor, KEEPERS);
      const { name, supersedes, ...value } = input;
      return save(cooperativeId, { kind: 'printer', name, value, supersedes }, operation);
    },

    /** Hides it from every list; runs that used it keep what they printed. */
    remove: (cooperativeId: string, id: string, actor: Actor | null) =>
      setRemoved({ id, cooperativeId }, actor, clock.now()),
    restore: (cooperativeId: string, id: string, actor: Actor | null) =>
      setRemoved({ id, cooperativeId }, actor, null),

    /** What a print run begins with: a layout that everybody has or one of its own. */
    async setDefault(cooperativeId: string, layout: string, actor: Actor | null): Promise<void> {
      await own(cooperativeId, actor, KEEPERS);
      const isOwn = (await listed(cooperativeId, 'layout')).some(({ id }) => id === layout);
      if (!isOwn && !isBuiltIn(layout)) throw invalidField('/layout', UNKNOWN_LAYOUT);
      await store.setDefaultLayout(cooperativeId, layout);
    },
  };
}

export type LabelLibrary = ReturnType<typeof labelLibrary>;
