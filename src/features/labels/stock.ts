import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../platform/package-root.ts';
import type { Bilingual } from '../../platform/i18n.ts';
import type { LabelTemplate } from '../../domain/label/template.ts';

type SheetRow = {
  readonly id: string;
  readonly vendor: string;
  readonly name: Bilingual;
  readonly paper: string;
  readonly paperWidthMm: number;
  readonly paperHeightMm: number;
  readonly columns: number;
  readonly rows: number;
  readonly widthMm: number;
  readonly heightMm: number;
  readonly shape: 'rect' | 'round';
  readonly cornerRadiusMm: number;
  readonly leftMm: number;
  readonly topMm: number;
  readonly pitchXMm: number;
  readonly pitchYMm: number;
  readonly checkWithRuler: boolean;
};
type RollRow = {
  readonly id: string;
  readonly name: Bilingual;
  readonly across: number;
  readonly widthMm: number;
  readonly heightMm: number | null;
  readonly gapMm: number;
  readonly acrossGapMm: number;
  readonly sideMarginMm: number;
  readonly dotsPerInch: number;
  readonly checkWithRuler: boolean;
};

function sheet(row: SheetRow): LabelTemplate {
  const { vendor: _, paperWidthMm, paperHeightMm, ...rest } = row;
  return {
    id: rest.id,
    kind: 'sheet',
    name: rest.name,
    paper: rest.paper,
    pageWidthMm: paperWidthMm,
    pageHeightMm: paperHeightMm,
    columns: rest.columns,
    rows: rest.rows,
    widthMm: rest.widthMm,
    heightMm: rest.heightMm,
    shape: rest.shape,
    cornerRadiusMm: rest.cornerRadiusMm,
    leftMm: rest.leftMm,
    topMm: rest.topMm,
    pitchXMm: rest.pitchXMm,
    pitchYMm: rest.pitchYMm,
    gapMm: 0,
    dotsPerInch: null,
    checkWithRuler: rest.checkWithRuler,
  };
}

function roll(row: RollRow, heightMm: number): LabelTemplate {
  const acrossMm = row.across * row.widthMm + (row.across - 1) * row.acrossGapMm;
  return {
    id: row.id,
    kind: 'roll',
    name: row.name,
    paper: null,
    pageWidthMm: acrossMm + 2 * row.sideMarginMm,
    pageHeightMm: heightMm,
    columns: row.across,
    rows: 1,
    widthMm: row.widthMm,
    heightMm,
    shape: 'rect',
    cornerRadiusMm: 0,
    leftMm: row.sideMarginMm,
    topMm: 0,
    pitchXMm: row.widthMm + row.acrossGapMm,
    pitchYMm: heightMm,
    gapMm: row.gapMm,
    dotsPerInch: row.dotsPerInch,
    checkWithRuler: row.checkWithRuler,
  };
}

/** Sheets and rolls on sale. A continuous roll has no label's height, and is left out until one can be told. */
export type LabelStock = {
  readonly templates: readonly LabelTemplate[];
  template(id: string): LabelTemplate | null;
};

/** The sheets and rolls of `reference/label-stock.json`, by their code. */
export function labelStock(): LabelStock {
  const file = join(packageRoot, 'reference', 'label-stock.json');
  const rows = JSON.parse(readFileSync(file, 'utf8')) as {
    readonly sheets: readonly SheetRow[];
    readonly rolls: readonly RollRow[];
  };
  const templates = [
    ...rows.sheets.map(sheet),
    ...rows.rolls.flatMap((row) => (row.heightMm === null ? [] : [roll(row, row.heightMm)])),
  ];
  const byId = new Map(templates.map((template) => [template.id, template]));
  return { templates, template: (id) => byId.get(id) ?? null };
}
