import { groupCode } from '../../domain/batch-code/batch-code.ts';
import { levelOf } from '../../domain/label/content.ts';
import { perPage, printPlan, type LabelTemplate } from '../../domain/label/template.ts';
import type { PrintRun } from './contract.ts';
import type { FileProgress } from './maker.ts';
import type { RunCheck } from './check-store.ts';
import { FILE_ENDINGS } from './files.ts';

/** A template as the API gives it; `content` says how much a label of this size holds. */
export function templateAnswer(template: LabelTemplate) {
  return { ...template, perPage: perPage(template), content: levelOf(template) };
}

/** The addresses of a run's files. */
export function filesOf(run: Pick<PrintRun, 'id'>, publicUrl: string) {
  const base = `${publicUrl}/api/v1/print-runs/${run.id}/labels`;
  return Object.fromEntries(FILE_ENDINGS.map((ending) => [ending, `${base}.${ending}`]));
}

/** A run as the API gives it to its cooperative; `voided` of its labels are void. */
export function printRunAnswer(run: PrintRun, publicUrl: string, voided: number) {
  const { pages, free } = printPlan(run.template, run);
  return {
    id: run.id,
    run: run.run,
    batchId: run.batchId,
    productId: run.productId,
    cooperativeId: run.cooperativeId,
    template: run.template.id,
    count: run.count,
    codes: run.codes,
    startAt: run.startAt,
    pages,
    free,
    language: run.language,
    goodsLabel: run.goodsLabel,
    layout: run.layout ?? null,
    printer: run.printer ?? null,
    calibration: run.calibration,
    code: run.unit === undefined ? groupCode(run.code) : null,
    address: run.unit === undefined ? run.address : null,
    shuffled: run.unit?.shuffled ?? false,
    numbered: run.unit?.packLine !== undefined,
    packNumbers: run.unit?.packNumbers ?? null,
    voided,
    inCirculation: run.count - voided,
    packs: run.packs,
    printedBefore: run.printedBefore,
    printed: run.printedBefore + run.count,
    reason: run.reason ?? null,
    moduleMm: Number(run.drawing.moduleMm.toFixed(4)),
    createdAt: run.createdAt.toISOString(),
    createdBy: { id: run.createdBy, name: run.createdByName },
    files: filesOf(run, publicUrl),
  };
}

/** How a run's labels were read before its first download; null until then. */
export function checkAnswer(check: RunCheck | null) {
  if (check === null) return null;
  const { labels, dotsPerInch, elapsedMs, failedNumber, checkedAt } = check;
  return {
    passed: failedNumber === null,
    labels,
    dotsPerInch,
    elapsedMs,
    failedNumber,
    checkedAt: checkedAt.toISOString(),
  };
}

/** Downloads of a run that are under way: labels made so far of how many, and for how long. */
export function progressAnswer(run: Pick<PrintRun, 'id' | 'count'>, files: readonly FileProgress[]) {
  return {
    id: run.id,
    count: run.count,
    files: files.map(({ format, labels, count, elapsedMs }) => ({
      format,
      labels,
      count,
      elapsedMs,
    })),
  };
}
