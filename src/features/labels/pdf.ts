import { createHash } from 'node:crypto';
import { PdfDocument } from '../../domain/pdf/document.ts';
import { embedFont, glyphString, type FontSubset } from '../../domain/pdf/font.ts';
import { POINTS_PER_MM, pdfNumbers, reference } from '../../domain/pdf/syntax.ts';
import { starCorners, type LabelDrawing, type Mark, type Weight } from '../../domain/label/drawing.ts';
import { rectanglesOf, type SymbolMatrix } from '../../domain/label/symbol.ts';
import { perPage, printPlan, slotAt, type LabelTemplate } from '../../domain/label/template.ts';
import type { Calibration } from './contract.ts';
import type { Fonts } from './fonts.ts';
import { printedPlaces, printoutId, printoutTitle, type Printout } from './printout.ts';

const FONT_NAMES: Readonly<Record<Weight, string>> = { regular: '/F1', semibold: '/F2' };
const WEIGHTS: readonly Weight[] = ['regular', 'semibold'];

export type Subsets = Readonly<Record<Weight, FontSubset>>;

/** The glyphs that drawings need; each weight has at least a space, so that both fonts can be embedded. */
export function subsetsOf(fonts: Fonts, marks: readonly Mark[]): Subsets {
  const characters = (weight: Weight) =>
    marks.flatMap((mark) => (mark.kind === 'text' && mark.weight === weight ? [...mark.text] : []));
  return {
    regular: fonts.subset('regular', [' ', ...characters('regular')]),
    semibold: fonts.subset('semibold', [' ', ...characters('semibold')]),
  };
}

const points = (mm: number): number => mm * POINTS_PER_MM;

function symbolOperators(
  mark: Extract<Mark, { kind: 'symbol' }>,
  symbol: SymbolMatrix,
  heightMm: number,
): string {
  const side = points(mark.moduleMm);
  const rectangles = rectanglesOf(symbol).map(
    ({ x, y, width, height }) =>
      // One unit is one module: whole numbers, so the path is short and exact.
      `${x} ${-y - height} ${width} ${height} re`,
  );
  const origin = pdfNumbers(points(mark.xMm), points(heightMm - mark.yMm));
  return `q ${pdfNumbers(side, 0, 0, side)} ${origin} cm ${rectangles.join(' ')} f Q`;
}

function starOperators(mark: Extract<Mark, { kind: 'star' }>, heightMm: number): string {
  const corners = starCorners(mark.radiusMm).map(([x, y]) =>
    pdfNumbers(points(mark.centreXMm + x), points(heightMm - mark.centreYMm - y)),
  );
  const [first = '', ...rest] = corners;
  return `${first} m ${rest.map((corner) => `${corner} l`).join(' ')} h f`;
}

/** A drawing's marks as page operators, within a box whose origin is its bottom-left corner. */
export function drawingOperators(
  drawing: LabelDrawing,
  symbol: SymbolMatrix | null,
  subsets: Subsets,
): string {
  const { heightMm } = drawing;
  const lines = drawing.marks.map((mark) => {
    switch (mark.kind) {
      case 'text': {
        const at = pdfNumbers(1, 0, 0, 1, points(mark.xMm), points(heightMm - mark.baselineMm));
        const font = `${FONT_NAMES[mark.weight]} ${pdfNumbers(points(mark.sizeMm))} Tf`;
        return `BT ${font} ${at} Tm ${glyphString(subsets[mark.weight], mark.text)} Tj ET`;
      }
      case 'symbol':
        return symbol === null ? '' : symbolOperators(mark, symbol, heightMm);
      case 'bar': {
        const { xMm, yMm, widthMm, heightMm: barMm } = mark;
        const corner = [points(xMm), points(heightMm - yMm - barMm)] as const;
        return `${pdfNumbers(...corner, points(widthMm), points(barMm))} re f`;
      }
      case 'star':
        return starOperators(mark, heightMm);
      default:
        return mark satisfies never;
    }
  });
  return ['0 g', ...lines].join('\n');
}

/** What moves a whole page for one printer: about its top-left corner, because that is where rulers start. */
export function calibrated({ xMm, yMm, scale }: Calibration, pageHeightMm: number): string {
  const height = points(pageHeightMm);
  return `${pdfNumbers(scale, 0, 0, scale, points(xMm), height - scale * height - points(yMm))} cm`;
}

type FontObjects = { readonly bytes: readonly Buffer[]; readonly resource: string };

/** Puts the used glyphs of each weight into the document. */
export function embedSubsets(document: PdfDocument, subsets: Subsets): FontObjects {
  const embedded = WEIGHTS.map((weight) => ({ weight, ...embedFont(document, subsets[weight]) }));
  const names = embedded.map(({ weight, id }) => `${FONT_NAMES[weight]} ${reference(id)}`);
  return { bytes: embedded.map(({ bytes }) => bytes), resource: `/Font << ${names.join(' ')} >>` };
}

/** Thirty-two hex digits that only this content has. */
export const fileIdOf = (content: string): string =>
  createHash('sha256').update(content).digest('hex').slice(0, 32);

function pageOperators(
  template: LabelTemplate,
  places: { readonly first: number; readonly end: number },
  calibration: Calibration,
): string {
  const lines = [calibrated(calibration, template.pageHeightMm)];
  for (let slot = places.first; slot < places.end; slot += 1) {
    const { xMm, yMm } = slotAt(template, slot);
    const bottomMm = template.pageHeightMm - yMm - template.heightMm;
    lines.push(`q ${pdfNumbers(1, 0, 0, 1, points(xMm), points(bottomMm))} cm /L Do Q`);
  }
  return lines.join('\n');
}

export type RunFile = {
  readonly printout: Printout;
  readonly fonts: Fonts;
};

/**
 * A print run's sheets, or a reprint's, page by page: each is made when the reader asks for it, and none is kept. The label is one
 * form XObject that every place of every page refers to.
 */
export function* labelsPdf({ printout, fonts }: RunFile): Generator<Buffer> {
  const { run } = printout;
  const { template, drawing, facts, symbol } = run;
  const document = new PdfDocument({
    title: printoutTitle(printout),
    author: facts.cooperativeName,
    creator: 'Nguồn',
    createdAt: (printout.reprint ?? run).createdAt,
    language: run.language,
    fileId: fileIdOf(printoutId(printout)),
  });
  yield document.start();
  const subsets = subsetsOf(fonts, drawing.marks);
  const font = embedSubsets(document, subsets);
  yield* font.bytes;
  const label = document.reserve();
  const box = `/BBox [0 0 ${pdfNumbers(points(drawing.widthMm), points(drawing.heightMm))}]`;
  const entries = `/Type /XObject /Subtype /Form ${box} /Resources << ${font.resource} >>`;
  yield document.stream(label, entries, drawingOperators(drawing, symbol, subsets));

  const plan = printPlan(template, printedPlaces(printout));
  const places = perPage(template);
  const size = { widthPt: points(template.pageWidthMm), heightPt: points(template.pageHeightMm) };
  const operators = (first: number, end: number) => pageOperators(template, { first, end }, run.calibration);
  // Between a part-used first page and the last one, all pages look the same.
  const full = operators(0, places);
  for (let page = 0; page < plan.pages; page += 1) {
    const first = page === 0 ? plan.startAt - 1 : 0;
    const end = page === plan.pages - 1 ? places - plan.free : places;
    yield document.page(size, first === 0 && end === places ? full : operators(first, end));
  }
  yield document.end(`${font.resource} /XObject << /L ${reference(label)} >>`);
}
