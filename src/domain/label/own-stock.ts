import type { LabelTemplate } from './template.ts';

/** Paper that a cooperative has measured itself. */
export type OwnStock = Pick<
  LabelTemplate,
  | 'kind'
  | 'pageWidthMm'
  | 'pageHeightMm'
  | 'columns'
  | 'rows'
  | 'widthMm'
  | 'heightMm'
  | 'shape'
  | 'cornerRadiusMm'
  | 'leftMm'
  | 'topMm'
  | 'pitchXMm'
  | 'pitchYMm'
  | 'gapMm'
  | 'dotsPerInch'
>;

/** One measure that cannot be, and by how many millimetres. */
export type StockFault = {
  readonly field: 'columns' | 'rows' | 'widthMm' | 'heightMm' | 'pitchXMm' | 'pitchYMm' | 'cornerRadiusMm';
  readonly kind: 'off-paper' | 'overlap' | 'not-round' | 'corner';
  readonly byMm: number;
};

/** What a ruler does not show: half a tenth on each side. */
const TOLERANCE_MM = 0.1;

type Direction = {
  readonly paperMm: number;
  readonly firstMm: number;
  readonly sizeMm: number;
  readonly pitchMm: number;
  readonly count: number;
  readonly fields: readonly [StockFault['field'], StockFault['field'], StockFault['field']];
};

/** Labels one after the other: on the paper, and none on the next one. */
function faultsAlong({ paperMm, firstMm, sizeMm, pitchMm, count, fields }: Direction): readonly StockFault[] {
  const [size, pitch, many] = fields;
  const over = (endMm: number) => endMm - paperMm;
  if (over(firstMm + sizeMm) > TOLERANCE_MM) {
    return [{ field: size, kind: 'off-paper', byMm: over(firstMm + sizeMm) }];
  }
  if (count === 1) return [];
  if (sizeMm - pitchMm > TOLERANCE_MM) return [{ field: pitch, kind: 'overlap', byMm: sizeMm - pitchMm }];
  const byMm = over(firstMm + (count - 1) * pitchMm + sizeMm);
  return byMm > TOLERANCE_MM ? [{ field: many, kind: 'off-paper', byMm }] : [];
}

/** Every measure of a paper that cannot be; none of paper that can. */
export function stockFaults(stock: OwnStock): readonly StockFault[] {
  const { widthMm, heightMm, shape, cornerRadiusMm } = stock;
  const isOval = shape === 'round' && Math.abs(widthMm - heightMm) > TOLERANCE_MM;
  const cornerMm = cornerRadiusMm - Math.min(widthMm, heightMm) / 2;
  return [
    ...faultsAlong({
      paperMm: stock.pageWidthMm,
      firstMm: stock.leftMm,
      sizeMm: widthMm,
      pitchMm: stock.pitchXMm,
      count: stock.columns,
      fields: ['widthMm', 'pitchXMm', 'columns'],
    }),
    ...faultsAlong({
      paperMm: stock.pageHeightMm,
      firstMm: stock.topMm,
      sizeMm: heightMm,
      pitchMm: stock.pitchYMm,
      count: stock.rows,
      fields: ['heightMm', 'pitchYMm', 'rows'],
    }),
    ...(isOval
      ? [{ field: 'heightMm' as const, kind: 'not-round' as const, byMm: Math.abs(widthMm - heightMm) }]
      : []),
    ...(shape === 'rect' && cornerMm > TOLERANCE_MM
      ? [{ field: 'cornerRadiusMm' as const, kind: 'corner' as const, byMm: cornerMm }]
      : []),
  ];
}

type Naming = { readonly id: string; readonly name: string };

/** Own paper as any other: its margins are nominal until a page has been printed on it. */
export function ownTemplate(stock: OwnStock, { id, name }: Naming): LabelTemplate {
  return { ...stock, id, name: { vi: name, en: name }, paper: null, checkWithRuler: true };
}
