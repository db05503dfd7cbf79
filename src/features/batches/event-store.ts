import { Schema, type Connection, type InferRawDocType } from 'mongoose';
import { STRICT, duplicateKey } from '../../store/connect.ts';
import type { BatchEvent, EventContent, EventCorrection } from './contract.ts';

const quantity = { value: { type: Number, required: true }, unit: { type: String, required: true } } as const;
const text = { vi: { type: String, required: true }, en: { type: String } } as const;

const content = {
  step: { type: String, required: true },
  occurredAt: { type: Date, required: true },
  place: {
    type: { name: { type: String, required: true }, provinceCode: String, lat: Number, lon: Number },
    _id: false,
  },
  quantity: { type: quantity, _id: false },
  note: { type: text, _id: false },
  photos: [{ type: String, required: true }],
} as const;

const recorded = {
  _id: { type: String, required: true },
  batchId: { type: String, required: true },
  sequence: { type: Number, required: true },
  recordedAt: { type: Date, required: true },
  recordedBy: { type: String, required: true },
} as const;

const eventDefinition = { ...recorded, ...content } as const;
const correctionDefinition = {
  ...recorded,
  eventId: { type: String, required: true },
  reason: { type: text, required: true, _id: false },
  replacement: { type: content, _id: false },
} as const;

type EventRow = InferRawDocType<typeof eventDefinition>;
type CorrectionRow = InferRawDocType<typeof correctionDefinition>;
type ContentRow = Pick<EventRow, 'step' | 'occurredAt' | 'place' | 'quantity' | 'note' | 'photos'>;

function toContent(row: ContentRow): EventContent {
  const { place, quantity: amount, note } = row;
  return {
    step: row.step,
    occurredAt: row.occurredAt,
    photos: [...(row.photos ?? [])],
    ...(place?.name === undefined
      ? {}
      : {
          place: {
            name: place.name,
            provinceCode: place.provinceCode ?? undefined,
            lat: place.lat ?? undefined,
            lon: place.lon ?? undefined,
          },
        }),
    ...(amount?.value === undefined ? {} : { quantity: { value: amount.value, unit: amount.unit } }),
    ...(note?.vi === undefined ? {} : { note: { vi: note.vi, en: note.en ?? undefined } }),
  };
}

function toCorrection(row: CorrectionRow): EventCorrection {
  return {
    id: row._id,
    reason: { vi: row.reason.vi, en: row.reason.en ?? undefined },
    recordedAt: row.recordedAt,
    recordedBy: row.recordedBy,
    ...(row.replacement?.step === undefined
      ? {}
      : { replacement: toContent(row.replacement as unknown as ContentRow) }), // the row's type makes all optional
  };
}

function toEvent(row: EventRow, corrections: readonly EventCorrection[]): BatchEvent {
  const { _id: id, batchId, sequence, recordedAt, recordedBy } = row;
  return { id, batchId, sequence, recordedAt, recordedBy, ...toContent(row), corrections };
}

type Recorded = {
  readonly id: string;
  readonly batchId: string;
  readonly sequence: number;
  readonly recordedAt: Date;
  readonly recordedBy: string;
};
export type NewStoredEvent = Recorded & { readonly content: EventContent };
export type NewStoredCorrection = Recorded & {
  readonly eventId: string;
  readonly reason: EventCorrection['reason'];
  readonly replacement?: EventContent | undefined;
};

type Inserted = 'inserted' | 'existed' | 'sequence-taken';

async function insert(
  model: { create(docs: object[]): Promise<unknown> },
  record: object,
): Promise<Inserted> {
  try {
    await model.create([record]);
    return 'inserted';
  } catch (error) {
    const fields = duplicateKey(error);
    if (fields === null) throw error;
    return fields.includes('_id') ? 'existed' : 'sequence-taken';
  }
}

/** Events and corrections: both only ever inserted. */
export function eventStore(connection: Connection) {
  const eventSchema = new Schema(eventDefinition, STRICT);
  eventSchema.index({ batchId: 1, sequence: 1 }, { unique: true });
  const Events = connection.model('Event', eventSchema, 'events');
  const correctionSchema = new Schema(correctionDefinition, STRICT);
  correctionSchema.index({ eventId: 1, sequence: 1 }, { unique: true });
  correctionSchema.index({ batchId: 1, sequence: 1 });
  const Corrections = connection.model('Correction', correctionSchema, 'corrections');

  const correctionsOf = async (eventId: string) => {
    const rows = await Corrections.find({ eventId }).sort({ sequence: 1 }).lean();
    return rows.map(toCorrection);
  };

  return {
    async byId(id: string): Promise<BatchEvent | null> {
      const row = await Events.findById(id).lean();
      return row === null ? null : toEvent(row, await correctionsOf(id));
    },

    /** Events 1 to `last` of a batch; one beyond it was never acknowledged. */
    async ofBatch(batchId: string, last: number): Promise<readonly BatchEvent[]> {
      const rows = await Events.find({ batchId, sequence: { $lte: last } })
        .sort({ sequence: 1 })
        .lean();
      // By their number, not by the clock of whichever server wrote them: the last one counts.
      const corrections = await Corrections.find({ batchId }).sort({ sequence: 1 }).lean();
      const byEvent = new Map<string, EventCorrection[]>(rows.map((row) => [row._id, []]));
      for (const row of corrections) byEvent.get(row.eventId)?.push(toCorrection(row));
      return rows.map((row) => toEvent(row, byEvent.get(row._id) ?? []));
    },

    /** The latest written first; `lastOf` has each batch's last event that counts. */
    async latest(lastOf: ReadonlyMap<string, number>, limit: number): Promise<readonly BatchEvent[]> {
      const counted = [...lastOf].map(([batchId, last]) => ({ batchId, sequence: { $lte: last } }));
      if (counted.length === 0) return [];
      const rows = await Events.find({ $or: counted })
        .sort({ recordedAt: -1, sequence: -1 })
        .limit(limit)
        .lean();
      return Promise.all(rows.map(async (row) => toEvent(row, await correctionsOf(row._id))));
    },

    async insertEvent({ id, content: told, ...rest }: NewStoredEvent): Promise<Inserted> {
      return insert(Events, { _id: id, ...rest, ...told });
    },

    async insertCorrection({ id, ...rest }: NewStoredCorrection): Promise<Inserted> {
      return insert(Corrections, { _id: id, ...rest });
    },

    async correctionById(id: string): Promise<(EventCorrection & { readonly eventId: string }) | null> {
      const row = await Corrections.findById(id).lean();
      return row === null ? null : { ...toCorrection(row), eventId: row.eventId };
    },
  };
}

export type EventStore = ReturnType<typeof eventStore>;
