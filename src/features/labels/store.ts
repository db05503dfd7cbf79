import { Schema, type Connection, type InferRawDocType } from 'mongoose';
import { STRICT, duplicateKey } from '../../store/connect.ts';
import { decodeCursor, listPage, type ListPage, type ListRequest } from '../../platform/list-page.ts';
import type { Language } from '../../platform/i18n.ts';
import type { SymbolMatrix } from '../../domain/label/symbol.ts';
import type { Ranges } from '../../domain/unit-code/ranges.ts';
import type { LabelCodes, PrintRun, UnitRun } from './contract.ts';

const definition = {
  _id: { type: String, required: true },
  run: { type: Number, required: true },
  batchId: { type: String, required: true },
  /** From 1 in each batch: of two people who print at once, one gets the number and the other counts again. */
  sequence: { type: Number, required: true },
  productId: { type: String, required: true },
  cooperativeId: { type: String, required: true },
  provinceCode: { type: String, required: true },
  codes: { type: String, required: true },
  count: { type: Number, required: true },
  printedBefore: { type: Number, required: true },
  packs: { type: Number },
  reason: { type: String },
  /** Of a unit run only: which key, and first and last of each range of packs, one after the other. */
  epoch: { type: Number },
  packNumbers: { type: [Number], default: undefined },
  startAt: { type: Number, required: true },
  language: { type: String, required: true },
  goodsLabel: { type: Boolean, required: true },
  /** Absent of runs from before it was kept. */
  templateId: { type: String },
  code: { type: String, required: true },
  address: { type: String, required: true },
  /** What was printed, as JSON: template, calibration, facts, content, drawing, symbol. Only ever read whole. */
  printed: { type: String, required: true },
  demo: { type: Boolean, required: true },
  createdAt: { type: Date, required: true },
  createdBy: { type: String, required: true },
  createdByName: { type: String, required: true },
} as const;

type Row = InferRawDocType<typeof definition>;

const counterDefinition = {
  _id: { type: String, required: true },
  value: { type: Number, required: true },
} as const;

const RUN_COUNTER = 'print-run';

/** A run with the symbol that it printed. */
export type StoredRun = PrintRun & { readonly symbol: SymbolMatrix };

/** How many labels a run has; the packs they are of, null of a run of the batch's code. */
export type RunCount = {
  readonly id: string;
  readonly batchId: string;
  readonly count: number;
  readonly packNumbers: Ranges | null;
};

/** What a unit code needs to know of its run. */
export type NumberedRun = {
  readonly id: string;
  readonly batchId: string;
  readonly count: number;
  readonly packs: number;
  readonly epoch: number;
  readonly packNumbers: Ranges;
};

type PrintedPart = 'template' | 'calibration' | 'layout' | 'printer' | 'facts' | 'content' | 'drawing';
type Printed = Pick<StoredRun, PrintedPart> & {
  readonly unit?: Pick<UnitRun, 'shuffled' | 'packLine'> | undefined;
  readonly symbol: Omit<SymbolMatrix, 'modules'> & { readonly modules: string };
};

/** Ranges as a plain list of numbers: what a database holds in the least room. */
export const flat = (ranges: Ranges): number[] => ranges.flatMap(({ from, to }) => [from, to]);

/** The ranges of such a list. */
export function paired(numbers: readonly number[]): Ranges {
  return Array.from({ length: numbers.length / 2 }, (_, at) => ({
    from: Number(numbers[2 * at]),
    to: Number(numbers[2 * at + 1]),
  }));
}

function unitOf({ epoch, packNumbers }: Row, unit: Printed['unit']): UnitRun | undefined {
  return unit === undefined || typeof epoch !== 'number'
    ? undefined
    : { ...unit, epoch, packNumbers: paired(packNumbers ?? []) };
}

function toRun(row: Row): StoredRun {
  const { unit, ...printed } = JSON.parse(row.printed) as Printed;
  const modules = Uint8Array.from(printed.symbol.modules, Number);
  return {
    id: row._id,
    run: row.run,
    batchId: row.batchId,
    sequence: row.sequence,
    productId: row.productId,
    cooperativeId: row.cooperativeId,
    provinceCode: row.provinceCode,
    codes: row.codes as LabelCodes,
    count: row.count,
    printedBefore: row.printedBefore,
    packs: row.packs ?? null,
    reason: row.reason ?? undefined,
    startAt: row.startAt,
    language: row.language as Language,
    goodsLabel: row.goodsLabel,
    code: row.code,
    address: row.address,
    unit: unitOf(row, unit),
    ...printed,
    symbol: { ...printed.symbol, modules },
    demo: row.demo,
    createdAt: row.createdAt,
    createdBy: row.createdBy,
    createdByName: row.createdByName,
  };
}

function toRow(run: StoredRun): Row {
  const { id, template, calibration, layout, printer, ...others } = run;
  const { facts, content, drawing, symbol, packs, reason, unit, ...rest } = others;
  const printed: Printed = {
    template,
    calibration,
    layout,
    printer,
    facts,
    content,
    drawing,
    ...(unit === undefined ? {} : { unit: { shuffled: unit.shuffled, packLine: unit.packLine } }),
    symbol: { ...symbol, modules: symbol.modules.join('') },
  };
  return {
    ...rest,
    _id: id,
    templateId: template.id,
    ...(packs === null ? {} : { packs }),
    ...(reason === undefined ? {} : { reason }),
    ...(unit === undefined ? {} : { epoch: unit.epoch, packNumbers: flat(unit.packNumbers) }),
    printed: JSON.stringify(printed),
  };
}

/** Print runs in the database: written once, never changed. */
export function printRunStore(connection: Connection) {
  const schema = new Schema(definition, STRICT);
  schema.index({ run: 1 }, { unique: true });
  schema.index({ batchId: 1, sequence: 1 }, { unique: true });
  schema.index({ cooperativeId: 1, run: -1 });
  schema.index({ cooperativeId: 1, templateId: 1, run: -1 });
  schema.index({ epoch: 1 });
  const Runs = connection.model('PrintRun', schema, 'print-runs');
  const Counters = connection.model('LabelCounter', new Schema(counterDefinition, STRICT), 'label-counters');

  async function nextNumber(): Promise<number> {
    try {
      const counter = await Counters.findOneAndUpdate(
        { _id: RUN_COUNTER },
        { $inc: { value: 1 } },
        { upsert: true, returnDocument: 'after' },
      ).lean();
      if (counter !== null) return counter.value;
    } catch (error) {
      // Two first runs may both try to make the counter: the second finds it made.
      if (duplicateKey(error) === null) throw error;
    }
    return nextNumber();
  }

  return {
    async byId(id: string): Promise<StoredRun | null> {
      const row = await Runs.findById(id).lean();
      return row === null ? null : toRun(row);
    },

    /** The number of a new run, greater than all before. A run that is then refused leaves its number unused. */
    nextNumber,

    /** Labels of the batch printed so far, and its last run's number within the batch. */
    async tally(batchId: string): Promise<{ readonly printed: number; readonly sequence: number }> {
      const last = await Runs.findOne({ batchId })
        .sort({ sequence: -1 })
        .select({ printedBefore: 1, count: 1, sequence: 1 })
        .lean();
      return last === null
        ? { printed: 0, sequence: 0 }
        : { printed: last.printedBefore + last.count, sequence: last.sequence };
    },

    async insert(run: StoredRun): Promise<'inserted' | 'existed' | 'number-taken' | 'sequence-taken'> {
      try {
        await Runs.create([toRow(run)]);
        return 'inserted';
      } catch (error) {
        if (duplicateKey(error) === null) throw error;
      }
      // Not every server says which of the unique indexes refused: the records do.
      if ((await Runs.exists({ _id: run.id })) !== null) return 'existed';
      return (await Runs.exists({ run: run.run })) === null ? 'sequence-taken' : 'number-taken';
    },

    /** All runs of these batches, each batch's oldest first. */
    async countsOf(batchIds: readonly string[]): Promise<readonly RunCount[]> {
      const rows = await Runs.find({ batchId: { $in: [...batchIds] } })
        .sort({ batchId: 1, sequence: 1 })
        .select({ batchId: 1, count: 1, packNumbers: 1 })
        .lean();
      return rows.map(({ _id: id, batchId, count, packNumbers }) => ({
        id,
        batchId,
        count,
        packNumbers: packNumbers === undefined || packNumbers === null ? null : paired(packNumbers),
      }));
    },

    /** Unit runs by their numbers, as far as there are such. */
    async unitRuns(numbers: readonly number[]): Promise<ReadonlyMap<number, NumberedRun>> {
      const rows = await Runs.find({ run: { $in: [...new Set(numbers)] }, epoch: { $exists: true } })
        .select({ run: 1, batchId: 1, count: 1, packs: 1, epoch: 1, packNumbers: 1 })
        .lean();
      return new Map(
        rows.map(({ _id: id, run, batchId, count, packs, epoch, packNumbers }) => [
          run,
          {
            id,
            batchId,
            count,
            packs: packs ?? 0,
            epoch: epoch ?? 0,
            packNumbers: paired(packNumbers ?? []),
          },
        ]),
      );
    },

    /** How many runs were made under a key, and of which batches. */
    async underEpoch(
      epoch: number,
    ): Promise<{ readonly runs: number; readonly batchIds: readonly string[] }> {
      const rows = await Runs.find({ epoch }).select({ batchId: 1 }).lean();
      return { runs: rows.length, batchIds: [...new Set(rows.map(({ batchId }) => batchId))] };
    },

    /** Newest first. */
    async ofBatch(batchId: string, limit: number): Promise<readonly StoredRun[]> {
      const rows = await Runs.find({ batchId }).sort({ sequence: -1 }).limit(limit).lean();
      return rows.map(toRun);
    },

    /** Newest first. */
    async ofCooperative(
      cooperativeId: string,
      { limit, cursor, batchId }: ListRequest & { readonly batchId?: string | undefined },
    ): Promise<ListPage<StoredRun>> {
      const after = decodeCursor(cursor, 1);
      const rows = await Runs.find({
        cooperativeId,
        ...(batchId === undefined ? {} : { batchId }),
        ...(after === null ? {} : { run: { $lt: Number(after[0]) } }),
      })
        .sort({ run: -1 })
        .limit(limit + 1)
        .lean();
      return listPage(rows.map(toRun), limit, (run) => [run.run]);
    },

    /** The last run on this paper: where its sheet is part-used. */
    async lastOn(cooperativeId: string, templateId: string): Promise<StoredRun | null> {
      const row = await Runs.findOne({ cooperativeId, templateId }).sort({ run: -1 }).lean();
      return row === null ? null : toRun(row);
    },

    /** Why more labels than packs were printed, each batch's oldest first; a batch without any is absent. */
    async reasonsOf(batchIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
      const rows = await Runs.find({ batchId: { $in: [...batchIds] }, reason: { $exists: true } })
        .sort({ batchId: 1, sequence: 1 })
        .select({ batchId: 1, reason: 1 })
        .lean();
      const found = new Map<string, string[]>();
      for (const { batchId, reason } of rows) {
        found.set(batchId, [...(found.get(batchId) ?? []), reason ?? '']);
      }
      return found;
    },

    async printedOf(batchIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
      const rows = await Runs.find({ batchId: { $in: [...batchIds] } })
        .select({ batchId: 1, count: 1 })
        .lean();
      const sums = new Map<string, number>();
      for (const { batchId, count } of rows) sums.set(batchId, (sums.get(batchId) ?? 0) + count);
      return sums;
    },
  };
}

export type PrintRunStore = ReturnType<typeof printRunStore>;
