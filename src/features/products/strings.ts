import type { Strings } from '../../platform/i18n.ts';

/** Words of the public product page. */
export const productStrings = {
  madeBy: { vi: 'Làm ra bởi', en: 'Made by' },
  at: { vi: 'Tại', en: 'In' },
  factsTitle: { vi: 'Về sản phẩm', en: 'About the product' },
  certificatesTitle: { vi: 'Chứng nhận', en: 'Certificates' },
  valid: { vi: 'còn hiệu lực', en: 'valid' },
  lapsed: { vi: 'hết hiệu lực', en: 'lapsed' },
  batchesTitle: { vi: 'Các lô gần đây', en: 'Recent batches' },
  batchesEmpty: {
    vi: 'Chưa có lô nào được công bố. Khi có, mỗi lô kể đường đi riêng của nó.',
    en: 'No batch is public yet. When there is one, it tells its own way.',
  },
  photosTitle: { vi: 'Ảnh', en: 'Photos' },
  warningTitle: { vi: 'Cảnh báo', en: 'Warning' },
  tierNational: { vi: 'Chủ lực quốc gia', en: 'National key product' },
  tierRegional: { vi: 'Chủ lực vùng', en: 'Regional key product' },
  tierLocal: { vi: 'Đặc sản địa phương', en: 'Local speciality' },
} satisfies Strings;
