import { CODE_ALPHABET } from '../batch-code/batch-code.ts';
import type { LabelField, LabelDrawing, Mark } from './drawing.ts';
import type { Typefaces } from './text.ts';

/** What one label says in the fields that are its own; `code` in groups of four. */
export type OwnTexts = Readonly<Partial<Record<LabelField, string>>>;

type TextMark = Extract<Mark, { kind: 'text' }>;

/** Every character that a label may have at this mark: what a font's subset must hold. */
export const lettersOf = (mark: TextMark): string =>
  mark.own === undefined ? mark.text : `${mark.text}${CODE_ALPHABET} .,`;

/** What a label with these texts has at this mark. */
export function textAt(mark: TextMark, texts: OwnTexts): string {
  const own = mark.own === undefined ? undefined : texts[mark.field];
  return own === undefined ? mark.text : own.slice(mark.own?.from, mark.own?.to);
}

/** Where the first letter of a text of this width stands. */
export function startMm({ xMm, own }: TextMark, widthMm: number): number {
  if (own === undefined) return xMm;
  return own.align === 'left' ? own.boxXMm : own.boxXMm + (own.boxWidthMm - widthMm) / 2;
}

/** The drawing of one label of a run: its own texts, each set with its own width, in the places kept for them. */
export function withOwnTexts(drawing: LabelDrawing, texts: OwnTexts, typefaces: Typefaces): LabelDrawing {
  const marks = drawing.marks.map((mark): Mark => {
    if (mark.kind !== 'text' || mark.own === undefined) return mark;
    const text = textAt(mark, texts);
    const { own: _, ...rest } = mark;
    return { ...rest, text, xMm: startMm(mark, typefaces[mark.weight].widthOf(text) * mark.sizeMm) };
  });
  return { ...drawing, marks };
}
