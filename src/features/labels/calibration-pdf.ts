import { PdfDocument } from '../../domain/pdf/document.ts';
import { glyphString } from '../../domain/pdf/font.ts';
import { POINTS_PER_MM, pdfNumbers } from '../../domain/pdf/syntax.ts';
import { perPage, slotAt, type LabelTemplate } from '../../domain/label/template.ts';
import { speak, type Language } from '../../platform/i18n.ts';
import type { Mark } from '../../domain/label/drawing.ts';
import type { Calibration } from './contract.ts';
import type { Fonts } from './fonts.ts';
import { calibrated, embedSubsets, fileIdOf, subsetsOf } from './pdf.ts';
import { calibrationStrings } from './strings.ts';

const points = (mm: number): number => mm * POINTS_PER_MM;

/** A quarter circle as a Bézier curve reaches this far along its sides. */
const KAPPA = 0.5523;
const RULER_MM = 100;
const TEXT_MM = 3;
const LEADING_MM = 4.6;
/** Nothing here depends on a day: the page is always the same. */
const EPOCH = new Date(0);

/** A rectangle with round corners, or a circle. */
function outline(template: LabelTemplate, slot: number): string {
  const { widthMm, heightMm, pageHeightMm, shape, cornerRadiusMm } = template;
  const { xMm, yMm } = slotAt(template, slot);
  const [x, y] = [points(xMm), points(pageHeightMm - yMm - heightMm)];
  const [w, h] = [points(widthMm), points(heightMm)];
  const r = points(shape === 'round' ? Math.min(widthMm, heightMm) / 2 : cornerRadiusMm);
  if (r === 0) return `${pdfNumbers(x, y, w, h)} re S`;
  const k = r * (1 - KAPPA);
  return [
    `${pdfNumbers(x + r, y)} m`,
    `${pdfNumbers(x + w - r, y)} l`,
    `${pdfNumbers(x + w - k, y, x + w, y + k, x + w, y + r)} c`,
    `${pdfNumbers(x + w, y + h - r)} l`,
    `${pdfNumbers(x + w, y + h - k, x + w - k, y + h, x + w - r, y + h)} c`,
    `${pdfNumbers(x + r, y + h)} l`,
    `${pdfNumbers(x + k, y + h, x, y + h - k, x, y + h - r)} c`,
    `${pdfNumbers(x, y + r)} l`,
    `${pdfNumbers(x, y + k, x + k, y, x + r, y)} c h S`,
  ].join(' ');
}

function cross(xMm: number, yMm: number, pageHeightMm: number): string {
  const [x, y, arm] = [points(xMm), points(pageHeightMm - yMm), points(2.5)];
  return `${pdfNumbers(x - arm, y)} m ${pdfNumbers(x + arm, y)} l ${pdfNumbers(x, y - arm)} m ${pdfNumbers(x, y + arm)} l S`;
}

function ruler(xMm: number, yMm: number, pageHeightMm: number): string {
  const lines = Array.from({ length: RULER_MM + 1 }, (_, at) => {
    const tall = at % 10 === 0 ? 3.5 : at % 5 === 0 ? 2.4 : 1.4;
    const x = points(xMm + at);
    return `${pdfNumbers(x, points(pageHeightMm - yMm))} m ${pdfNumbers(x, points(pageHeightMm - yMm + tall))} l`;
  });
  const y = points(pageHeightMm - yMm);
  return `${lines.join(' ')} ${pdfNumbers(points(xMm), y)} m ${pdfNumbers(points(xMm + RULER_MM), y)} l S`;
}

type Options = { readonly language: Language; readonly calibration: Calibration; readonly fonts: Fonts };

/** Texts from a place down; each is set on one line. */
function textMarks(
  lines: readonly string[],
  xMm: number,
  yMm: number,
): readonly Extract<Mark, { kind: 'text' }>[] {
  return lines.map((text, at) => ({
    kind: 'text' as const,
    field: 'name' as const,
    text,
    weight: at === 0 ? ('semibold' as const) : ('regular' as const),
    sizeMm: TEXT_MM,
    xMm,
    baselineMm: yMm + at * LEADING_MM,
  }));
}

/** The frames of a template's labels and a ruler, to hold against a label sheet before labels are wasted. */
export function* calibrationPdf(template: LabelTemplate, options: Options): Generator<Buffer> {
  const { language, calibration, fonts } = options;
  const t = speak(calibrationStrings, language);
  const title = `${t.title} · ${template.name[language]}`;
  const { pageWidthMm, pageHeightMm } = template;
  const isLarge = pageWidthMm >= 150 && pageHeightMm >= 120;
  const xMm = Math.max(20, (pageWidthMm - 160) / 2);
  const yMm = pageHeightMm * 0.42;
  const marks = isLarge ? textMarks([title, t.print, t.hold, t.ruler, t.enter], xMm, yMm) : [];
  const subsets = subsetsOf(fonts, marks);
  const document = new PdfDocument({
    title,
    author: 'Nguồn',
    creator: 'Nguồn',
    createdAt: EPOCH,
    language,
    fileId: fileIdOf(`calibration ${template.id} ${JSON.stringify(calibration)} ${language}`),
  });
  yield document.start();
  const font = embedSubsets(document, subsets);
  yield* font.bytes;
  const frames = Array.from({ length: perPage(template) }, (_, slot) => outline(template, slot));
  const textHeight = marks.length * LEADING_MM + 12;
  // The words stand on white, or the frames would run through them.
  const plate = pdfNumbers(
    points(xMm - 4),
    points(pageHeightMm - yMm - textHeight + 6),
    points(Math.min(168, pageWidthMm - xMm)),
    points(textHeight),
  );
  const texts = marks.map(
    (mark) =>
      `BT ${mark.weight === 'semibold' ? '/F2' : '/F1'} ${pdfNumbers(points(mark.sizeMm))} Tf ` +
      `${pdfNumbers(points(mark.xMm), points(pageHeightMm - mark.baselineMm))} Td ` +
      `${glyphString(subsets[mark.weight], mark.text)} Tj ET`,
  );
  const content = [
    calibrated(calibration, pageHeightMm),
    '0.4 w 0 G',
    ...frames,
    cross(pageWidthMm / 2, pageHeightMm / 2, pageHeightMm),
    ...(isLarge
      ? [`1 g ${plate} re f 0 g`, ...texts, ruler(xMm, yMm + marks.length * LEADING_MM + 2, pageHeightMm)]
      : []),
  ];
  yield document.page({ widthPt: points(pageWidthMm), heightPt: points(pageHeightMm) }, content.join('\n'));
  yield document.end(font.resource);
}
