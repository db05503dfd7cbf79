import { fieldId, fieldMaker, formModel, type FormState } from '../../platform/form-state.ts';
import { formatInstant, formatNumber } from '../../platform/format.ts';
import { inLanguage, speak, type Language } from '../../platform/i18n.ts';
import type { PageFrame } from '../../platform/page-frame.ts';
import type { DeedModel } from '../../platform/plain-page-view-model.ts';
import type { NoticeModel, PhotoModel } from '../../platform/view-parts.ts';
import type { WorkFrame } from '../../platform/workplace-view-model.ts';
import type { Picture } from '../pictures/contract.ts';
import type { Completeness, Product } from './contract.ts';
import { PHOTOS_MAX } from './input.ts';
import { PRODUCT_FIELDS, type ProductField } from './rules.ts';
import type { ProductVersion } from './service.ts';
import { productFieldGroups, type ProductChoices } from './work-form.ts';
import {
  changeModels,
  completenessChip,
  completenessModel,
  fieldLabel,
  fieldText,
  measureFacts,
  rankModel,
  tierWord,
  whoWrote,
  type ProductNames,
  type WorkWords,
} from './work-parts.ts';
import { workProductStrings } from './work-strings.ts';
import type {
  NewProductPageModel,
  OwnPhotoModel,
  OwnProductModel,
  OwnProductPageModel,
  OwnProductsPageModel,
} from './work-view-model.ts';

export type ProductPageDeps = {
  readonly choices: ProductChoices;
  readonly names: ProductNames;
  illustration(category: string): string;
  photo(picture: Picture, alt: string): PhotoModel;
};

export type Around = { readonly frame: PageFrame; readonly work: WorkFrame };

/** Why a person cannot add or change; null for one who can. */
export type Hindrance = 'not-active' | 'manager-only' | null;

function hindranceNotice(hindrance: Hindrance, t: WorkWords): NoticeModel | null {
  if (hindrance === null) return null;
  const title = hindrance === 'not-active' ? t.notActive : t.managerOnly;
  return { tone: hindrance === 'not-active' ? 'late' : 'plain', title, sentence: null, action: null };
}

type ListMaking = {
  readonly items: readonly Product[];
  readonly total: number;
  readonly place: { readonly page: number; readonly size: number; readonly q: string };
  readonly completeness: ReadonlyMap<string, Completeness>;
  readonly hindrance: Hindrance;
  readonly today: string;
};

const listHref = (q: string, page: number): string => {
  const query = new URLSearchParams({
    ...(q === '' ? {} : { q }),
    ...(page === 1 ? {} : { page: String(page) }),
  });
  return query.size === 0 ? '/manage/products' : `/manage/products?${query.toString()}`;
};

function pagination(
  { total, place }: ListMaking,
  t: WorkWords,
  language: Language,
): OwnProductsPageModel['pagination'] {
  const { page, size, q } = place;
  if (total <= size && page === 1) return null;
  const shown = (count: number) => formatNumber(count, language);
  const from = Math.min((page - 1) * size + 1, total);
  return {
    label: t.pages,
    position: t.position({ from: shown(from), to: shown(Math.min(page * size, total)), of: shown(total) }),
    previous: page === 1 ? null : { label: t.previous, href: listHref(q, page - 1) },
    next: page * size >= total ? null : { label: t.next, href: listHref(q, page + 1) },
  };
}

function emptyList({ total, place, hindrance }: ListMaking, t: WorkWords): OwnProductsPageModel['empty'] {
  if (total > 0) return null;
  if (place.q !== '') {
    const action = { label: t.showAll, href: '/manage/products' };
    return { title: t.noneFoundTitle, sentence: t.noneFound({ q: place.q }), action };
  }
  const action = hindrance === null ? { label: t.add, href: '/manage/products/new' } : null;
  const sentence = hindrance === 'manager-only' ? t.emptyForClerk : t.emptySentence;
  return { title: t.emptyTitle, sentence, action };
}

/** A cooperative's products, as its own people see them. */
export function ownProductsPage(
  making: ListMaking,
  { frame, work }: Around,
  deps: ProductPageDeps,
): OwnProductsPageModel {
  const { language } = frame;
  const t = speak(workProductStrings, language);
  const { hindrance, place, total } = making;
  const model = (product: Product): OwnProductModel => {
    const measured = making.completeness.get(product.id);
    if (measured === undefined) throw new RangeError(`Product ${product.id} was not measured`);
    const name = inLanguage(product.name, language);
    const [first] = product.photos;
    return {
      name,
      href: `/manage/products/${product.id}`,
      picture: {
        photo: first === undefined ? null : deps.photo(first, name),
        drawing: deps.illustration(product.category),
      },
      tier: tierWord(product.tier, t),
      ocop: rankModel(product.ocop, making.today, t),
      bar: completenessModel(measured, t, language).bar,
      chip: completenessChip(measured, t, language),
    };
  };
  const nothingYet = total === 0 && place.q === '';
  return {
    page: frame,
    work,
    t,
    addHref: hindrance === null && !nothingYet ? '/manage/products/new' : null,
    notice: hindranceNotice(hindrance, t),
    search: nothingYet ? null : { value: place.q },
    products: making.items.map(model),
    empty: emptyList(making, t),
    pagination: pagination(making, t, language),
  };
}

type FormKeys = { readonly csrfToken: string; readonly idempotencyKey: string };

/** The form of a product that is not there yet. */
export function newProductPage(
  { state, hindrance, keys }: { state: FormState; hindrance: Hindrance; keys: FormKeys },
  { frame, work }: Around,
  { choices }: ProductPageDeps,
): NewProductPageModel {
  const { language } = frame;
  const t = speak(workProductStrings, language);
  const form = formModel(state, language, {
    ...keys,
    action: '/manage/products/new',
    groups: productFieldGroups(state, language, { choices, isNew: true }),
    submit: t.save,
    cancel: { label: t.cancel, href: '/manage/products' },
  });
  return {
    page: frame,
    work,
    t,
    form: hindrance === null ? form : null,
    notice: hindranceNotice(hindrance, t),
  };
}

/** What the last deed on a product was; the words of the notice after a redirect. */
export const DEEDS = [
  'added',
  'saved',
  'photo-added',
  'photo-removed',
  'photo-restored',
  'photo-first',
] as const;
export type Deed = (typeof DEEDS)[number];

function doneNotice(deed: Deed | null, product: Product, t: WorkWords): NoticeModel | null {
  if (deed === null) return null;
  const titles: Readonly<Record<Deed, string>> = {
    added: t.doneAdded,
    saved: t.doneSaved,
    'photo-added': t.donePhotoAdded,
    'photo-removed': t.donePhotoRemoved,
    'photo-restored': t.donePhotoRestored,
    'photo-first': t.donePhotoFirst,
  };
  const first = deed === 'added';
  return {
    tone: 'good',
    title: titles[deed],
    sentence: first ? t.doneAddedNext : null,
    action: first ? { label: t.newBatch, href: `/manage/batches/new?product=${product.id}` } : null,
  };
}

export type ProductMaking = {
  readonly product: Product;
  readonly versions: { readonly replacing: ProductVersion; readonly earlier: readonly ProductVersion[] };
  readonly completeness: Completeness;
  readonly hindrance: Hindrance;
  readonly state: FormState;
  readonly photoState: FormState;
  readonly keys: FormKeys;
  readonly done: Deed | null;
  /** The photo that was just taken off, and where it stood. */
  readonly removed: { readonly id: string; readonly at: string } | null;
};

/** How many changes the page shows; the rest is in the API. */
export const CHANGES_SHOWN = 10;

function photoModels(
  making: ProductMaking,
  name: string,
  { deps, t, language }: Words,
): readonly OwnPhotoModel[] {
  const { product, hindrance, keys } = making;
  return product.photos.map((photo, index) => {
    const about = t.photoAlt({ name, number: formatNumber(index + 1, language) });
    const deed = (what: string, label: string): DeedModel | null => {
      const action = `/manage/products/${product.id}/photos/${photo.id}/${what}`;
      return hindrance === null ? { action, label, about, csrfToken: keys.csrfToken, fields: [] } : null;
    };
    return {
      photo: deps.photo(photo, about),
      isFirst: index === 0,
      makeFirst: index === 0 ? null : deed('first', t.photoFirst),
      remove: deed('remove', t.photoRemove),
    };
  });
}

function photoForm({ product, photoState, keys }: ProductMaking, { t, language }: Words) {
  const field = fieldMaker(photoState)('photo', {
    label: t.photoLabel,
    hint: t.photoHint,
    kind: 'file',
    required: true,
    // Without `capture` a phone offers both its camera and its pictures.
    accept: 'image/jpeg,image/png,image/webp',
  });
  return formModel(photoState, language, {
    ...keys,
    action: `/manage/products/${product.id}/photos`,
    groups: [{ legend: '', hint: null, fields: [field] }],
    submit: t.photoAdd,
    multipart: true,
  });
}

type Words = { readonly t: WorkWords; readonly language: Language; readonly deps: ProductPageDeps };

/** The anchors that links to a field lead to, for the page that has no form. */
const ANCHORS: Partial<Record<ProductField, string>> = {
  name: 'name.vi',
  ingredients: 'ingredients.vi',
  usage: 'usage.vi',
  storage: 'storage.vi',
  warnings: 'warnings.vi',
  netContent: 'netContent.value',
  ocop: 'ocop.decision',
};

function facts(product: Product, { t, language, deps }: Words): OwnProductPageModel['facts'] {
  return PRODUCT_FIELDS.filter((field) => field !== 'photos').map((field) => ({
    id: fieldId(ANCHORS[field] ?? field),
    label: fieldLabel(field, language),
    value: fieldText(field, product[field], { t, language, names: deps.names }) ?? t.nothing,
  }));
}

function undoModel({ product, removed, hindrance, keys }: ProductMaking, t: WorkWords): DeedModel | null {
  const gone = removed !== null && !product.photos.some(({ id }) => id === removed.id);
  if (!gone || hindrance !== null) return null;
  return {
    action: `/manage/products/${product.id}/photos/${removed.id}/restore`,
    label: t.undo,
    about: t.donePhotoRemoved,
    csrfToken: keys.csrfToken,
    fields: [{ name: 'at', value: removed.at }],
  };
}

function editForm({ product, state, keys }: ProductMaking, { t, language, deps }: Words) {
  return formModel(state, language, {
    ...keys,
    action: `/manage/products/${product.id}`,
    hidden: [{ name: 'version', value: String(product.version) }],
    groups: productFieldGroups(state, language, { choices: deps.choices, isNew: false }),
    submit: t.save,
    cancel: { label: t.cancel, href: '/manage/products' },
  });
}

/** One product, with everything that its own people may see and do. */
export function ownProductPage(
  making: ProductMaking,
  { frame, work }: Around,
  deps: ProductPageDeps,
): OwnProductPageModel {
  const { language } = frame;
  const t = speak(workProductStrings, language);
  const words: Words = { t, language, deps };
  const { product, versions, completeness, hindrance } = making;
  const name = inLanguage(product.name, language);
  const wrote = { at: formatInstant(versions.replacing.at), by: whoWrote(versions.replacing, t) };
  const full = product.photos.length >= PHOTOS_MAX;
  const most = formatNumber(PHOTOS_MAX, language);
  const before = product.version - 1 - CHANGES_SHOWN;
  return {
    page: frame,
    work,
    t,
    title: name,
    done: doneNotice(making.done, product, t),
    undo: undoModel(making, t),
    notice: hindranceNotice(hindrance, t),
    links: [
      { label: t.newBatch, href: `/manage/batches/new?product=${product.id}` },
      { label: t.publicPage, href: `/products/${product.slug}` },
    ],
    completeness: completenessModel(completeness, t, language),
    measures: measureFacts(completeness, t, language),
    photos: photoModels(making, name, words),
    photoForm: hindrance !== null || full ? null : photoForm(making, words),
    photosFull: full && hindrance === null ? t.photosFull({ most }) : null,
    photosHint: product.photos.length === 0 ? t.photosNone : t.photosHint({ most }),
    form: hindrance === null ? editForm(making, words) : null,
    facts: hindrance === null ? [] : facts(product, words),
    lastChange: product.version === 1 ? t.addedOn(wrote) : t.lastChange(wrote),
    changes: changeModels(versions.replacing, versions.earlier, { ...words, names: deps.names }),
    moreChanges: before > 0 ? t.historyMore({ count: formatNumber(before, language) }) : null,
  };
}
