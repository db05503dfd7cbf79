import { formatNumber } from '../../platform/format.ts';
import type { Bilingual } from '../../platform/i18n.ts';
import type { LayoutField } from '../../domain/label/layout.ts';
import type { StockFault } from '../../domain/label/own-stock.ts';
import type { LibraryKind } from './library-store.ts';
import { shownMm } from './messages.ts';
import { FIELD_NAMES } from './strings.ts';

/** What the problems of kept paper, layouts and printers say. */

export const UNKNOWN_LAYOUT: Bilingual = {
  vi: 'Không có mẫu nhãn này. Có thể mẫu đã được thay hoặc đã ẩn.',
  en: 'There is no such layout. It may have been replaced or hidden.',
};
export const UNKNOWN_PRINTER: Bilingual = {
  vi: 'Không có máy in này. Có thể máy in đã được thay hoặc đã ẩn.',
  en: 'There is no such printer. It may have been replaced or hidden.',
};
export const NOT_GOODS_LAYOUT: Bilingual = {
  vi: 'Mẫu này không phải nhãn hàng hóa. Vui lòng chọn mẫu có đủ mục bắt buộc.',
  en: 'This layout is no goods label. Please choose one that has all that is mandatory.',
};
export const NO_GTIN: Bilingual = {
  vi: 'Mẫu này in mã vạch hoặc mã GS1, nhưng sản phẩm chưa có mã số GTIN.',
  en: 'This layout prints a barcode or a GS1 code, but the product has no GTIN.',
};
export const CASE_GTIN: Bilingual = {
  vi: 'GTIN của sản phẩm có 14 chữ số, là mã của thùng hàng: mã vạch EAN không ghi được. Vui lòng dùng GTIN của gói bán lẻ.',
  en: 'The product’s GTIN has 14 digits, which is a case’s: an EAN barcode cannot hold it. Please use the retail pack’s.',
};
export const RESTRICTED_GTIN: Bilingual = {
  vi: 'GTIN của sản phẩm là mã dùng nội bộ: không in được mã GS1 cho hệ thống bên ngoài.',
  en: 'The product’s GTIN is for use inside a company: no GS1 code for others’ systems can be printed.',
};
export const NAME_TAKEN: Bilingual = {
  vi: 'Tên này đã dùng rồi. Vui lòng đặt tên khác.',
  en: 'This name is in use already. Please choose another.',
};
export const NOT_YOURS: Bilingual = {
  vi: 'Không có mục này để thay.',
  en: 'There is nothing of this id to replace.',
};

const KIND_NAMES: Readonly<Record<LibraryKind, Bilingual>> = {
  stock: { vi: 'khổ tem', en: 'label papers' },
  layout: { vi: 'mẫu nhãn', en: 'layouts' },
  printer: { vi: 'máy in', en: 'printers' },
};

export const tooMany = (kind: LibraryKind, most: number): Bilingual => ({
  vi: `Mỗi hợp tác xã lưu nhiều nhất ${formatNumber(most, 'vi')} ${KIND_NAMES[kind].vi}, kể cả bản đã thay.`,
  en: `A cooperative keeps at most ${formatNumber(most, 'en')} ${KIND_NAMES[kind].en}, replaced ones counted.`,
});

/** A goods layout that leaves out what the law asks. */
export function leftOut(fields: readonly LayoutField[]): Bilingual {
  const list = (language: 'vi' | 'en') =>
    fields.map((field) => FIELD_NAMES[field][language].toLowerCase()).join(', ');
  return {
    vi: `Nhãn hàng hóa phải có đủ mục bắt buộc. Còn thiếu: ${list('vi')}.`,
    en: `A goods label must have all that is mandatory. It lacks: ${list('en')}.`,
  };
}

/** One measure of paper that cannot be, in words. */
export function stockFault({ kind, byMm }: StockFault): Bilingual {
  const [vi, en] = [formatNumber(shownMm(byMm), 'vi'), formatNumber(shownMm(byMm), 'en')];
  switch (kind) {
    case 'off-paper':
      return {
        vi: `Tem ra ngoài giấy ${vi} mm. Vui lòng đo lại.`,
        en: `Labels reach ${en} mm beyond the paper. Please measure again.`,
      };
    case 'overlap':
      return {
        vi: `Hai tem đè lên nhau ${vi} mm: bước phải ít nhất bằng cạnh tem.`,
        en: `Two labels overlap by ${en} mm: the pitch is at least the label’s side.`,
      };
    case 'not-round':
      return {
        vi: `Tem tròn phải rộng bằng cao; đang lệch ${vi} mm.`,
        en: `A round label is as wide as high; these differ by ${en} mm.`,
      };
    case 'corner':
      return {
        vi: `Bán kính góc lớn hơn nửa cạnh tem ${vi} mm.`,
        en: `The corner’s radius is ${en} mm more than half the label’s side.`,
      };
    default:
      return kind satisfies never;
  }
}
