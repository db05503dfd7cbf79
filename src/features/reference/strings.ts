import type { Strings } from '../../platform/i18n.ts';

/** Words of the provinces' pages. */
export const referenceStrings = {
  listTitle: { vi: 'Tỉnh, thành phố', en: 'Provinces and cities' },
  listLead: {
    vi: '34 tỉnh, thành phố từ 01/07/2025. Chạm vào một nơi để xem hợp tác xã và sản phẩm ở đó.',
    en: 'The 34 provinces and cities since 1 July 2025. Choose one to see its cooperatives and products.',
  },
  count: {
    vi: (v: { count: string; one: boolean }) => `${v.count} hợp tác xã`,
    en: (v: { count: string; one: boolean }) => `${v.count} ${v.one ? 'cooperative' : 'cooperatives'}`,
  },
  formerly: {
    vi: (v: { names: string }) => `Trước 01/07/2025: ${v.names}`,
    en: (v: { names: string }) => `Before 1 July 2025: ${v.names}`,
  },
  redirected: {
    vi: (v: { old: string; now: string }) => `${v.old} nay thuộc ${v.now}.`,
    en: (v: { old: string; now: string }) => `${v.old} is now part of ${v.now}.`,
  },
  cooperativesTitle: { vi: 'Hợp tác xã', en: 'Cooperatives' },
  cooperativesEmptyTitle: { vi: 'Chưa có hợp tác xã nào ở đây', en: 'No cooperative here yet' },
  cooperativesEmptySentence: {
    vi: 'Hợp tác xã đăng ký và được liên minh tỉnh duyệt sẽ hiện ở đây.',
    en: 'Cooperatives appear here once they register and the provincial union approves them.',
  },
  register: { vi: 'Đăng ký hợp tác xã', en: 'Register a cooperative' },
  productsTitle: { vi: 'Sản phẩm', en: 'Products' },
  allProducts: { vi: 'Tìm trong mọi sản phẩm ở đây', en: 'Search all products here' },
  factsTitle: { vi: 'Về nơi này', en: 'About this place' },
  statCooperatives: {
    vi: (_: { one: boolean }) => 'hợp tác xã',
    en: (v: { one: boolean }) => (v.one ? 'cooperative' : 'cooperatives'),
  },
  statProducts: {
    vi: (_: { one: boolean }) => 'sản phẩm',
    en: (v: { one: boolean }) => (v.one ? 'product' : 'products'),
  },
  type: { vi: 'Loại', en: 'Kind' },
  typeCity: { vi: 'Thành phố trực thuộc trung ương', en: 'City under central government' },
  typeProvince: { vi: 'Tỉnh', en: 'Province' },
  region: { vi: 'Vùng', en: 'Region' },
  communes: { vi: 'Xã, phường, đặc khu', en: 'Communes, wards and special zones' },
  union: { vi: 'Liên minh hợp tác xã', en: 'Cooperative union' },
  description: {
    vi: (v: { name: string }) => `Hợp tác xã và sản phẩm của ${v.name}, mỗi lô hàng có sổ ghi riêng.`,
    en: (v: { name: string }) => `Cooperatives and products of ${v.name}; every batch has a record.`,
  },
} satisfies Strings;
