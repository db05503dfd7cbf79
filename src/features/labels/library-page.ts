import { TRACE_LAYOUTS, type LabelLayout, type LayoutField } from '../../domain/label/layout.ts';
import { perPage, type LabelTemplate } from '../../domain/label/template.ts';
import { fieldMaker, formModel, type FormState } from '../../platform/form-state.ts';
import { formatNumber } from '../../platform/format.ts';
import { speak, type Language } from '../../platform/i18n.ts';
import type { PageFrame } from '../../platform/page-frame.ts';
import type { FieldGroupModel, OptionModel } from '../../platform/form-view-model.ts';
import type { NoticeModel } from '../../platform/view-parts.ts';
import type { WorkFrame } from '../../platform/workplace-view-model.ts';
import { builtInLayout } from './choices.ts';
import { BUILT_IN_LAYOUTS, isBuiltIn } from './contract.ts';
import { templateOf } from './library.ts';
import { orderOf, symbolFields } from './library-form.ts';
import type { LibraryItem } from './library-store.ts';
import { layoutStrings, libraryStrings } from './library-strings.ts';
import type {
  KeptDeedModel,
  KeptFormPageModel,
  KeptModel,
  LayoutPageModel,
  LayoutRowModel,
  LibraryPageModel,
  LibraryProofModel,
} from './library-view-model.ts';
import { FIELD_NAMES } from './strings.ts';
import { dataUri, paperSvg } from './svg.ts';

export const LIBRARY_PATH = '/manage/labels/templates';
export const LIBRARY_DEEDS = ['saved', 'removed', 'restored', 'usual'] as const;
export type LibraryDeed = (typeof LIBRARY_DEEDS)[number];

export type Around = { readonly frame: PageFrame; readonly work: WorkFrame };

const HUNDRED = 100;
const show = (value: number, language: Language): string => formatNumber(value, language);

/** One line about a paper: its size and how many. */
function paperLine(template: LabelTemplate, language: Language): string {
  const t = speak(libraryStrings, language);
  const [width, height] = [show(template.widthMm, language), show(template.heightMm, language)];
  if (template.kind === 'roll') {
    const line = t.rollLine({ width, height, dpi: String(template.dotsPerInch) });
    return template.gapMm === 0 ? `${line}, ${t.continuous}` : line;
  }
  const paper = `${show(template.pageWidthMm, language)} × ${show(template.pageHeightMm, language)}`;
  return t.sheetLine({ width, height, count: show(perPage(template), language), paper });
}

function fieldList({ rows }: LabelLayout, language: Language): string {
  return rows.map(({ field }) => shortName(field, language)).join(' · ');
}

/** `Số lô`, `lot number`: English has its article in sentences only. */
function shortName(field: LayoutField, language: Language): string {
  const name = FIELD_NAMES[field][language].replace(/^The /, '');
  return name.charAt(0).toUpperCase() + name.slice(1);
}

type Keeping = { readonly cooperativeId: string; readonly language: Language };

const deed = (
  item: { id: string; name: string },
  label: string,
  what: 'remove' | 'restore',
): KeptDeedModel => ({
  action: `${LIBRARY_PATH}/${item.id}`,
  label,
  spoken: `${label}: ${item.name}`,
  fields: [{ name: 'deed', value: what }],
});

function layoutPicture(layout: LabelLayout, name: string, { cooperativeId, language }: Keeping) {
  const query = new URLSearchParams({
    layout: JSON.stringify(layout),
    template: 'avery-l7165',
    language,
  }).toString();
  return {
    src: `/api/v1/cooperatives/${cooperativeId}/label-layouts/preview.svg?${query}`,
    alt: speak(libraryStrings, language).pictureOf({ name }),
  };
}

function keptLayout(
  {
    id,
    name,
    layout,
  }: { readonly id: string; readonly name: string; readonly layout: LabelLayout | undefined },
  usual: string,
  keeping: Keeping,
): KeptModel {
  const { language } = keeping;
  const t = speak(libraryStrings, language);
  const isOwn = !isBuiltIn(id);
  const from = `/manage/labels/layouts/new?from=${id}`;
  const makeUsual: KeptDeedModel = {
    action: '/manage/labels/layouts/default',
    label: t.makeUsual,
    spoken: `${t.makeUsual}: ${name}`,
    fields: [{ name: 'layout', value: id }],
  };
  return {
    name,
    picture: layoutPicture(layout ?? TRACE_LAYOUTS.full, name, keeping),
    chip: id === usual ? t.usual : null,
    line: layout === undefined ? t.traceLine : fieldList(layout, language),
    links: [{ label: isOwn ? t.change : t.copy, href: from }],
    deeds: [...(id === usual ? [] : [makeUsual]), ...(isOwn ? [deed({ id, name }, t.hide, 'remove')] : [])],
  };
}

function keptStock(item: LibraryItem<'stock'>, { cooperativeId, language }: Keeping): KeptModel {
  const t = speak(libraryStrings, language);
  const template = templateOf(item);
  const calibration = `/api/v1/cooperatives/${cooperativeId}/label-templates/${item.id}/calibration.pdf`;
  return {
    name: item.name,
    picture: { src: dataUri(paperSvg(template)), alt: t.pictureOf({ name: item.name }) },
    chip: null,
    line: paperLine(template, language),
    links: [
      { label: t.change, href: `/manage/labels/stock/new?from=${item.id}` },
      { label: t.calibrationPage, href: calibration },
    ],
    deeds: [deed(item, t.hide, 'remove')],
  };
}

function keptPrinter(item: LibraryItem<'printer'>, { language }: Keeping): KeptModel {
  const t = speak(libraryStrings, language);
  const { xMm, yMm, scale } = item.value;
  return {
    name: item.name,
    picture: null,
    chip: null,
    line: t.printerLine({
      x: show(xMm, language),
      y: show(yMm, language),
      scale: show(Number((scale * HUNDRED).toFixed(2)), language),
    }),
    links: [{ label: t.change, href: `/manage/labels/printers/new?from=${item.id}` }],
    deeds: [deed(item, t.hide, 'remove')],
  };
}

export type LibraryMaking = {
  readonly cooperativeId: string;
  readonly layouts: readonly LibraryItem<'layout'>[];
  readonly stock: readonly LibraryItem<'stock'>[];
  readonly printers: readonly LibraryItem<'printer'>[];
  readonly hidden: readonly LibraryItem[];
  readonly standard: readonly LabelTemplate[];
  readonly usual: string;
  readonly done: LibraryDeed | null;
  /** What was just hidden. */
  readonly undo: LibraryItem | null;
};

function doneNotice(done: LibraryDeed | null, language: Language): NoticeModel | null {
  const t = speak(libraryStrings, language);
  if (done === null) return null;
  const titles = { saved: t.saved, removed: t.removed, restored: t.restored, usual: t.usualSet };
  return {
    tone: 'good',
    title: titles[done],
    sentence: done === 'removed' ? t.removedMore : null,
    action: null,
  };
}

/** What a cooperative keeps for its labels, with pictures. */
export function libraryPage(making: LibraryMaking, { frame, work }: Around): LibraryPageModel {
  const { language } = frame;
  const t = speak(libraryStrings, language);
  const keeping = { cooperativeId: making.cooperativeId, language };
  const builtIn = BUILT_IN_LAYOUTS.map(builtInLayout).map((one) => ({ ...one, name: one.name[language] }));
  const own = making.layouts.map(({ id, name, value }) => ({ id, name, layout: value }));
  const empty = (title: string, sentence: string) => ({ title, sentence, action: null });
  const link = (label: string, href: string) => ({ label, href: `/manage/labels/${href}` });
  return {
    page: frame,
    work,
    t,
    done: doneNotice(making.done, language),
    undo: making.undo === null ? null : { ...deed(making.undo, t.undo, 'restore') },
    groups: [
      {
        id: 'layouts',
        title: t.layouts,
        items: [...own, ...builtIn].map((one) => keptLayout(one, making.usual, keeping)),
        empty: null,
        add: [link(t.addLayout, 'layouts/new')],
      },
      {
        id: 'stock',
        title: t.stock,
        items: making.stock.map((item) => keptStock(item, keeping)),
        empty: making.stock.length > 0 ? null : empty(t.noStock, t.noStockMore),
        add: [link(t.addSheet, 'stock/new?kind=sheet'), link(t.addRoll, 'stock/new?kind=roll')],
      },
      {
        id: 'printers',
        title: t.printers,
        items: making.printers.map((item) => keptPrinter(item, keeping)),
        empty: making.printers.length > 0 ? null : empty(t.noPrinters, t.noPrintersMore),
        add: [link(t.addPrinter, 'printers/new')],
      },
    ],
    hidden: making.hidden.map((item) => ({
      name: item.name,
      picture: null,
      chip: null,
      line: { stock: t.stock, layout: t.layouts, printer: t.printers }[item.kind],
      links: [],
      deeds: [deed(item, t.restore, 'restore')],
    })),
    standardTitle: t.standard({ count: show(making.standard.length, language) }),
    standard: making.standard.map(({ name }) => name[language]),
  };
}

type FormKeys = { readonly action: string; readonly idempotencyKey: string };
export type FormMaking = FormKeys & {
  readonly state: FormState;
  readonly title: string;
  readonly lead: string;
  readonly groups: readonly FieldGroupModel[];
  readonly proof: LibraryProofModel | null;
  readonly pages: KeptFormPageModel['pages'];
};

const kept = (state: FormState, names: readonly string[]) =>
  names.flatMap((name) => {
    const value = state.values[name] ?? '';
    return value === '' ? [] : [{ name, value }];
  });

/** The form of paper or of a printer. */
export function keptFormPage(making: FormMaking, { frame, work }: Around): KeptFormPageModel {
  const { language } = frame;
  const t = speak(libraryStrings, language);
  const { state, groups, action, idempotencyKey } = making;
  return {
    page: frame,
    work,
    t,
    title: making.title,
    lead: making.lead,
    form: formModel(state, language, {
      action,
      csrfToken: frame.csrfToken,
      idempotencyKey,
      groups,
      submit: t.save,
      cancel: { label: t.cancel, href: LIBRARY_PATH },
      hidden: kept(state, ['kind', 'supersedes']),
    }),
    proof: making.proof,
    pages: making.pages,
  };
}

function rowModel(field: LayoutField, { values }: FormState, language: Language): LayoutRowModel {
  const t = speak(layoutStrings, language);
  const label = shortName(field, language);
  const has = (name: string) => (values[name] ?? '').split(',').includes(field);
  const chosen = values[`size.${field}`] ?? 'normal';
  const sizes = (['small', 'normal', 'large'] as const).map((size) => ({
    value: size,
    label: t[size],
    selected: size === chosen,
  }));
  return {
    field,
    label,
    isShown: has('show'),
    isBold: has('bold'),
    sizes,
    sizeLabel: t.size({ field: label }),
    boldLabel: t.boldOf({ field: label }),
    up: t.up({ field: label }),
    down: t.down({ field: label }),
  };
}

export type LayoutMaking = FormKeys & {
  readonly state: FormState;
  readonly templates: readonly Omit<OptionModel, 'selected'>[];
  readonly batches: readonly { readonly value: string; readonly label: string }[];
  readonly proof: LibraryProofModel;
};

/** The layout editor. */
export function layoutPage(making: LayoutMaking, { frame, work }: Around): LayoutPageModel {
  const { language } = frame;
  const [t, words] = [speak(libraryStrings, language), speak(layoutStrings, language)];
  const { state } = making;
  const field = fieldMaker(state);
  const nameField = field('name', { label: t.name, required: true, maxlength: 60 });
  const unchosen = (option: { value: string; label: string; group?: string | undefined }) => ({
    ...option,
    selected: false,
  });
  const proofFields = [
    field('template', {
      kind: 'select',
      label: words.proofTemplate,
      options: making.templates.map(unchosen),
    }),
    field('batch', {
      kind: 'select',
      label: words.proofBatch,
      options: [{ value: '', label: words.sample }, ...making.batches].map(unchosen),
    }),
  ];
  const symbols = symbolFields(state, language);
  const rowsError = [...state.errors].find(([name]) => name === 'rows' || name.startsWith('rows.'))?.[1];
  return {
    page: frame,
    work,
    t,
    words,
    title: (state.values['supersedes'] ?? '') === '' ? words.newTitle : words.changeTitle,
    form: formModel(state, language, {
      action: making.action,
      csrfToken: frame.csrfToken,
      idempotencyKey: making.idempotencyKey,
      groups: [{ legend: '', hint: null, fields: [nameField, ...symbols, ...proofFields] }],
      submit: t.save,
      cancel: { label: t.cancel, href: LIBRARY_PATH },
      hidden: kept(state, ['supersedes']),
    }),
    nameField,
    rows: orderOf(state.values).map((one) => rowModel(one, state, language)),
    rowsError: rowsError ?? null,
    symbolFields: symbols,
    proofFields,
    proof: making.proof,
  };
}
