import { formatNumber } from '../../platform/format.ts';
import { Problem } from '../../platform/problem.ts';
import type { Bilingual } from '../../platform/i18n.ts';
import type { Misfit } from '../../domain/label/design.ts';
import type { LabelField } from '../../domain/label/drawing.ts';
import type { LabelTemplate } from '../../domain/label/template.ts';
import type { Quantity } from '../../domain/quantity/quantity.ts';
import type { Measures } from '../batches/contract.ts';
import { FIELD_NAMES } from './strings.ts';

/** What this feature's problems say. */

export const UNKNOWN_TEMPLATE: Bilingual = {
  vi: 'Không có khổ tem này trong danh mục.',
  en: 'There is no such label template.',
};
export const PACKS_UNKNOWN: Bilingual = {
  vi: 'Lô này chưa ghi số gói. Mã riêng chỉ cấp đúng bằng số gói: vui lòng ghi số gói của lô trước.',
  en: 'The packs of this batch are not recorded. Codes are given out by the pack: please state the packs first.',
};
export const NOT_OF_RUN: Bilingual = {
  vi: 'Mã này không thuộc đợt in này.',
  en: 'This code is not of this print run.',
};
export const NO_SUCH_PACKS: Bilingual = {
  vi: 'Đợt in này không có tem nào mang số gói như vậy.',
  en: 'No label of this print run has such a pack number.',
};
export const UNIT_NOT_GS1: Bilingual = {
  vi: 'Mã GS1 trên mẫu tem này nói số lô, không nói từng gói. Mã riêng cần mẫu tem có mã QR của Nguồn.',
  en: 'The GS1 symbol of this layout tells the lot, not the pack. Unit codes need a layout with Nguồn’s QR code.',
};
export const UNIT_ONLY: Bilingual = {
  vi: 'Chỉ có với mã riêng của từng gói (codes: "unit").',
  en: 'Only with a code of its own for each pack (codes: "unit").',
};
export const START_AT_RANGE = (places: number): Bilingual => ({
  vi: `Tờ này có ${places} tem: vui lòng chọn vị trí từ 1 đến ${places}.`,
  en: `This sheet has ${places} labels: please choose a place from 1 to ${places}.`,
});
export const RANGE_OF_RUN = (count: number): Bilingual => ({
  vi: `Đợt này có ${formatNumber(count, 'vi')} tem: vui lòng nhập số từ 1 đến ${formatNumber(count, 'vi')}.`,
  en: `This run has ${formatNumber(count, 'en')} labels: please enter a number from 1 to ${formatNumber(count, 'en')}.`,
});
export const ALL_VOID: Bilingual = {
  vi: 'Tem trong khoảng này đã hủy hết, nên không in lại. Cần tem thay thế thì in một đợt mới.',
  en: 'All labels of this range are void and are not printed again. For labels in their place, print a new run.',
};
export const RANGE_ORDER: Bilingual = {
  vi: 'Số cuối phải bằng hoặc lớn hơn số đầu.',
  en: 'The last number must be the first one or greater.',
};
export const PNG_TOO_SMALL = (pixels: number): Bilingual => ({
  vi: `Ảnh phải rộng ít nhất ${pixels} điểm ảnh để đọc được mã này.`,
  en: `The picture must be at least ${pixels} pixels wide for this code to be read.`,
});

/** What packs are called where the record says it; English says “packs” of all. */
const CONTAINERS: ReadonlySet<string> = new Set([
  'box',
  'bag',
  'packet',
  'bottle',
  'jar',
  'can',
  'carton',
  'sack',
  'tray',
]);

export type PackWord = (count: number) => Bilingual;

/** `128 hộp`, `1 pack`: by the batch's own unit where that is a container, else gói. */
export function packWord(units: readonly (Quantity | undefined)[], measures: Measures): PackWord {
  const container = units.find((quantity) => quantity !== undefined && CONTAINERS.has(quantity.unit))?.unit;
  return (count) => ({
    vi:
      container === undefined
        ? `${formatNumber(count, 'vi')} gói`
        : measures.format({ value: count, unit: container }, 'vi'),
    en: `${formatNumber(count, 'en')} pack${count === 1 ? '' : 's'}`,
  });
}

/** `Hộp`, `Pack`: what one of them is called at the beginning of a line. */
export function packName(units: readonly (Quantity | undefined)[], measures: Measures): Bilingual {
  const [count, vi] = [/^\S+\s/, packWord(units, measures)(1).vi];
  const name = vi.replace(count, '');
  return { vi: name.charAt(0).toUpperCase() + name.slice(1), en: 'Pack' };
}

/** More unit codes than packs: no reason lifts that, but voiding does. */
export function tooManyUnits(
  { packs, printed, voided, left }: Readonly<Record<'packs' | 'printed' | 'voided' | 'left', number>>,
  word: PackWord,
): Bilingual {
  const say = (value: number) => ({ vi: formatNumber(value, 'vi'), en: formatNumber(value, 'en') });
  const [of, out, gone, most] = [say(packs), say(printed), say(voided), say(left)];
  return {
    vi:
      `Lô này có ${word(packs).vi}, đã in ${out.vi} tem mã riêng, hủy ${gone.vi}: còn in được ${most.vi}. ` +
      `Tem hỏng: hãy hủy trước rồi in bù.`,
    en:
      `This batch has ${of.en} packs; ${out.en} labels with codes of their own were printed and ${gone.en} voided: ` +
      `${most.en} are left. Void damaged labels first, then print new ones.`,
  };
}

/** More labels than packs: what is left, and the way to print more all the same. */
export function tooManyLabels(packs: number, left: number, word: PackWord): Bilingual {
  const most = { vi: formatNumber(left, 'vi'), en: formatNumber(left, 'en') };
  return left > 0
    ? {
        vi: `Lô này còn ${word(left).vi} chưa có tem. In nhiều nhất ${most.vi}, hoặc ghi lý do cần thêm.`,
        en: `${word(left).en} of this batch lack a label. Print ${most.en} at most, or say why more are needed.`,
      }
    : {
        vi: `Cả ${word(packs).vi} của lô này đã có tem. Muốn in thêm, vui lòng ghi lý do.`,
        en: `All ${word(packs).en} of this batch have a label. To print more, please say why.`,
      };
}

const SHOWN_STEP_MM = 0.1;

/** Rounded up to a tenth: a label that lacks 0.04 mm lacks something. */
export const shownMm = (mm: number): number => Math.max(SHOWN_STEP_MM, Math.ceil(mm * 10 - 1e-6) / 10);

/** A thermal printer's own language is for rolls. */
export const KEY_RETIRED: Bilingual = {
  vi: 'Mọi lô in cùng khóa với đợt này đã hết hạn và khóa đã nghỉ: tem của đợt không tạo lại được nữa.',
  en: 'Every batch printed with the key of this run has expired and the key is retired: its labels cannot be made again.',
};
export const NEEDS_ROLL = (paper: Bilingual): Bilingual => ({
  vi: `ZPL và TSPL chỉ dùng cho tem cuộn; đợt in này dùng tem tờ ${paper.vi}. Vui lòng tải PDF, hoặc in một đợt khác trên tem cuộn.`,
  en: `ZPL and TSPL are for rolls, and this run is on sheets (${paper.en}). Please download the PDF, or print a run on a roll.`,
});

/** A label of the run's own sample did not read. */
export function DOES_NOT_READ(at: { readonly number: number; readonly dotsPerInch: number }): Bilingual {
  const [vi, en] = [formatNumber(at.number, 'vi'), formatNumber(at.number, 'en')];
  return {
    vi: `Máy chủ đã vẽ thử và không đọc lại được mã trên tem số ${vi} ở ${at.dotsPerInch} dpi, nên đợt in này chưa được tải về. Vui lòng báo cho người vận hành hệ thống.`,
    en: `The server drew label number ${en} at ${at.dotsPerInch} dpi and could not read it back, so this run cannot be downloaded. Please tell whoever runs the system.`,
  };
}

/** As many files are being made as the server makes at a time. */
export const FILES_BUSY: Bilingual = {
  vi: 'Đang có nhiều tệp tem được tải cùng lúc. Vui lòng thử lại sau ít giây.',
  en: 'Many files of labels are being downloaded at once. Please try again in a few seconds.',
};

/** What nobody can word in a shorter way. */
const FIXED_FIELDS: ReadonlySet<LabelField> = new Set([
  'code',
  'packNumber',
  'packedFrom',
  'producedOn',
  'expiresOn',
  'barcode',
]);

/** The symbol by its modules: no layout changes what the smallest printable one measures. */
function symbolDoesNotFit(
  { byMm, symbol }: Extract<Misfit, { kind: 'space' }>,
  template: Pick<LabelTemplate, 'name'>,
): Bilingual {
  const [vi, en] = [formatNumber(shownMm(byMm), 'vi'), formatNumber(shownMm(byMm), 'en')];
  const sum = (language: 'vi' | 'en') => {
    if (symbol === undefined) return '';
    const { modules, moduleMm } = symbol;
    const [each, side] = [moduleMm, modules * moduleMm].map((mm) =>
      formatNumber(Number(mm.toFixed(2)), language),
    );
    return language === 'vi'
      ? `: kể cả viền trắng là ${modules} ô, mỗi ô ít nhất ${each} mm, tức ${side} mm`
      : `: with its white border ${modules} modules of at least ${each} mm, which is ${side} mm`;
  };
  return {
    vi: `Mã QR cần thêm ${vi} mm mới in rõ trên tem này (${template.name.vi})${sum('vi')}. Vui lòng chọn tem lớn hơn.`,
    en: `The QR code needs ${en} mm more to print clearly on this label (${template.name.en})${sum('en')}. Please choose a larger one.`,
  };
}

/**
 * What does not fit, by how much, and what can be done.
 * @param fewer the layout with fewer fields that does fit, where there is one
 */
export function doesNotFit(
  misfit: Misfit,
  template: Pick<LabelTemplate, 'name'>,
  fewer?: Bilingual,
): Bilingual {
  const name = FIELD_NAMES[misfit.field];
  if (misfit.kind === 'letter') {
    return {
      vi: `${name.vi} có ký tự “${misfit.letter}” không in được trên tem.`,
      en: `${name.en} has the character “${misfit.letter}”, which cannot be printed on a label.`,
    };
  }
  if (misfit.field === 'symbol') return symbolDoesNotFit(misfit, template);
  const [vi, en] = [formatNumber(shownMm(misfit.byMm), 'vi'), formatNumber(shownMm(misfit.byMm), 'en')];
  const isFixed = FIXED_FIELDS.has(misfit.field);
  const offer =
    fewer === undefined
      ? { vi: '', en: '' }
      : { vi: ` Mẫu “${fewer.vi}” thì vừa.`, en: ` The layout “${fewer.en}” does fit.` };
  return {
    vi: `${name.vi} dài hơn khung tem ${vi} mm.${offer.vi} Vui lòng ${isFixed ? 'bớt mục in' : 'rút ngắn'} hoặc chọn tem lớn hơn.`,
    en: `${name.en} is ${en} mm more than the label has room for.${offer.en} Please ${isFixed ? 'print fewer fields' : 'shorten it'} or choose a larger label.`,
  };
}

/** A label that cannot be printed, with what lacks room, by how much, and the layout of `fewer` fields that fits. */
export function misfitProblem(
  misfit: Misfit,
  template: Pick<LabelTemplate, 'name'>,
  fewer?: { readonly id: string; readonly name: Bilingual },
): Problem {
  const detail = doesNotFit(misfit, template, fewer?.name);
  const lacking = misfit.kind === 'space' ? { byMm: shownMm(misfit.byMm) } : { letter: misfit.letter };
  return new Problem('label-does-not-fit', {
    detail,
    errors: [{ pointer: '/template', detail }],
    members: { field: misfit.field, ...lacking, ...(fewer === undefined ? {} : { fittingLayout: fewer.id }) },
  });
}

/** Why a goods label cannot be printed yet, naming what it lacks. */
export function labelIncomplete(missing: readonly Bilingual[]): Bilingual {
  const list = (language: 'vi' | 'en') => missing.map((name) => name[language].toLowerCase()).join(', ');
  return {
    vi: `Chưa in được nhãn hàng hóa: còn thiếu ${list('vi')}.`,
    en: `The goods label cannot be printed yet: it lacks ${list('en')}.`,
  };
}
