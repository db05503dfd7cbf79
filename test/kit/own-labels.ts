/** Twelve labels of 60 by 40 mm on A4, as somebody with a ruler enters them. */
export const ownSheet = (name: string) => ({
  name,
  kind: 'sheet',
  pageWidthMm: 210,
  pageHeightMm: 297,
  columns: 3,
  rows: 4,
  widthMm: 60,
  heightMm: 40,
  leftMm: 10,
  topMm: 20,
  pitchXMm: 65,
  pitchYMm: 66,
});

/** One label of 50 by 30 mm after the other on a continuous roll. */
export const ownRoll = (name: string) => ({
  name,
  kind: 'roll',
  widthMm: 50,
  heightMm: 30,
  gapMm: 0,
  dotsPerInch: 203,
});

/** The name, large, over lot and dates. */
export const ownLayout = (name: string) => ({
  name,
  rows: [
    { field: 'name', size: 'large', bold: true },
    { field: 'lot', size: 'normal', bold: true },
    { field: 'expiresOn', size: 'small', bold: false },
  ],
});

export const ownPrinter = (name: string) => ({ name, xMm: 1.5, yMm: -0.5, scale: 0.998 });

/** The same sheet as the fields of the page's form. */
export const ownSheetForm = (name: string): Record<string, string> =>
  Object.fromEntries(Object.entries(ownSheet(name)).map(([field, value]) => [field, String(value)]));
