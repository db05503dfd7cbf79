import type { Bitmap } from '../../domain/label/bitmap.ts';
import type { Weight } from '../../domain/label/drawing.ts';
import { fillContours, type Contours } from '../../domain/label/outline.ts';
import { POINTS_PER_MM } from '../../domain/pdf/syntax.ts';
import { MM_PER_INCH } from '../../domain/label/template.ts';
import type { Fonts } from './fonts.ts';
import { blankLabel } from './label-dots.ts';
import { FONT_NAMES, labelOperators, type Subsets } from './pdf.ts';
import type { LabelFile } from './making.ts';

/**
 * Looks at a label of a PDF from outside: reads the operators that are sent, and fills them in without a thought of
 * modules and of what was to be drawn. Source: ISO 32000-1 §8.3.3, §8.5, §9.4
 */

/** a b c d e f of §8.3.3. */
type Matrix = readonly [number, number, number, number, number, number];
type Font = { readonly weight: Weight; readonly sizePt: number };
type State = { matrix: Matrix; font: Font | null; textAt: readonly [number, number] };

const UNMOVED: Matrix = [1, 0, 0, 1, 0, 0];

const after = (inner: Matrix, outer: Matrix): Matrix => [
  inner[0] * outer[0] + inner[1] * outer[2],
  inner[0] * outer[1] + inner[1] * outer[3],
  inner[2] * outer[0] + inner[3] * outer[2],
  inner[2] * outer[1] + inner[3] * outer[3],
  inner[4] * outer[0] + inner[5] * outer[2] + outer[4],
  inner[4] * outer[1] + inner[5] * outer[3] + outer[5],
];

const WEIGHTS = new Map<string, Weight>(
  (['regular', 'semibold'] as const).map((weight) => [FONT_NAMES[weight], weight]),
);

const GLYPH_DIGITS = 4;

/** Takes what a page's operators fill: an outline, and where it comes to lie. */
type Fill = (outline: Contours, matrix: Matrix) => void;

/** Follows a page's operators. @throws RangeError for one that it does not know */
function follow(operators: string, { subsets, fonts }: { subsets: Subsets; fonts: Fonts }, fill: Fill): void {
  const stack: State[] = [];
  let state: State = { matrix: UNMOVED, font: null, textAt: [0, 0] };
  let operands: string[] = [];
  let path: number[][] = [];
  const numbers = (count: number): readonly number[] => {
    const found = operands.map(Number);
    if (found.length !== count || found.some(Number.isNaN)) throw new RangeError(operands.join(' '));
    return found;
  };
  const letters = (hex: string) => {
    const { font, matrix, textAt } = state;
    if (font === null) throw new RangeError('Text without a font');
    const { weight, sizePt } = font;
    const subset = subsets[weight];
    let [x] = textAt;
    for (let at = 1; at < hex.length - 1; at += GLYPH_DIGITS) {
      const glyph = parseInt(hex.slice(at, at + GLYPH_DIGITS), 16);
      const scale = sizePt / fonts.unitsPerEm;
      const outline = fonts.contours(weight, subset.texts[glyph] ?? '');
      fill(outline, after([scale, 0, 0, scale, x, textAt[1]], matrix));
      x += ((subset.widths[glyph] ?? 0) * sizePt) / 1000;
    }
  };
  const act: Readonly<Record<string, () => void>> = {
    q: () => stack.push({ ...state }),
    Q: () => {
      const before = stack.pop();
      if (before === undefined) throw new RangeError('Q without q');
      state = before;
    },
    cm: () => {
      const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = numbers(6);
      state.matrix = after([a, b, c, d, e, f], state.matrix);
    },
    re: () => {
      const [x = 0, y = 0, width = 0, height = 0] = numbers(4);
      path.push([x, y, x + width, y, x + width, y + height, x, y + height]);
    },
    m: () => path.push([...numbers(2)]),
    l: () => path.at(-1)?.push(...numbers(2)),
    // What is filled is closed in any case.
    h: () => {},
    f: () => {
      fill(path, state.matrix);
      path = [];
    },
    g: () => {
      if (numbers(1)[0] !== 0) throw new RangeError('A grey that is not black');
    },
    BT: () => (state.textAt = [0, 0]),
    ET: () => {},
    Tf: () => {
      const [name = '', size] = operands;
      const weight = WEIGHTS.get(name);
      state.font = weight === undefined ? null : { weight, sizePt: Number(size) };
    },
    Td: () => {
      const [x = 0, y = 0] = numbers(2);
      state.textAt = [state.textAt[0] + x, state.textAt[1] + y];
    },
    Tj: () => letters(operands[0] ?? ''),
  };
  for (const word of operators.split(/\s+/)) {
    if (word === '') continue;
    const operator = act[word];
    if (operator !== undefined) {
      operator();
      operands = [];
    } else if (/^[-+.\d/<]/.test(word)) operands.push(word);
    else throw new RangeError(`${word} is no operator of ours`);
  }
}

/** A run's labels as its PDF is printed at `dotsPerInch`. @throws RangeError for operators that do not read */
export function pdfPictures(file: LabelFile, dotsPerInch: number): (place: number) => Bitmap {
  const { drawing } = file.printout.run;
  const { operatorsOf, subsets } = labelOperators(file);
  const scale = dotsPerInch / MM_PER_INCH / POINTS_PER_MM;
  return (place) => {
    const picture = blankLabel(drawing, dotsPerInch);
    const page: Matrix = [scale, 0, 0, -scale, 0, picture.height];
    follow(operatorsOf(place), { subsets, fonts: file.fonts }, (outline, matrix) => {
      const [scaleX, turnX, turnY, scaleY, x, y] = after(matrix, page);
      if (turnX !== 0 || turnY !== 0) throw new RangeError('A label does not lie straight');
      fillContours(picture, outline, { x, y, scaleX, scaleY });
    });
    return picture;
  };
}
