/** Labels cut out of a page, as the paper's maker has them. Millimetres, from the page's top-left corner. */
export type LabelTemplate = {
  readonly id: string;
  readonly kind: 'sheet' | 'roll';
  readonly name: { readonly vi: string; readonly en: string };
  /** The paper's name, as the printer calls it; null of a roll. */
  readonly paper: string | null;
  /** Of a roll: one row of labels across, without the gap that the printer feeds. */
  readonly pageWidthMm: number;
  readonly pageHeightMm: number;
  readonly columns: number;
  readonly rows: number;
  readonly widthMm: number;
  readonly heightMm: number;
  readonly shape: 'rect' | 'round';
  readonly cornerRadiusMm: number;
  readonly leftMm: number;
  readonly topMm: number;
  /** From one label's left edge to the next one's; the same downwards. */
  readonly pitchXMm: number;
  readonly pitchYMm: number;
  /** What the printer feeds between two rows of a roll; 0 of a sheet. */
  readonly gapMm: number;
  /** Of a thermal printer's head; null of a sheet, which any desktop printer prints. */
  readonly dotsPerInch: number | null;
  /** Margins or gaps are nominal: a test on plain paper comes first. */
  readonly checkWithRuler: boolean;
};

export type Point = { readonly xMm: number; readonly yMm: number };
export type Sides = {
  readonly leftMm: number;
  readonly rightMm: number;
  readonly topMm: number;
  readonly bottomMm: number;
};

export const MM_PER_INCH = 25.4;
/** Paper that is cut a little off, or moves a little in the printer, must not cost a letter. */
const EDGE_MM = 1;
/** What desktop printers leave white around a sheet: 4.2 mm is usual, and paper feeds are not exact. */
const UNPRINTABLE_MM = 4.5;

/** What desktop printers' 300, 600 and 1,200 dots per inch have in common. */
const DESKTOP_DPI = 300;

/** The side of one dot: of the thermal printer's head, or the coarsest that desktop printers have in common. */
export function dotMm(template: Pick<LabelTemplate, 'dotsPerInch'>): number {
  return MM_PER_INCH / (template.dotsPerInch ?? DESKTOP_DPI);
}

export const perPage = (template: Pick<LabelTemplate, 'columns' | 'rows'>): number =>
  template.columns * template.rows;

/**
 * The top-left corner of the page's label number `slot`, from 0, row by row. It is a whole number of
 * dots, so that symbols which are whole in the label are whole on paper; on a sheet that moves it by less than the
 * paper feed's own play (0.04 mm).
 */
export function slotAt(template: LabelTemplate, slot: number): Point {
  const column = slot % template.columns;
  const row = Math.floor(slot / template.columns);
  const dot = dotMm(template);
  const snap = (mm: number) => Math.round(mm / dot) * dot;
  return {
    xMm: snap(template.leftMm + column * template.pitchXMm),
    yMm: snap(template.topMm + row * template.pitchYMm),
  };
}

/** How many labels go where. A roll has no part-used page: `free` of it counts the last row's empty places. */
export type PrintPlan = {
  readonly perPage: number;
  readonly pages: number;
  readonly count: number;
  /** 1-based place of the first label on the first page. */
  readonly startAt: number;
  /** Places left on the last page. */
  readonly free: number;
};

/** The arithmetic of a print run: `count` labels from place `startAt` of the first page, 1-based. */
export function printPlan(
  template: Pick<LabelTemplate, 'columns' | 'rows'>,
  { count, startAt }: { readonly count: number; readonly startAt: number },
): PrintPlan {
  const places = perPage(template);
  const used = startAt - 1 + count;
  const pages = Math.ceil(used / places);
  return { perPage: places, pages, count, startAt, free: pages * places - used };
}

/** What of a page is printed: its places from `first` to before `end`, from 0, row by row. */
export type PagePlaces = {
  readonly first: number;
  readonly end: number;
  /** Which label of the plan, from 1, is at `first`. */
  readonly firstLabel: number;
  /** Labels on this page and all before it. */
  readonly labels: number;
};

/** @param page from 0 */
export function pagePlaces({ perPage: places, pages, startAt, free }: PrintPlan, page: number): PagePlaces {
  const first = page === 0 ? startAt - 1 : 0;
  const end = page === pages - 1 ? places - free : places;
  const before = page * places - (startAt - 1);
  return { first, end, firstLabel: before + first + 1, labels: before + end };
}

/**
 * How far ink stays from each edge of a label. One design serves every place of the sheet, so a label at the
 * paper's edge decides for all of them.
 */
export function insetsOf(template: LabelTemplate): Sides {
  if (template.kind === 'roll') {
    return { leftMm: EDGE_MM, rightMm: EDGE_MM, topMm: EDGE_MM, bottomMm: EDGE_MM };
  }
  const right =
    template.pageWidthMm - (template.leftMm + (template.columns - 1) * template.pitchXMm + template.widthMm);
  const bottom =
    template.pageHeightMm - (template.topMm + (template.rows - 1) * template.pitchYMm + template.heightMm);
  const inset = (toPaperEdgeMm: number) => Math.max(EDGE_MM, UNPRINTABLE_MM - toPaperEdgeMm);
  return {
    leftMm: inset(template.leftMm),
    rightMm: inset(right),
    topMm: inset(template.topMm),
    bottomMm: inset(bottom),
  };
}
