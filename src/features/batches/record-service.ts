import { Problem, invalidField } from '../../platform/problem.ts';
import type { Actor, Role } from '../../platform/access.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Picture, Pictures } from '../pictures/contract.ts';
import { currentContent, type BatchEvent, type EventCorrection } from './contract.ts';
import type { EventStore } from './event-store.ts';
import type { NewCorrection, NewEvent } from './input.ts';
import { TOO_MANY_CORRECTIONS, TOO_MANY_EVENTS, UNKNOWN_PHOTO } from './messages.ts';
import { contentOf, correctedContent, eventTimeProblem } from './rules.ts';
import { RECORDERS, type Operation, type Place } from './service.ts';
import type { BatchStore } from './store.ts';

export type RecordServiceDeps = {
  readonly store: BatchStore;
  readonly events: EventStore;
  readonly pictures: Pick<Pictures, 'belongsTo' | 'store'>;
  readonly clock: Clock;
  place(batchId: string, actor: Actor | null, roles: readonly Role[]): Promise<Place>;
};

/** Each try that fails is somebody else's event or correction written: so many at once nobody has. */
const TRIES_MAX = 200;
const EVENTS_MAX = 2_000;
const CORRECTIONS_MAX = 100;

/** Recording what happened, and correcting it: only ever added. */
export function recordService({ store, events, pictures, clock, place }: RecordServiceDeps) {
  async function counted(eventId: string): Promise<BatchEvent | null> {
    const event = await events.byId(eventId);
    const batch = event === null ? null : await store.byId(event.batchId);
    return event !== null && batch !== null && event.sequence <= batch.lastSequence ? event : null;
  }

  async function insertNext(
    batchId: string,
    event: { id: string; by: string; input: NewEvent },
  ): Promise<BatchEvent> {
    for (let attempt = 0; attempt < TRIES_MAX; attempt += 1) {
      const batch = await store.byId(batchId);
      if (batch?.status !== 'open') throw new Problem('batch-closed');
      if (batch.lastSequence >= EVENTS_MAX) throw new Problem('invalid', { detail: TOO_MANY_EVENTS });
      const next = batch.lastSequence + 1;
      const outcome = await events.insertEvent({
        id: event.id,
        batchId,
        sequence: next,
        recordedAt: clock.now(),
        recordedBy: event.by,
        content: contentOf(event.input),
      });
      // A retry finds its own event, at the number that it had then and not at the next one.
      const sequence = outcome === 'existed' ? ((await events.byId(event.id))?.sequence ?? next) : next;
      // Whoever inserted at this number, counting it is everybody's business: so a crash between the two steps
      // leaves nothing that the next recorder does not finish.
      await store.countEvent(batchId, sequence);
      const mine = outcome === 'sequence-taken' ? null : await counted(event.id);
      if (mine !== null) return mine;
    }
    throw new Problem('changed-meanwhile');
  }

  async function checkPhotos(photos: readonly string[] | undefined, cooperativeId: string, pointer: string) {
    for (const [index, photo] of (photos ?? []).entries()) {
      if (!(await pictures.belongsTo(photo, cooperativeId))) {
        throw invalidField(`${pointer}/photos/${index}`, UNKNOWN_PHOTO);
      }
    }
  }

  async function ownEvent(eventId: string, actor: Actor | null): Promise<Place & { event: BatchEvent }> {
    const event = await events.byId(eventId);
    if (event === null) throw new Problem('not-found');
    const found = await place(event.batchId, actor, RECORDERS);
    if (event.sequence > found.batch.lastSequence) throw new Problem('not-found');
    return { ...found, event };
  }

  async function insertCorrection(
    eventId: string,
    input: NewCorrection,
    { actor, id, seen }: Operation & { readonly seen?: number | undefined },
  ): Promise<EventCorrection & { eventId: string }> {
    for (let attempt = 0; attempt < TRIES_MAX; attempt += 1) {
      const stored = await events.correctionById(id);
      if (stored !== null) return stored;
      const event = await events.byId(eventId);
      if (event === null) throw new Problem('not-found');
      const { corrections } = event;
      const withdrawnTwice = input.replacement === undefined && currentContent(event) === null;
      if (withdrawnTwice || (seen !== undefined && seen !== corrections.length)) {
        throw new Problem('already-corrected');
      }
      if (corrections.length >= CORRECTIONS_MAX)
        throw new Problem('invalid', { detail: TOO_MANY_CORRECTIONS });
      // The parts that stay are those that stand now: a correction of another part written meanwhile is kept.
      const replacement =
        input.replacement === undefined ? undefined : correctedContent(event, input.replacement);
      await events.insertCorrection({
        id,
        eventId,
        batchId: event.batchId,
        sequence: corrections.length + 1,
        reason: input.reason,
        recordedAt: clock.now(),
        recordedBy: actor?.userId ?? '',
        ...(replacement === undefined ? {} : { replacement }),
      });
    }
    throw new Problem('changed-meanwhile');
  }

  return {
    /** Appends an event; it counts once it has its number, and is never changed after. */
    async record(batchId: string, input: NewEvent, operation: Operation): Promise<BatchEvent> {
      const { batch, cooperative } = await place(batchId, operation.actor, RECORDERS);
      // A retry whose first answer got lost; the batch may have been closed since.
      const before = await counted(operation.id);
      if (before !== null) return before;
      if (batch.status !== 'open') throw new Problem('batch-closed');
      const late = eventTimeProblem(new Date(input.occurredAt), clock.now(), '/occurredAt');
      if (late !== null) throw late;
      await checkPhotos(input.photos, cooperative.id, '');
      return insertNext(batchId, { id: operation.id, by: operation.actor?.userId ?? '', input });
    },

    /** Stores a picture for an event of this batch, without what the camera wrote into it. */
    async addPhoto(
      batchId: string,
      file: Buffer | undefined,
      { actor, id, pointer = '/photo' }: Operation & { readonly pointer?: string },
    ): Promise<Picture> {
      const { batch, cooperative } = await place(batchId, actor, RECORDERS);
      if (batch.status !== 'open') throw new Problem('batch-closed');
      return pictures.store(file, { id, ownerId: cooperative.id, pointer });
    },

    /** An event for whoever may correct it, with its batch. */
    async event(eventId: string, actor: Actor | null): Promise<{ event: BatchEvent; batchId: string }> {
      const { event, batch } = await ownEvent(eventId, actor);
      return { event, batchId: batch.id };
    },

    /**
     * Supersedes an event or, without a replacement, withdraws it; the original stays readable. `seen` is how many
     * corrections the person had before their eyes.
     * @throws Problem `already-corrected` when there are others by now, or it is withdrawn already
     */
    async correct(
      eventId: string,
      input: NewCorrection,
      operation: Operation & { readonly seen?: number | undefined },
    ): Promise<EventCorrection & { eventId: string }> {
      const { cooperative } = await ownEvent(eventId, operation.actor);
      const told = input.replacement;
      if (told?.occurredAt !== undefined) {
        const late = eventTimeProblem(new Date(told.occurredAt), clock.now(), '/replacement/occurredAt');
        if (late !== null) throw late;
      }
      await checkPhotos(told?.photos, cooperative.id, '/replacement');
      return insertCorrection(eventId, input, operation);
    },
  };
}

export type RecordService = ReturnType<typeof recordService>;
