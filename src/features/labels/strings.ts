import type { LabelField } from '../../domain/label/drawing.ts';
import type { Bilingual, Strings } from '../../platform/i18n.ts';

/** What stands on the paper. Abbreviations and captions as Decree 43/2017/NĐ-CP and its annexes have them. */
export const paperStrings = {
  packNumber: {
    vi: (v: { name: string; packs: string }) => `${v.name} {n} trong ${v.packs}`,
    en: (v: { name: string; packs: string }) => `${v.name} {n} of ${v.packs}`,
  },
  packedFrom: {
    vi: (v: { amount: string }) => `Đóng từ ${v.amount}`,
    en: (v: { amount: string }) => `Packed from ${v.amount}`,
  },
  documentTitle: {
    vi: (v: { product: string; lot: string; run: string }) => `Tem ${v.product} · lô ${v.lot} · đợt ${v.run}`,
    en: (v: { product: string; lot: string; run: string }) =>
      `Labels ${v.product} · lot ${v.lot} · run ${v.run}`,
  },
  reprint: {
    vi: (v: { number: string }) => `in lại ${v.number}`,
    en: (v: { number: string }) => `reprint ${v.number}`,
  },
  lot: { vi: (v: { lot: string }) => `Số lô: ${v.lot}`, en: (v: { lot: string }) => `Lot: ${v.lot}` },
  producedOn: {
    vi: (v: { date: string }) => `NSX: ${v.date}`,
    en: (v: { date: string }) => `MFG: ${v.date}`,
  },
  expiresOn: {
    vi: (v: { date: string }) => `HSD: ${v.date}`,
    en: (v: { date: string }) => `EXP: ${v.date}`,
  },
  netMass: {
    vi: (v: { amount: string }) => `Khối lượng tịnh: ${v.amount}`,
    en: (v: { amount: string }) => `Net weight: ${v.amount}`,
  },
  netVolume: {
    vi: (v: { amount: string }) => `Thể tích thực: ${v.amount}`,
    en: (v: { amount: string }) => `Net volume: ${v.amount}`,
  },
  netOther: {
    vi: (v: { amount: string }) => `Định lượng: ${v.amount}`,
    en: (v: { amount: string }) => `Quantity: ${v.amount}`,
  },
  place: {
    vi: (v: { province: string }) => v.province,
    en: (v: { province: string }) => `${v.province}, Vietnam`,
  },
  madeIn: {
    vi: (v: { province: string }) => `Sản xuất tại ${v.province}, Việt Nam`,
    en: (v: { province: string }) => `Made in ${v.province}, Vietnam`,
  },
  ocop: {
    vi: (v: { stars: string }) => `OCOP ${v.stars} sao`,
    en: (v: { stars: string }) => `OCOP ${v.stars} stars`,
  },
  decision: {
    vi: (v: { number: string }) => (/^(QĐ|Quyết định)/i.test(v.number) ? v.number : `QĐ ${v.number}`),
    en: (v: { number: string }) => (/^(QĐ|Quyết định)/i.test(v.number) ? v.number : `QĐ ${v.number}`),
  },
  until: { vi: (v: { month: string }) => `đến ${v.month}`, en: (v: { month: string }) => `until ${v.month}` },
  address: {
    vi: (v: { text: string }) => `Địa chỉ: ${v.text}`,
    en: (v: { text: string }) => `Address: ${v.text}`,
  },
  ingredients: {
    vi: (v: { text: string }) => `Thành phần: ${v.text}`,
    en: (v: { text: string }) => `Ingredients: ${v.text}`,
  },
  usage: {
    vi: (v: { text: string }) => `Hướng dẫn sử dụng: ${v.text}`,
    en: (v: { text: string }) => `Instructions for use: ${v.text}`,
  },
  storage: {
    vi: (v: { text: string }) => `Bảo quản: ${v.text}`,
    en: (v: { text: string }) => `Storage: ${v.text}`,
  },
  warnings: {
    vi: (v: { text: string }) => `Cảnh báo: ${v.text}`,
    en: (v: { text: string }) => `Warning: ${v.text}`,
  },
} satisfies Strings;

/** The layouts that every cooperative has. */
export const layoutNames = {
  trace: { vi: 'Tem truy xuất nguồn gốc', en: 'Trace label' },
  short: { vi: 'Tem ngắn: tên, đơn vị, số lô', en: 'Short label: name, producer, lot' },
  code: { vi: 'Tem gọn: mã QR, mã số, số lô', en: 'Code label: QR code, code, lot' },
  goods: { vi: 'Nhãn hàng hóa, đủ mục bắt buộc', en: 'Goods label, with all that is mandatory' },
} satisfies Strings;

export const csvStrings = {
  number: { vi: 'STT', en: 'No.' },
  code: { vi: 'Mã', en: 'Code' },
  codeGrouped: { vi: 'Mã in trên tem', en: 'Code as printed' },
  address: { vi: 'Nội dung mã QR', en: 'QR content' },
  product: { vi: 'Sản phẩm', en: 'Product' },
  cooperative: { vi: 'Đơn vị', en: 'Producer' },
  province: { vi: 'Tỉnh, thành phố', en: 'Province' },
  lot: { vi: 'Số lô', en: 'Lot' },
  producedOn: { vi: 'NSX', en: 'MFG' },
  expiresOn: { vi: 'HSD', en: 'EXP' },
  netContent: { vi: 'Định lượng', en: 'Net content' },
  ocop: { vi: 'OCOP', en: 'OCOP' },
} satisfies Strings;

/** The parts of a label as a sentence names them. */
export const FIELD_NAMES: Readonly<Record<LabelField, Bilingual>> = {
  symbol: { vi: 'Mã QR', en: 'The QR code' },
  code: { vi: 'Mã số bên mã QR', en: 'The code beside the symbol' },
  lot: { vi: 'Số lô', en: 'The lot number' },
  name: { vi: 'Tên sản phẩm', en: 'The product name' },
  ocop: { vi: 'Hạng OCOP', en: 'The OCOP rank' },
  cooperative: { vi: 'Tên đơn vị', en: "The producer's name" },
  place: { vi: 'Tên tỉnh, thành phố', en: 'The province' },
  address: { vi: 'Địa chỉ', en: 'The address' },
  producedOn: { vi: 'Ngày sản xuất', en: 'The production date' },
  expiresOn: { vi: 'Hạn sử dụng', en: 'The expiry date' },
  netContent: { vi: 'Định lượng', en: 'The net content' },
  packNumber: { vi: 'Số thứ tự gói', en: 'The pack number' },
  packedFrom: { vi: 'Lượng đóng gói', en: 'The quantity packed' },
  brand: { vi: 'Nhãn hiệu', en: 'The brand' },
  origin: { vi: 'Xuất xứ', en: 'The origin' },
  barcode: { vi: 'Mã vạch EAN', en: 'The EAN barcode' },
  ingredients: { vi: 'Thành phần', en: 'The ingredients' },
  usage: { vi: 'Hướng dẫn sử dụng', en: 'The instructions for use' },
  storage: { vi: 'Hướng dẫn bảo quản', en: 'The storage instructions' },
  warnings: { vi: 'Thông tin cảnh báo', en: 'The warnings' },
};

export const calibrationStrings = {
  title: { vi: 'Tờ căn chỉnh', en: 'Calibration page' },
  print: {
    vi: 'In tờ này trên giấy thường, cỡ thật (100 %), không “vừa trang”.',
    en: 'Print this on plain paper at actual size (100 %), without “fit to page”.',
  },
  hold: {
    vi: 'Đặt tờ in chồng lên tờ tem, soi lên chỗ sáng: các khung phải trùng mép tem.',
    en: 'Hold it over a label sheet against the light: the frames must meet the labels’ edges.',
  },
  ruler: { vi: 'Đo vạch này: phải đúng 100 mm.', en: 'Measure this line: it must be exactly 100 mm.' },
  enter: {
    vi: 'Lệch bao nhiêu thì nhập vào ô “Căn chỉnh” khi in: sang phải, xuống dưới là số dương.',
    en: 'Enter what is off under “Calibration” when printing: right and down are positive.',
  },
} satisfies Strings;
