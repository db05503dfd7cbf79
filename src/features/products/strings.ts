import type { Strings } from '../../platform/i18n.ts';

/** Words of the public product page. */
export const productStrings = {
  madeBy: { vi: 'Làm ra bởi', en: 'Made by' },
  at: { vi: 'Tại', en: 'In' },
  factsTitle: { vi: 'Về sản phẩm', en: 'About the product' },
  certificatesTitle: { vi: 'Chứng nhận', en: 'Certificates' },
  certificateFile: { vi: 'Xem bản chụp', en: 'See the copy' },
  batchesTitle: { vi: 'Các lô gần đây', en: 'Recent batches' },
  batchesEmpty: {
    vi: 'Chưa có lô nào được công bố. Khi có, mỗi lô kể đường đi riêng của nó.',
    en: 'No batch is public yet. When there is one, it tells its own way.',
  },
  photosTitle: { vi: 'Ảnh', en: 'Photos' },
  warningTitle: { vi: 'Cảnh báo', en: 'Warning' },
  lot: { vi: (v: { lot: string }) => `Lô ${v.lot}`, en: (v: { lot: string }) => `Lot ${v.lot}` },
  batchDetail: {
    vi: (v: { date: string; steps: string }) => `sản xuất ${v.date}, ${v.steps}`,
    en: (v: { date: string; steps: string }) => `made on ${v.date}, ${v.steps}`,
  },
  steps: {
    vi: (v: { count: string }) => `${v.count} việc đã ghi`,
    en: (v: { count: string; one: boolean }) => `${v.count} ${v.one ? 'step' : 'steps'} on record`,
  },
  noSteps: { vi: 'chưa ghi việc nào', en: 'nothing recorded yet' },
  category: { vi: 'Nhóm sản phẩm', en: 'Product group' },
  keyProduct: { vi: 'Sản phẩm chủ lực quốc gia', en: 'National key product' },
  indication: { vi: 'Chỉ dẫn địa lý', en: 'Geographical indication' },
  brand: { vi: 'Thương hiệu', en: 'Brand' },
  netContent: { vi: 'Định lượng', en: 'Net content' },
  ingredients: { vi: 'Thành phần', en: 'Ingredients' },
  usage: { vi: 'Hướng dẫn sử dụng', en: 'Instructions for use' },
  storage: { vi: 'Bảo quản', en: 'Storage' },
  shelfLife: { vi: 'Thời hạn sử dụng', en: 'Shelf life' },
  days: {
    vi: (v: { count: string }) => `${v.count} ngày`,
    en: (v: { count: string; one: boolean }) => `${v.count} ${v.one ? 'day' : 'days'}`,
  },
  standards: { vi: 'Tiêu chuẩn áp dụng', en: 'Standards applied' },
  gtin: { vi: 'GTIN', en: 'GTIN' },
  descriptionOf: {
    vi: (v: { product: string; cooperative: string; province: string }) =>
      `${v.product} của ${v.cooperative}, ${v.province}: chứng nhận, các lô gần đây và đường đi của từng lô.`,
    en: (v: { product: string; cooperative: string; province: string }) =>
      `${v.product} by ${v.cooperative}, ${v.province}: certificates, recent batches and the way each took.`,
  },
  photoOf: {
    vi: (v: { product: string; number: number }) => `${v.product}, ảnh ${v.number}`,
    en: (v: { product: string; number: number }) => `${v.product}, photo ${v.number}`,
  },
  listTitle: { vi: 'Sản phẩm', en: 'Products' },
  listLead: {
    vi: 'Sản phẩm của các hợp tác xã, mỗi lô hàng có sổ ghi riêng.',
    en: 'What the cooperatives make; every batch has a record of its own.',
  },
  searchLabel: { vi: 'Tìm sản phẩm', en: 'Find a product' },
  searchHint: {
    vi: 'Tên sản phẩm, thương hiệu, hợp tác xã hoặc tỉnh; gõ có dấu hay không dấu đều được',
    en: 'Name, brand, cooperative or province, with or without diacritics',
  },
  searchSubmit: { vi: 'Tìm', en: 'Search' },
  searchReset: { vi: 'Bỏ lọc', en: 'Show all' },
  anyProvince: { vi: 'Mọi tỉnh, thành phố', en: 'Every province' },
  province: { vi: 'Tỉnh, thành phố', en: 'Province' },
  tier: { vi: 'Cấp sản phẩm', en: 'Kind' },
  anyTier: { vi: 'Mọi cấp', en: 'Every kind' },
  found: {
    vi: (v: { count: string; one: boolean }) => `${v.count} sản phẩm`,
    en: (v: { count: string; one: boolean }) => `${v.count} ${v.one ? 'product' : 'products'}`,
  },
  ofCooperative: {
    vi: (v: { name: string }) => `Sản phẩm của ${v.name}`,
    en: (v: { name: string }) => `Products of ${v.name}`,
  },
  emptyTitle: { vi: 'Chưa có sản phẩm nào', en: 'No products yet' },
  emptySentence: {
    vi: 'Hợp tác xã đã được duyệt đăng sản phẩm trong nơi làm việc; sản phẩm hiện ở đây ngay.',
    en: 'Approved cooperatives add products in their workplace; they appear here at once.',
  },
  emptyAction: { vi: 'Đăng ký hợp tác xã', en: 'Register a cooperative' },
  nothingTitle: { vi: 'Không tìm thấy sản phẩm nào', en: 'Nothing was found' },
  nothingSentence: {
    vi: 'Hãy thử ít từ hơn, hoặc chọn mọi tỉnh, thành phố.',
    en: 'Try fewer words, or every province.',
  },
} satisfies Strings;
