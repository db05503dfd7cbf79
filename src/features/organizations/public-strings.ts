import type { Strings } from '../../platform/i18n.ts';

/** Words of the list of cooperatives, and sentences of a cooperative's page that hold values. */
export const cooperativeListStrings = {
  title: { vi: 'Hợp tác xã', en: 'Cooperatives' },
  lead: {
    vi: 'Hợp tác xã, liên hiệp hợp tác xã và tổ hợp tác đã được liên minh tỉnh duyệt.',
    en: 'Cooperatives, federations and groups approved by their provincial unions.',
  },
  searchLabel: { vi: 'Tìm hợp tác xã', en: 'Find a cooperative' },
  searchHint: {
    vi: 'Tên hợp tác xã hoặc tỉnh, kể cả tên tỉnh cũ; gõ có dấu hay không dấu đều được',
    en: 'Its name or province, former provinces too, with or without diacritics',
  },
  searchSubmit: { vi: 'Tìm', en: 'Search' },
  searchReset: { vi: 'Bỏ lọc', en: 'Show all' },
  province: { vi: 'Tỉnh, thành phố', en: 'Province' },
  anyProvince: { vi: 'Mọi tỉnh, thành phố', en: 'Every province' },
  found: {
    vi: (v: { count: string; one: boolean }) => `${v.count} hợp tác xã`,
    en: (v: { count: string; one: boolean }) => `${v.count} ${v.one ? 'cooperative' : 'cooperatives'}`,
  },
  emptyTitle: { vi: 'Chưa có hợp tác xã nào', en: 'No cooperatives yet' },
  emptySentence: {
    vi: 'Hợp tác xã đăng ký và được liên minh tỉnh duyệt sẽ hiện ở đây.',
    en: 'Cooperatives appear here once they register and their provincial union approves them.',
  },
  emptyAction: { vi: 'Đăng ký hợp tác xã', en: 'Register a cooperative' },
  nothingTitle: { vi: 'Không tìm thấy hợp tác xã nào', en: 'Nothing was found' },
  nothingSentence: {
    vi: 'Hãy thử ít từ hơn, hoặc chọn mọi tỉnh, thành phố.',
    en: 'Try fewer words, or every province.',
  },
  taxCode: { vi: 'Mã số thuế', en: 'Tax code' },
  phone: { vi: 'Điện thoại', en: 'Telephone' },
  email: { vi: 'Thư điện tử', en: 'E-mail' },
  foundedOn: { vi: 'Thành lập', en: 'Founded' },
  otherName: { vi: 'Tên tiếng Anh', en: 'Vietnamese name' },
  allProducts: {
    vi: (v: { count: string }) => `Xem cả ${v.count} sản phẩm`,
    en: (v: { count: string }) => `See all ${v.count} products`,
  },
  descriptionOf: {
    vi: (v: { name: string; province: string }) =>
      `${v.name}, ${v.province}: sản phẩm, chứng nhận và liên hệ.`,
    en: (v: { name: string; province: string }) =>
      `${v.name}, ${v.province}: products, certificates, contact.`,
  },
} satisfies Strings;
