import { blankBitmap, drawInto, type Bitmap } from '../../domain/label/bitmap.ts';
import { dotMm, pagePlaces, perPage, printPlan, slotAt } from '../../domain/label/template.ts';
import { labelDots, type LabelDots, type PlacedBitmap } from './label-dots.ts';
import type { FilePart, LabelFile } from './making.ts';
import { printedLabels, printedPlaces } from './printout.ts';

/** A row of labels as a thermal printer prints it: what all labels have, at each place, and what is each one's own. */
export type RollRow = {
  /** The corners of the row's labels, in dots. */
  readonly corners: readonly { readonly x: number; readonly y: number }[];
  readonly own: readonly PlacedBitmap[];
  /** How often it is printed. */
  readonly copies: number;
};

/** How a roll is spoken of, in a printer's dots and in millimetres. */
export type RollSetup = {
  readonly widthMm: number;
  readonly heightMm: number;
  readonly gapMm: number;
  readonly widthDots: number;
  readonly heightDots: number;
  /** What moves the picture for one printer, in dots. */
  readonly offset: { readonly x: number; readonly y: number };
  readonly shared: Bitmap;
};

/** A printer's language. */
export type RollLanguage = {
  start(setup: RollSetup): Buffer;
  row(row: RollRow): Buffer;
  end(): Buffer;
};

/** Rows per part: a part is sent when it is made. */
const ROWS_PER_PART = 16;

/** What lies within the roll's picture: ink beyond it would go on the next label or on the printer's roller. */
function within({ x, y, bitmap }: PlacedBitmap, { width, height }: LabelDots): PlacedBitmap {
  const [left, top] = [Math.max(0, -x), Math.max(0, -y)];
  const [right, bottom] = [Math.min(bitmap.width, width - x), Math.min(bitmap.height, height - y)];
  if (left === 0 && top === 0 && right === bitmap.width && bottom === bitmap.height) return { x, y, bitmap };
  return { x: x + left, y: y + top, bitmap: cut(bitmap, { left, top, right, bottom }) };
}

type Edges = { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };

function cut(bitmap: Bitmap, { left, top, right, bottom }: Edges): Bitmap {
  const part = blankBitmap(right - left, bottom - top);
  drawInto(part, bitmap, { x: -left, y: -top });
  return part;
}

/** A run's rolls row by row in a printer's language; the template is a roll. */
export async function* rollFile(file: LabelFile, language: RollLanguage): AsyncGenerator<FilePart> {
  const { printout, labels, fonts } = file;
  const { run } = printout;
  const { template, calibration } = run;
  if (template.dotsPerInch === null) throw new RangeError(`${template.id} is no roll`);
  const dot = dotMm(template);
  const dots = (mm: number) => Math.round(mm / dot);
  const pictures = labelDots(run, template.dotsPerInch, fonts);
  const plan = printPlan(template, printedPlaces(printout));
  const corners = Array.from({ length: perPage(template) }, (_, slot) => {
    const { xMm, yMm } = slotAt(template, slot);
    return { x: dots(xMm), y: dots(yMm) };
  });
  const labelAt = printedLabels(printout, labels);
  const isSame = run.codes === 'batch';
  const setup: RollSetup = {
    widthMm: template.pageWidthMm,
    heightMm: template.pageHeightMm,
    gapMm: template.gapMm,
    widthDots: dots(template.pageWidthMm),
    heightDots: dots(template.pageHeightMm),
    offset: { x: dots(calibration.xMm), y: dots(calibration.yMm) },
    shared: isSame ? pictures.whole(labelAt(1)) : pictures.shared,
  };
  yield { bytes: language.start(setup), labels: 0 };

  const rowOf = (page: number, copies: number): RollRow => {
    const { first, end, firstLabel } = pagePlaces(plan, page);
    const own = corners.slice(first, end).flatMap((corner, at) => {
      if (isSame) return [];
      const label = labelAt(firstLabel + at);
      return pictures.own(label).map((part) => {
        const inside = within(part, pictures);
        return { ...inside, x: inside.x + corner.x, y: inside.y + corner.y };
      });
    });
    return { corners: corners.slice(first, end), own, copies };
  };
  // Rows that are the same are one row and its number.
  const isFull = (page: number) => {
    const { first, end } = pagePlaces(plan, page);
    return end - first === plan.perPage;
  };
  let waiting: Buffer[] = [];
  for (let page = 0; page < plan.pages; page += 1) {
    let copies = 1;
    while (isSame && isFull(page) && page + copies < plan.pages && isFull(page + copies)) copies += 1;
    waiting.push(language.row(rowOf(page, copies)));
    page += copies - 1;
    if (waiting.length < ROWS_PER_PART && page < plan.pages - 1) continue;
    yield { bytes: Buffer.concat(waiting), labels: pagePlaces(plan, page).labels };
    waiting = [];
  }
  yield { bytes: language.end(), labels: plan.count };
}
