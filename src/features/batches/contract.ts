import type { Text } from '../../platform/i18n.ts';
import type { ListPage, ListRequest } from '../../platform/list-page.ts';
import type { Quantity } from '../../domain/quantity/quantity.ts';
import type { Completeness } from '../products/contract.ts';

export type BatchStatus = 'open' | 'closed';

export type BatchInput = { readonly batchId: string; readonly quantity: Quantity };

/** One run of production, under its printed lot number. Dates are `YYYY-MM-DD`. */
export type Batch = {
  readonly id: string;
  /** 12 characters of Crockford base 32, the last a check character; what a batch label carries. */
  readonly code: string;
  readonly productId: string;
  readonly cooperativeId: string;
  readonly provinceCode: string;
  readonly lotNumber: string;
  readonly quantity: Quantity;
  /** What no other batch has taken yet; same unit as `quantity`. */
  readonly remaining: Quantity;
  /** How many packs it gives; null when neither told nor derivable. */
  readonly packs: number | null;
  readonly producedOn: string;
  readonly expiresOn?: string | undefined;
  readonly inputs: readonly BatchInput[];
  /** Materials that came from outside the platform, as the cooperative tells it. */
  readonly boughtIn: readonly { readonly name: Text; readonly quantity: Quantity }[];
  readonly status: BatchStatus;
  readonly demo: boolean;
  readonly createdAt: Date;
  readonly createdBy: string;
};

export type EventPlace = {
  readonly name: string;
  readonly provinceCode?: string | undefined;
  readonly lat?: number | undefined;
  readonly lon?: number | undefined;
};

/** What happened, as told; a correction replaces the whole of it. */
export type EventContent = {
  readonly step: string;
  readonly occurredAt: Date;
  readonly place?: EventPlace | undefined;
  readonly quantity?: Quantity | undefined;
  readonly note?: Text | undefined;
  /** Ids of stored pictures. */
  readonly photos: readonly string[];
};

export type EventCorrection = {
  readonly id: string;
  readonly reason: Text;
  /** Absent: the event is withdrawn without a replacement. */
  readonly replacement?: EventContent | undefined;
  readonly recordedAt: Date;
  readonly recordedBy: string;
};

/** A recorded event, never changed; its corrections follow it, oldest first, and the last one counts. */
export type BatchEvent = EventContent & {
  readonly id: string;
  readonly batchId: string;
  /** From 1, without gaps. */
  readonly sequence: number;
  readonly recordedAt: Date;
  readonly recordedBy: string;
  readonly corrections: readonly EventCorrection[];
};

export type { Completeness, Measure, MissingItem } from '../products/contract.ts';

/** Which batches of a cooperative are asked for; `lot` is a part of the lot number, in any case. */
export type BatchListRequest = ListRequest & {
  readonly productId?: string | undefined;
  readonly status?: BatchStatus | undefined;
  readonly lot?: string | undefined;
};

/** A batch with how many events were recorded of it. */
export type RecentBatch = Batch & { readonly eventCount: number };

/** What other features may ask of batches. */
export type Batches = {
  byId(id: string): Promise<Batch | null>;
  byIds(ids: readonly string[]): Promise<ReadonlyMap<string, Batch>>;
  /** A product's batch by its lot number, in any case. */
  byLot(productId: string, lotNumber: string): Promise<Batch | null>;
  byCode(code: string): Promise<Batch | null>;
  byCodes(codes: readonly string[]): Promise<ReadonlyMap<string, Batch>>;
  eventsOf(batchId: string): Promise<readonly BatchEvent[]>;
  /** The batches into which this one went, newest first, at most `limit`. */
  madeFrom(batchId: string, limit: number): Promise<readonly Batch[]>;
  /** The latest written first, of these batches together. */
  recentEvents(batchIds: readonly string[], limit: number): Promise<readonly BatchEvent[]>;
  /** Newest first. */
  ofCooperative(cooperativeId: string, request?: BatchListRequest): Promise<ListPage<Batch>>;
  /** The product's latest batches, as everyone may see them; at most `limit`. */
  recentPublic(productId: string, limit: number): Promise<readonly RecentBatch[]>;
  /** How many batches are on record; of one province counted no further than `COUNT_MAX` + 1. */
  count(provinceCode?: string): Promise<number>;
  completenessOf(batch: Batch): Promise<Completeness>;
};

/** The event as it was first told. */
export function originalContent(event: BatchEvent): EventContent {
  const { step, occurredAt, place, quantity, note, photos } = event;
  return {
    step,
    occurredAt,
    photos,
    ...(place === undefined ? {} : { place }),
    ...(quantity === undefined ? {} : { quantity }),
    ...(note === undefined ? {} : { note }),
  };
}

/** What counts of an event today: the last correction's replacement; null when it was withdrawn. */
export function currentContent(event: BatchEvent): EventContent | null {
  const last = event.corrections.at(-1);
  return last === undefined ? originalContent(event) : (last.replacement ?? null);
}

export type { Measures } from './measures.ts';
