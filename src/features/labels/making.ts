import type { UnitKey } from '../../domain/unit-code/unit-code.ts';
import { labelsCsv } from './csv.ts';
import type { Fonts } from './fonts.ts';
import { labelsPngZip, labelsSvgZip } from './label-zip.ts';
import { labelsPdf } from './pdf.ts';
import type { Printout } from './printout.ts';
import { labelsTspl } from './tspl.ts';
import { labelsZpl } from './zpl.ts';
import { runLabels, type RunLabels } from './run-labels.ts';

/** What a file of labels is made of; `labels` makes each label when it is asked for. */
export type LabelFile = {
  readonly printout: Printout;
  readonly labels: RunLabels;
  readonly fonts: Fonts;
};

/** A part of a file, and how many labels are in it and in all before it. */
export type FilePart = { readonly bytes: Buffer; readonly labels: number };

export type FileFormat = 'pdf' | 'csv' | 'zpl' | 'tspl' | 'zip-svg' | 'zip-png';

/** A file to make: plain data, so that it can be handed to another thread. */
export type FileJob = {
  readonly format: FileFormat;
  readonly printout: Printout;
  /** The run's own; none of a run of the batch's code. */
  readonly keys: readonly UnitKey[];
};

const MAKERS: Readonly<
  Record<FileFormat, (file: LabelFile) => Iterable<FilePart> | AsyncIterable<FilePart>>
> = {
  pdf: labelsPdf,
  csv: labelsCsv,
  zpl: labelsZpl,
  tspl: labelsTspl,
  'zip-svg': labelsSvgZip,
  'zip-png': labelsPngZip,
};

/** The file part by part, each made when it is asked for: the same job gives the same bytes. */
export function makeFile(
  { format, printout, keys }: FileJob,
  fonts: Fonts,
): Iterable<FilePart> | AsyncIterable<FilePart> {
  return MAKERS[format]({ printout, fonts, labels: runLabels(printout.run, keys) });
}
