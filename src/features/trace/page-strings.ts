import type { Strings } from '../../platform/i18n.ts';

/** Sentences of the trace page that hold values; the words around them are in strings.ts. */
export const tracePageStrings = {
  lot: { vi: (v: { lot: string }) => `Lô ${v.lot}`, en: (v: { lot: string }) => `Lot ${v.lot}` },
  expiry: { vi: (v: { date: string }) => `HSD ${v.date}`, en: (v: { date: string }) => `EXP ${v.date}` },
  writtenAfter: {
    vi: (v: { delay: string }) => `ghi sau ${v.delay}`,
    en: (v: { delay: string }) => `recorded ${v.delay} later`,
  },
  corrected: {
    vi: (v: { date: string; reason: string }) => `Đính chính ngày ${v.date}: ${v.reason}`,
    en: (v: { date: string; reason: string }) => `Corrected on ${v.date}: ${v.reason}`,
  },
  withdrawn: {
    vi: (v: { date: string; reason: string }) => `Rút lại ngày ${v.date}: ${v.reason}`,
    en: (v: { date: string; reason: string }) => `Withdrawn on ${v.date}: ${v.reason}`,
  },
  originalStep: { vi: 'Công đoạn', en: 'Step' },
  originalTime: { vi: 'Thời gian', en: 'Time' },
  originalPlace: { vi: 'Nơi', en: 'Place' },
  originalQuantity: { vi: 'Số lượng', en: 'Quantity' },
  originalNote: { vi: 'Ghi chú', en: 'Note' },
  photo: { vi: (v: { step: string }) => `Ảnh: ${v.step}`, en: (v: { step: string }) => `Photo: ${v.step}` },
  validAtProduction: {
    vi: (v: { date: string }) => `Ngày sản xuất (${v.date}) chứng nhận còn hiệu lực.`,
    en: (v: { date: string }) => `On the day of production (${v.date}) it was valid.`,
  },
  invalidAtProduction: {
    vi: (v: { date: string }) => `Ngày sản xuất (${v.date}) chứng nhận không có hiệu lực.`,
    en: (v: { date: string }) => `On the day of production (${v.date}) it was not valid.`,
  },
  validAtEvents: {
    vi: (v: { from: string; until: string }) =>
      v.from === v.until
        ? `Còn hiệu lực khi làm việc đã ghi (${v.from}).`
        : `Còn hiệu lực suốt các việc đã ghi (${v.from} đến ${v.until}).`,
    en: (v: { from: string; until: string }) =>
      v.from === v.until
        ? `It was valid at the recorded step (${v.from}).`
        : `It was valid at every recorded step (${v.from} to ${v.until}).`,
  },
  invalidAtEvents: {
    vi: (v: { steps: string }) => `Không có hiệu lực khi: ${v.steps}.`,
    en: (v: { steps: string }) => `It was not valid at: ${v.steps}.`,
  },
  stepOn: {
    vi: (v: { step: string; date: string }) => `${v.step} (${v.date})`,
    en: (v: { step: string; date: string }) => `${v.step} (${v.date})`,
  },
  sourcesTitle: { vi: 'Làm từ các lô', en: 'Made from' },
  usesTitle: { vi: 'Đã dùng để làm', en: 'Used to make' },
  otherBatch: {
    vi: (v: { product: string; lot: string }) => `${v.product}, lô ${v.lot}`,
    en: (v: { product: string; lot: string }) => `${v.product}, lot ${v.lot}`,
  },
  passportCount: {
    vi: (v: { met: number; of: number }) => `${v.met} trong ${v.of} mục của hộ chiếu số sản phẩm`,
    en: (v: { met: number; of: number }) => `${v.met} of the ${v.of} items of the digital product passport`,
  },
  labelCount: {
    vi: (v: { met: number; of: number }) => `${v.met} trong ${v.of} mục của nhãn hàng hóa`,
    en: (v: { met: number; of: number }) => `${v.met} of the ${v.of} fields of the goods label`,
  },
  level: {
    vi: (v: { lot: string; quantity: string; packs: string | null }) =>
      `Mã chung cho cả lô ${v.lot}: ${v.packs === null ? '' : `${v.packs} gói, `}${v.quantity}.`,
    en: (v: { lot: string; quantity: string; packs: string | null }) =>
      `One code for the whole lot ${v.lot}: ${v.packs === null ? '' : `${v.packs} packs, `}${v.quantity}.`,
  },
  unitLevel: {
    vi: (v: { lot: string }) => `Mã riêng của một gói thuộc lô ${v.lot}. Những gì ghi ở đây là của cả lô.`,
    en: (v: { lot: string }) => `The code of one pack of lot ${v.lot}. What stands here is of the whole lot.`,
  },
  pack: {
    vi: (v: { name: string; number: string; of: string }) => `${v.name} ${v.number} trong ${v.of}`,
    en: (v: { name: string; number: string; of: string }) => `${v.name} ${v.number} of ${v.of}`,
  },
  packedFrom: {
    vi: (v: { amount: string }) => `đóng từ ${v.amount}`,
    en: (v: { amount: string }) => `packed from ${v.amount}`,
  },
  summary: {
    vi: (v: { met: number; of: number }) => `${v.met} trong ${v.of} mục luật yêu cầu`,
    en: (v: { met: number; of: number }) => `${v.met} of the ${v.of} items that the law asks`,
  },
  producedOn: { vi: 'Ngày sản xuất', en: 'Production date' },
  expiresOn: { vi: 'Hạn sử dụng', en: 'Expiry date' },
  netContent: { vi: 'Định lượng', en: 'Net content' },
  ingredients: { vi: 'Thành phần', en: 'Ingredients' },
  usage: { vi: 'Hướng dẫn sử dụng', en: 'Instructions for use' },
  storage: { vi: 'Bảo quản', en: 'Storage' },
  warnings: { vi: 'Cảnh báo', en: 'Warnings' },
  standards: { vi: 'Tiêu chuẩn áp dụng', en: 'Standards applied' },
  brand: { vi: 'Thương hiệu', en: 'Brand' },
  gtin: { vi: 'GTIN', en: 'GTIN' },
  category: { vi: 'Nhóm sản phẩm', en: 'Product group' },
  keyProduct: { vi: 'Sản phẩm chủ lực quốc gia', en: 'National key product' },
  madeFrom: { vi: 'Làm từ', en: 'Made from' },
  boughtIn: {
    vi: (v: { name: string; quantity: string }) => `${v.name}, ${v.quantity} (mua vào)`,
    en: (v: { name: string; quantity: string }) => `${v.name}, ${v.quantity} (bought in)`,
  },
  reportSubject: {
    vi: (v: { code: string }) => `Báo tem lạ ${v.code}`,
    en: (v: { code: string }) => `About the label ${v.code}`,
  },
  descriptionOf: {
    vi: (v: { product: string; cooperative: string; province: string }) =>
      `${v.product} của ${v.cooperative}, ${v.province}`,
    en: (v: { product: string; cooperative: string; province: string }) =>
      `${v.product} by ${v.cooperative}, ${v.province}`,
  },
} satisfies Strings;
