import { UNIT_CODE_LENGTH, groupCode } from '../../domain/batch-code/batch-code.ts';
import type { LabelDrawing } from '../../domain/label/drawing.ts';
import { withOwnTexts } from '../../domain/label/own-text.ts';
import { labelAddress, type SymbolMatrix } from '../../domain/label/symbol.ts';
import { sizeOf, type Ranges } from '../../domain/unit-code/ranges.ts';
import { Problem, invalidField } from '../../platform/problem.ts';
import { unitSymbol } from './address-encoder.ts';
import { freePacks } from './circulation.ts';
import type { UnitRun } from './contract.ts';
import type { NewPrintRun } from './input.ts';
import { PACKS_UNKNOWN, UNIT_ONLY, tooManyUnits } from './messages.ts';
import type { BatchPlace, Draft, DraftRequest, LabelServiceDeps } from './service.ts';
import { keysOfRun } from './run-keys.ts';
import { runLabels } from './run-labels.ts';
import type { StoredRun } from './store.ts';
import { unitWords, widestCode, type UnitWords } from './unit-words.ts';

/** No label has it: a picture before printing shows where the code will be. */
const SAMPLE_CODE = '0'.repeat(UNIT_CODE_LENGTH);

type Deps = Pick<LabelServiceDeps, 'fonts' | 'measures' | 'publicUrl' | 'circulation' | 'keys'>;

/** What is different where each label has a code of its own. */
export function unitRuns({ fonts, measures, publicUrl, circulation, keys }: Deps) {
  const symbolOf = (code: string): SymbolMatrix => unitSymbol(labelAddress(publicUrl, code));

  /** Codes are given out by the pack. @throws Problem `packs-unknown` */
  function packsOf({ batch: { packs } }: BatchPlace): number {
    if (packs === null) throw invalidField('/codes', PACKS_UNKNOWN, 'packs-unknown');
    return packs;
  }

  /** The lowest packs without a valid label. @throws Problem `too-many-labels` with the numbers */
  async function packsFor(at: BatchPlace, count: number): Promise<Ranges> {
    const packs = packsOf(at);
    const { printed, voided, taken } = await circulation.of(at.batch.id);
    const free = freePacks(taken, packs, count);
    if (free !== null) return free;
    const numbers = {
      packs,
      printed: printed.unit,
      voided: voided.unit,
      inCirculation: printed.unit - voided.unit,
      left: packs - sizeOf(taken),
    };
    const detail = tooManyUnits(numbers, at.packWord);
    const errors = [{ pointer: '/count', detail }];
    throw new Problem('too-many-labels', { detail, errors, members: numbers });
  }

  return {
    packsFor,

    /** What makes the labels of a run their own; null of a run of the batch's code. */
    words(at: BatchPlace, asked: DraftRequest): UnitWords | null {
      if (asked.codes === 'batch') {
        if (asked.numbered) throw invalidField('/numbered', UNIT_ONLY);
        return null;
      }
      const packs = packsOf(at);
      return unitWords({ ...at, packs }, asked, { typefaces: fonts.typefaces, measures });
    },

    /** A symbol as large as that of any label. */
    symbol: (): SymbolMatrix => symbolOf(widestCode(fonts.typefaces)),

    /** A picture's label, with a code that no label has. */
    sample(drawing: LabelDrawing, { packLine }: UnitWords): Draft['shown'] {
      const packNumber = packLine?.replace('{n}', '1');
      const texts = { code: groupCode(SAMPLE_CODE), ...(packNumber === undefined ? {} : { packNumber }) };
      return { drawing: withOwnTexts(drawing, texts, fonts.typefaces), symbol: symbolOf(SAMPLE_CODE) };
    },

    /** A run's first label, as it was printed. @throws Problem `key-retired` */
    pictured<R extends StoredRun>(run: R): R {
      if (run.unit === undefined) return run;
      const { address, texts } = runLabels(run, keysOfRun(run, keys.inForce())).labelAt(1);
      const drawing = withOwnTexts(run.drawing, texts, fonts.typefaces);
      return { ...run, drawing, symbol: unitSymbol(address) };
    },

    async run(at: BatchPlace, input: NewPrintRun, { packLine }: Pick<Draft, 'packLine'>): Promise<UnitRun> {
      const packNumbers = await packsFor(at, input.count);
      return { epoch: await keys.current(), shuffled: input.shuffled, packNumbers, packLine };
    },
  };
}
