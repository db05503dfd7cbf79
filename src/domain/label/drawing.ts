/** What a label says, by the part of the record that says it. */
export type LabelField =
  | 'symbol'
  | 'code'
  | 'lot'
  | 'name'
  | 'ocop'
  | 'cooperative'
  | 'place'
  | 'address'
  | 'producedOn'
  | 'expiresOn'
  | 'netContent'
  | 'packNumber'
  | 'packedFrom'
  | 'brand'
  | 'origin'
  | 'barcode'
  | 'ingredients'
  | 'usage'
  | 'storage'
  | 'warnings';

export type Weight = 'regular' | 'semibold';

/**
 * A text that each label of a run has of its own: its code, its pack number. The mark's `text` holds the place with the
 * widest that any label has, so every label fits; what a label prints there is characters `from` to before `to` of its
 * own text for the field, set with its own width. `own-text.ts` does it.
 */
export type OwnText = {
  readonly from: number;
  readonly to: number;
  readonly align: 'left' | 'centre';
  /** What it is aligned in. */
  readonly boxXMm: number;
  readonly boxWidthMm: number;
};

/** Something drawn; millimetres from the label's top-left corner. */
export type Mark =
  | {
      readonly kind: 'text';
      readonly field: LabelField;
      readonly text: string;
      readonly weight: Weight;
      /** The height of the em. */
      readonly sizeMm: number;
      /** Where the first letter stands on its line. */
      readonly xMm: number;
      readonly baselineMm: number;
      /** Absent of a text that all labels of the run share. */
      readonly own?: OwnText | undefined;
    }
  | {
      readonly kind: 'symbol';
      /** Of the first module; the quiet zone is around it. */
      readonly xMm: number;
      readonly yMm: number;
      readonly moduleMm: number;
      /** Modules on a side, the same on every label of a run: each is encoded in the run's version and level. */
      readonly size: number;
    }
  | {
      /** A filled rectangle: a bar of a linear symbol. */
      readonly kind: 'bar';
      readonly xMm: number;
      readonly yMm: number;
      readonly widthMm: number;
      readonly heightMm: number;
    }
  | {
      readonly kind: 'star';
      readonly centreXMm: number;
      readonly centreYMm: number;
      readonly radiusMm: number;
    };

/** One label, ready to be drawn by anything that can fill a path and set a line of text. */
export type LabelDrawing = {
  readonly widthMm: number;
  readonly heightMm: number;
  readonly moduleMm: number;
  /** The em of the label's ordinary text. */
  readonly textMm: number;
  readonly marks: readonly Mark[];
};

const POINTS = 5;
// The inner corners of a regular five-pointed star: cos 72° / cos 36°.
const INNER = Math.cos((2 * Math.PI) / POINTS) / Math.cos(Math.PI / POINTS);

/** The ten corners of a star with one point upwards, around the origin; y grows downwards. */
export function starCorners(radius: number): readonly (readonly [number, number])[] {
  return Array.from({ length: 2 * POINTS }, (_, at) => {
    const reach = at % 2 === 0 ? radius : radius * INNER;
    const angle = (at * Math.PI) / POINTS;
    return [reach * Math.sin(angle), -reach * Math.cos(angle)] as const;
  });
}
