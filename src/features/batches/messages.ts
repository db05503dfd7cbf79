import type { Quantity } from '../../domain/quantity/quantity.ts';
import type { Bilingual } from '../../platform/i18n.ts';
import type { Measures } from './measures.ts';

/** What this feature's problems say. */
type Message = Bilingual;

export const UNKNOWN_BATCH: Message = {
  vi: 'Hợp tác xã không có lô này.',
  en: 'The cooperative has no such batch.',
};
export const INPUT_TWICE: Message = {
  vi: 'Lô này đã có trong danh sách nguyên liệu.',
  en: 'This batch is among the inputs already.',
};
export const UNIT_DIFFERS: Message = {
  vi: 'Đơn vị này không quy đổi được sang đơn vị của lô nguyên liệu.',
  en: "This unit does not convert into the input batch's unit.",
};
export const QUANTITY_RANGE: Message = {
  vi: 'Số lượng này vượt quá mức hệ thống tính được chính xác.',
  en: 'This quantity is beyond what can be computed exactly.',
};
export const LOT_TAKEN: Message = {
  vi: 'Số lô này đã dùng cho sản phẩm đó. Vui lòng chọn số lô khác.',
  en: 'This lot number is already in use for that product. Please choose another.',
};
export const TOO_MANY_EVENTS: Message = {
  vi: 'Lô này đã có 2.000 sự kiện, mức nhiều nhất của một lô.',
  en: 'This batch has 2,000 events, the most that a batch may have.',
};
export const TOO_MANY_CORRECTIONS: Message = {
  vi: 'Việc này đã được đính chính 100 lần, mức nhiều nhất.',
  en: 'This record has been corrected 100 times, the most that one may be.',
};
export const FILLED_ALREADY: Message = {
  vi: 'Mục này đã có và không sửa được nữa.',
  en: 'This is filled in already and cannot be changed.',
};
export const NOTHING_CHANGED: Message = {
  vi: 'Chưa có mục nào được sửa.',
  en: 'Nothing has been changed yet.',
};
export const TOO_MANY_PHOTOS: Message = {
  vi: 'Mỗi việc có nhiều nhất 12 ảnh.',
  en: 'An event has at most 12 photos.',
};
export const UNKNOWN_PHOTO: Message = {
  vi: 'Không tìm thấy ảnh này trong hợp tác xã.',
  en: 'The cooperative has no such photo.',
};

/** Why a batch cannot be used up further, with what is left and what was wanted. */
export function notEnough(
  lot: string,
  { left, wanted }: { readonly left: Quantity; readonly wanted: Quantity },
  measures: Measures,
): Message {
  const [vi, en] = [measures.format(left, 'vi'), measures.format(left, 'en')];
  return {
    vi: `Lô ${lot} chỉ còn ${vi}, không đủ ${measures.format(wanted, 'vi')}.`,
    en: `Batch ${lot} has only ${en} left, not ${measures.format(wanted, 'en')}.`,
  };
}
