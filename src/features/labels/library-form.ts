import {
  ALIGNMENTS,
  LAYOUT_FIELDS,
  SYMBOL_CONTENTS,
  SYMBOL_PLACES,
  TRACE_LAYOUTS,
  type LabelLayout,
  type LayoutField,
} from '../../domain/label/layout.ts';
import { fieldMaker, type FormState } from '../../platform/form-state.ts';
import { inputFromForm } from '../../platform/form.ts';
import type { FieldGroupModel, FieldModel } from '../../platform/form-view-model.ts';
import { formatNumber } from '../../platform/format.ts';
import { speak, type Language } from '../../platform/i18n.ts';
import { builtInLayout } from './choices.ts';
import type { BuiltInLayout } from './contract.ts';
import { HEADS_DPI } from './library-input.ts';
import type { LibraryItem } from './library-store.ts';
import { layoutStrings, libraryStrings } from './library-strings.ts';

type Values = Readonly<Record<string, string>>;
type Body = Readonly<Record<string, unknown>>;

const option = (value: string, label: string) => ({ value, label, selected: false });
const show = (value: number, language: Language) => formatNumber(value, language);

const STOCK_NUMBERS = [
  'pageWidthMm',
  'pageHeightMm',
  'columns',
  'rows',
  'widthMm',
  'heightMm',
  'cornerRadiusMm',
  'leftMm',
  'topMm',
  'pitchXMm',
  'pitchYMm',
  'gapMm',
  'dotsPerInch',
];

/** A form of paper as the API takes it. */
export function stockFromForm(body: unknown, language: Language): unknown {
  const { preview: _, ...input } = inputFromForm(body, language, { numbers: STOCK_NUMBERS });
  return input;
}

/** What a form of new paper begins with: A4, or a roll of the commonest printer. */
export function newStockValues(kind: 'sheet' | 'roll'): Values {
  return kind === 'sheet'
    ? { kind, pageWidthMm: '210', pageHeightMm: '297', columns: '3', rows: '7', shape: 'rect' }
    : { kind, columns: '1', gapMm: '2', dotsPerInch: '203', shape: 'rect' };
}

/** What the form shows of paper that a new version is to follow. */
export function stockValues({ id, name, value }: LibraryItem<'stock'>, language: Language): Values {
  const { kind, shape, dotsPerInch, ...sizes } = value;
  const told = Object.entries(sizes).map(([key, mm]) => [key, show(mm, language)] as const);
  return {
    ...Object.fromEntries(told),
    kind,
    shape,
    name,
    supersedes: id,
    dotsPerInch: String(dotsPerInch ?? ''),
  };
}

const group = (legend: string, fields: readonly FieldModel[]): FieldGroupModel => ({
  legend,
  hint: null,
  fields,
});

/** The questions about a sheet or a roll, as somebody with a ruler is asked. */
export function stockGroups(state: FormState, language: Language): readonly FieldGroupModel[] {
  const t = speak(libraryStrings, language);
  const field = fieldMaker(state);
  const isRoll = state.values['kind'] === 'roll';
  const mm = (name: string, label: string, more: Partial<Pick<FieldModel, 'hint' | 'required'>> = {}) =>
    field(name, { label, inputmode: 'decimal', suffix: 'mm', required: true, ...more });
  const count = (name: string, label: string) =>
    field(name, { kind: 'number', label, inputmode: 'numeric', min: '1', required: true });
  const label = [
    mm('widthMm', t.width),
    mm('heightMm', t.height, { hint: isRoll ? t.rollHeightHint : null }),
    field('shape', {
      kind: 'select',
      label: t.shape,
      options: [option('rect', t.rect), option('round', t.round)],
    }),
    mm('cornerRadiusMm', t.corner, { required: false }),
  ];
  const pitchX = mm('pitchXMm', t.pitchX, { hint: t.pitchXHint, required: false });
  const named = field('name', { label: t.name, hint: t.sheetNameHint, required: true, maxlength: 60 });
  if (isRoll) {
    const head = field('dotsPerInch', {
      kind: 'select',
      label: t.dpi,
      hint: t.dpiHint,
      options: HEADS_DPI.map((dpi) => option(String(dpi), `${dpi} dpi`)),
    });
    const roll = [
      mm('gapMm', t.gap, { hint: t.gapHint }),
      head,
      count('columns', t.columns),
      mm('leftMm', t.rollLeft, { required: false }),
      pitchX,
    ];
    return [group('', [named]), group(t.groupLabel, label), group(t.groupRoll, roll)];
  }
  const places = [
    count('columns', t.columns),
    count('rows', t.rows),
    mm('leftMm', t.left, { hint: t.leftHint }),
    mm('topMm', t.top),
    pitchX,
    mm('pitchYMm', t.pitchY, { hint: t.pitchYHint, required: false }),
  ];
  const paper = [mm('pageWidthMm', t.pageWidth), mm('pageHeightMm', t.pageHeight)];
  return [
    group('', [named]),
    group(t.groupPaper, paper),
    group(t.groupLabel, label),
    group(t.groupPlaces, places),
  ];
}

const RULER_MM = 100;

/** A form of a printer as the API takes it: what a ruler says of the line of 100 mm becomes the scale. */
export function printerFromForm(body: unknown, language: Language): unknown {
  const { rulerMm, ...input } = inputFromForm(body, language, { numbers: ['xMm', 'yMm', 'rulerMm'] });
  if (rulerMm === undefined) return input;
  const scale = typeof rulerMm === 'number' ? Number((RULER_MM / rulerMm).toFixed(5)) : rulerMm;
  return { ...input, scale };
}

/** What the form shows of a printer; its scale as a ruler would find it. */
export function printerValues({ id, name, value }: LibraryItem<'printer'>, language: Language): Values {
  return {
    name,
    supersedes: id,
    xMm: show(value.xMm, language),
    yMm: show(value.yMm, language),
    rulerMm: show(Number((RULER_MM / value.scale).toFixed(2)), language),
  };
}

/** The questions about a printer's offsets and scale. */
export function printerGroups(state: FormState, language: Language): readonly FieldGroupModel[] {
  const t = speak(libraryStrings, language);
  // The scale is asked by what a ruler shows: its mistake stands beside that question.
  const scale = state.errors.get('scale');
  const errors = scale === undefined ? state.errors : new Map([...state.errors, ['rulerMm', scale]]);
  const field = fieldMaker({ ...state, errors });
  const mm = (name: string, label: string, hint: string) =>
    field(name, { label, hint, inputmode: 'text', suffix: 'mm' });
  const fields = [
    field('name', { label: t.printerName, hint: t.printerNameHint, required: true, maxlength: 60 }),
    mm('xMm', t.offsetX, t.offsetXHint),
    mm('yMm', t.offsetY, t.offsetYHint),
    mm('rulerMm', t.rulerMm, t.rulerHint),
  ];
  return [group('', fields)];
}

const listOf = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === 'string');

/** The form of a layout as the API takes it. Rows come in the order in which they stand. */
export function layoutFromForm(body: unknown, language: Language): Record<string, unknown> {
  const typed = (body ?? {}) as Body;
  const [shown, bold] = [listOf(typed['show']), listOf(typed['bold'])];
  const rows = listOf(typed['order'])
    .filter((field) => shown.includes(field))
    .map((field) => ({
      field,
      ...(typed[`size.${field}`] === undefined ? {} : { size: typed[`size.${field}`] }),
      bold: bold.includes(field),
    }));
  const told = ['name', 'supersedes', 'symbolPlace', 'symbolMm', 'symbolContent', 'alignment'];
  const rest = Object.fromEntries(told.map((name) => [name, typed[name]] as const));
  return {
    ...inputFromForm(rest, language, { numbers: ['symbolMm'] }),
    rows,
    barcode: typed['barcode'] === 'true',
    goodsLabel: typed['goodsLabel'] === 'true',
  };
}

const isField = (name: string): name is LayoutField => (LAYOUT_FIELDS as readonly string[]).includes(name);

/** All fields in the form's order, then those that it does not name. */
export function orderOf(values: Values): readonly LayoutField[] {
  const named = [...new Set((values['order'] ?? '').split(','))].filter(isField);
  return [...named, ...LAYOUT_FIELDS.filter((field) => !named.includes(field))];
}

/** The order after a press on “up” or “down” of a field, `lot:up`. */
export function movedOrder(values: Values, move: string): Values {
  const order = [...orderOf(values)];
  const [field = '', way] = move.split(':');
  const from = order.findIndex((one) => one === field);
  const to = way === 'up' ? from - 1 : from + 1;
  const [one, other] = [order[from], order[to]];
  if (one === undefined || other === undefined) return values;
  order[from] = other;
  order[to] = one;
  return { ...values, order: order.join(',') };
}

/** What the form of a layout shows. */
export function layoutValues(layout: LabelLayout, language: Language): Values {
  const { rows, symbolMm } = layout;
  const sizes = rows.map(({ field, size }) => [`size.${field}`, size] as const);
  return {
    order: rows.map(({ field }) => field).join(','),
    show: rows.map(({ field }) => field).join(','),
    bold: rows.flatMap(({ field, bold }) => (bold ? [field] : [])).join(','),
    ...Object.fromEntries(sizes),
    symbolPlace: layout.symbolPlace,
    symbolMm: symbolMm === null ? '' : show(symbolMm, language),
    symbolContent: layout.symbolContent,
    alignment: layout.alignment,
    barcode: String(layout.barcode),
    goodsLabel: String(layout.goodsLabel),
  };
}

/** A layout to begin with: one of those that everybody has. */
export const builtInValues = (id: BuiltInLayout | undefined, language: Language): Values =>
  layoutValues(builtInLayout(id ?? 'trace').layout ?? TRACE_LAYOUTS.full, language);

/** The questions about symbol, barcode and kind. */
export function symbolFields(state: FormState, language: Language): readonly FieldModel[] {
  const t = speak(layoutStrings, language);
  const field = fieldMaker(state);
  const places = { auto: t.auto, side: t.side, top: t.top };
  const contents = { short: t.short, gs1: t.gs1 };
  const alignments = { auto: t.alignAuto, left: t.alignLeft, centre: t.alignCentre };
  const select = (name: string, more: Partial<FieldModel> & Pick<FieldModel, 'label' | 'options'>) =>
    field(name, { kind: 'select', ...more });
  const noOrYes = (no: string, yes: string) => [option('false', no), option('true', yes)];
  return [
    select('symbolPlace', {
      label: t.place,
      options: SYMBOL_PLACES.map((one) => option(one, places[one])),
    }),
    field('symbolMm', { label: t.symbolMm, hint: t.symbolMmHint, inputmode: 'decimal', suffix: 'mm' }),
    select('symbolContent', {
      label: t.content,
      hint: t.gs1Hint,
      options: SYMBOL_CONTENTS.map((one) => option(one, contents[one])),
    }),
    select('barcode', { label: t.barcode, options: noOrYes(t.barcodeNo, t.barcodeYes) }),
    select('alignment', {
      label: t.alignment,
      options: ALIGNMENTS.map((one) => option(one, alignments[one])),
    }),
    select('goodsLabel', { label: t.goods, hint: t.goodsHint, options: noOrYes(t.goodsNo, t.goodsYes) }),
  ];
}
