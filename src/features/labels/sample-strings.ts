import type { Strings } from '../../platform/i18n.ts';

/** A label that says everything, for looking at a layout before there is a batch. The words of nobody's product. */
export const sampleStrings = {
  name: { vi: 'Chè xanh Shan tuyết', en: 'Shan snow green tea' },
  brand: { vi: 'Nhãn hiệu mẫu', en: 'Sample brand' },
  cooperative: { vi: 'Hợp tác xã Mẫu', en: 'Sample cooperative' },
  place: { vi: 'Tỉnh Tuyên Quang', en: 'Tuyên Quang, Vietnam' },
  address: { vi: 'Địa chỉ: thôn 3, xã Lũng Phìn', en: 'Address: Hamlet 3, Lũng Phìn' },
  origin: { vi: 'Sản xuất tại tỉnh Tuyên Quang, Việt Nam', en: 'Made in Tuyên Quang, Vietnam' },
  lot: { vi: 'Số lô: CX-02', en: 'Lot: CX-02' },
  producedOn: { vi: 'NSX: 07/04/2026', en: 'MFG: 07/04/2026' },
  expiresOn: { vi: 'HSD: 06/04/2028', en: 'EXP: 06/04/2028' },
  netContent: { vi: 'Khối lượng tịnh: 100\u00A0g', en: 'Net weight: 100\u00A0g' },
  packNumber: { vi: 'Gói 812 trong 2.400', en: 'Pack 812 of 2,400' },
  packedFrom: { vi: 'Đóng từ 240\u00A0kg', en: 'Packed from 240\u00A0kg' },
  ingredients: { vi: 'Thành phần: 100\u00A0% búp chè Shan', en: 'Ingredients: 100% Shan tea buds' },
  usage: {
    vi: 'Hướng dẫn sử dụng: pha 5\u00A0g với 150\u00A0ml nước 85\u00A0°C',
    en: 'Instructions for use: steep 5\u00A0g in 150\u00A0ml of water at 85\u00A0°C',
  },
  storage: { vi: 'Bảo quản: nơi khô, mát, tránh ánh nắng', en: 'Storage: dry, cool, away from sunlight' },
  warnings: { vi: 'Cảnh báo: không dùng khi bao bì hở', en: 'Warning: do not use if the pack is open' },
  ocopRank: { vi: 'OCOP 4 sao', en: 'OCOP 4 stars' },
  ocopDecision: { vi: 'QĐ 11/QĐ-UBND', en: 'QĐ 11/QĐ-UBND' },
  ocopUntil: { vi: 'đến 12/2028', en: 'until 12/2028' },
} satisfies Strings;
