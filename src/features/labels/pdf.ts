import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { PdfDocument } from '../../domain/pdf/document.ts';
import { embedFont, glyphString, type FontSubset } from '../../domain/pdf/font.ts';
import { POINTS_PER_MM, pdfNumbers, reference } from '../../domain/pdf/syntax.ts';
import { starCorners, type LabelDrawing, type Mark, type Weight } from '../../domain/label/drawing.ts';
import { lettersOf, startMm, textAt } from '../../domain/label/own-text.ts';
import { PageContent } from '../../domain/pdf/content.ts';
import { wordsOf, type SymbolWords } from '../../domain/qr/encoder.ts';
import { rectanglesOfWords } from '../../domain/qr/rectangles.ts';
import { pagePlaces, perPage, printPlan, slotAt } from '../../domain/label/template.ts';
import { symbolsOf } from './address-encoder.ts';
import type { Calibration } from './contract.ts';
import type { Fonts } from './fonts.ts';
import { printedLabels, printedPlaces, printoutId, printoutTitle } from './printout.ts';
import type { FilePart, LabelFile } from './making.ts';

type TextMark = Extract<Mark, { kind: 'text' }>;
type SymbolMark = Extract<Mark, { kind: 'symbol' }>;

/** What a page calls the fonts. */
export const FONT_NAMES: Readonly<Record<Weight, string>> = { regular: '/F1', semibold: '/F2' };
const WEIGHTS: readonly Weight[] = ['regular', 'semibold'];

export type Subsets = Readonly<Record<Weight, FontSubset>>;

/** The glyphs that drawings need; each weight has at least a space, so that both fonts can be embedded. */
export function subsetsOf(fonts: Fonts, marks: readonly Mark[]): Subsets {
  const characters = (weight: Weight) =>
    marks.flatMap((mark) => (mark.kind === 'text' && mark.weight === weight ? [...lettersOf(mark)] : []));
  return {
    regular: fonts.subset('regular', [' ', ...characters('regular')]),
    semibold: fonts.subset('semibold', [' ', ...characters('semibold')]),
  };
}

const points = (mm: number): number => mm * POINTS_PER_MM;

/** Puts a symbol's rectangles into a page. One unit is one module, downwards: short whole numbers, and exact. */
function writeSymbol(
  content: PageContent,
  mark: SymbolMark,
  at: { words: SymbolWords; heightMm: number },
): void {
  const side = points(mark.moduleMm);
  const origin = pdfNumbers(points(mark.xMm), points(at.heightMm - mark.yMm));
  content.line(`q ${pdfNumbers(side, 0, 0, -side)} ${origin} cm`);
  content.rectangles(rectanglesOfWords(at.words, mark.size));
  content.line('f Q');
}

function starOperators(mark: Extract<Mark, { kind: 'star' }>, heightMm: number): string {
  const corners = starCorners(mark.radiusMm).map(([x, y]) =>
    pdfNumbers(points(mark.centreXMm + x), points(heightMm - mark.centreYMm - y)),
  );
  const [first = '', ...rest] = corners;
  return `${first} m ${rest.map((corner) => `${corner} l`).join(' ')} h f`;
}

function textOperators(
  mark: TextMark,
  text: string,
  at: { xMm: number; heightMm: number; subsets: Subsets },
) {
  const font = `${FONT_NAMES[mark.weight]} ${pdfNumbers(points(mark.sizeMm))} Tf`;
  const place = pdfNumbers(points(at.xMm), points(at.heightMm - mark.baselineMm));
  return `BT ${font} ${place} Td ${glyphString(at.subsets[mark.weight], text)} Tj ET`;
}

function barOperators(
  { xMm, yMm, widthMm, heightMm }: Extract<Mark, { kind: 'bar' }>,
  labelMm: number,
): string {
  const corner = [points(xMm), points(labelMm - yMm - heightMm)] as const;
  return `${pdfNumbers(...corner, points(widthMm), points(heightMm))} re f`;
}

/** What all labels of a run share, as operators within a box whose origin is its bottom-left corner. */
function sharedOperators(
  { heightMm, marks }: LabelDrawing,
  symbol: SymbolWords | null,
  subsets: Subsets,
): Buffer {
  const content = new PageContent();
  content.line('0 g');
  for (const mark of marks) {
    switch (mark.kind) {
      case 'text':
        if (mark.own !== undefined) break;
        content.line(textOperators(mark, mark.text, { xMm: mark.xMm, heightMm, subsets }));
        break;
      case 'symbol':
        if (symbol !== null) writeSymbol(content, mark, { words: symbol, heightMm });
        break;
      case 'bar':
        content.line(barOperators(mark, heightMm));
        break;
      case 'star':
        content.line(starOperators(mark, heightMm));
        break;
      default:
        mark satisfies never;
    }
  }
  return content.take();
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

/** Writes what is a label's own, beside the form that all share; labels count from 1. */
type WriteOwn = (content: PageContent, count: number) => void;

function ownWriter({ printout, labels, fonts }: LabelFile, subsets: Subsets): WriteOwn {
  const { run } = printout;
  const { heightMm, marks } = run.drawing;
  const labelAt = printedLabels(printout, labels);
  const symbols = marks.filter((mark) => mark.kind === 'symbol');
  const texts = marks.filter((mark) => mark.kind === 'text').filter(({ own }) => own !== undefined);
  const symbolOf = symbolsOf(run);
  return (content, count) => {
    const label = labelAt(count);
    const words = symbolOf(label);
    for (const mark of symbols) writeSymbol(content, mark, { words, heightMm });
    for (const mark of texts) {
      const text = textAt(mark, label.texts);
      const xMm = startMm(mark, fonts.typefaces[mark.weight].widthOf(text) * mark.sizeMm);
      content.line(textOperators(mark, text, { xMm, heightMm, subsets }));
    }
  };
}

/** What each label of a run is on its page, within its box: what all have and what is its own. Places count from 1. */
export function labelOperators(file: LabelFile): {
  readonly subsets: Subsets;
  operatorsOf(place: number): string;
} {
  const { run } = file.printout;
  const subsets = subsetsOf(file.fonts, run.drawing.marks);
  const symbol = run.codes === 'unit' ? null : wordsOf(run.symbol.modules, run.symbol.size);
  const shared = sharedOperators(run.drawing, symbol, subsets).toString('latin1');
  const writeOwn = symbol === null ? ownWriter(file, subsets) : null;
  const content = new PageContent();
  return {
    subsets,
    operatorsOf(place) {
      writeOwn?.(content, place);
      return shared + content.take().toString('latin1');
    },
  };
}

/** The pages of a run, each made when it is asked for. Those that are the same are made once. */
function pageWriter({ printout }: LabelFile, writeOwn: WriteOwn | null) {
  const { template, calibration } = printout.run;
  const plan = printPlan(template, printedPlaces(printout));
  const places = perPage(template);
  const moved = calibrated(calibration, template.pageHeightMm);
  const corners = Array.from({ length: places }, (_, slot) => {
    const { xMm, yMm } = slotAt(template, slot);
    const bottomMm = template.pageHeightMm - yMm - template.heightMm;
    return `q ${pdfNumbers(1, 0, 0, 1, points(xMm), points(bottomMm))} cm /L Do`;
  });
  const content = new PageContent();
  let full: Buffer | undefined;
  return (page: number): { readonly content: Buffer; readonly labels: number } => {
    const { first, end, firstLabel, labels } = pagePlaces(plan, page);
    const isFull = first === 0 && end === places;
    if (isFull && full !== undefined) return { content: full, labels };
    content.line(moved);
    for (let slot = first; slot < end; slot += 1) {
      content.line(corners[slot] ?? '');
      writeOwn?.(content, firstLabel + slot - first);
      content.line('Q');
    }
    if (!isFull || writeOwn !== null) return { content: content.take(), labels };
    full = Buffer.from(content.take());
    return { content: full, labels };
  };
}

/** Level 1: four fifths of what the slowest saves, at a twentieth of its time; what is left is mostly the codes. */
const deflate = (bytes: Uint8Array): Uint8Array => deflateSync(bytes, { level: 1 });

/**
 * A print run's sheets, or a reprint's, page by page: each is made when the reader asks for it, and none is kept. What
 * all labels have is one form XObject that every place of every page refers to.
 */
export function* labelsPdf(file: LabelFile): Generator<FilePart> {
  const { printout, fonts } = file;
  const { run } = printout;
  const { template, drawing, facts } = run;
  const info = {
    title: printoutTitle(printout),
    author: facts.cooperativeName,
    creator: 'Nguồn',
    createdAt: (printout.reprint ?? run).createdAt,
    language: run.language,
    fileId: fileIdOf(printoutId(printout)),
  };
  const document = new PdfDocument(info, deflate);
  const start = document.start();
  const subsets = subsetsOf(fonts, drawing.marks);
  const font = embedSubsets(document, subsets);
  const label = document.reserve();
  const box = `/BBox [0 0 ${pdfNumbers(points(drawing.widthMm), points(drawing.heightMm))}]`;
  const entries = `/Type /XObject /Subtype /Form ${box} /Resources << ${font.resource} >>`;
  const symbol = run.codes === 'unit' ? null : wordsOf(run.symbol.modules, run.symbol.size);
  const shared = document.stream(label, entries, sharedOperators(drawing, symbol, subsets));
  yield { bytes: Buffer.concat([start, ...font.bytes, shared]), labels: 0 };

  const { pages, count } = printPlan(template, printedPlaces(printout));
  const size = { widthPt: points(template.pageWidthMm), heightPt: points(template.pageHeightMm) };
  const write = pageWriter(file, symbol === null ? ownWriter(file, subsets) : null);
  for (let page = 0; page < pages; page += 1) {
    const { content, labels } = write(page);
    yield { bytes: document.page(size, content), labels };
  }
  yield {
    bytes: document.end(`${font.resource} /XObject << /L ${reference(label)} >>`),
    labels: count,
  };
}
