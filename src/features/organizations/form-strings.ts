import type { Strings } from '../../platform/i18n.ts';

/** Words of the forms in which organisations say what they are. */
export const organizationFormStrings = {
  cooperativeLegend: { vi: 'Hợp tác xã', en: 'The cooperative' },
  retailerLegend: { vi: 'Nơi bán', en: 'The shop' },
  unionLegend: { vi: 'Liên minh hợp tác xã', en: 'The cooperative union' },
  unionHint: {
    vi: 'Mỗi tỉnh, thành phố có một liên minh. Lập xong, hãy mời cán bộ đầu tiên.',
    en: 'Each province has one union. Once it is there, invite its first officer.',
  },
  contactLegend: { vi: 'Liên hệ và giới thiệu', en: 'Contact and description' },
  contactHint: {
    vi: 'Người mua thấy những mục này trên trang của hợp tác xã. Có thể điền sau.',
    en: 'Buyers see these on the cooperative’s page. They can be filled in later.',
  },
  managerLegend: { vi: 'Người quản lý', en: 'The manager' },
  managerHint: {
    vi: 'Người này đăng nhập đầu tiên và mời những người khác.',
    en: 'This person signs in first and invites the others.',
  },
  name: { vi: 'Tên hợp tác xã', en: 'Name of the cooperative' },
  nameHint: { vi: 'Đúng như trên giấy chứng nhận đăng ký', en: 'As on the registration certificate' },
  nameEn: { vi: 'Tên tiếng Anh', en: 'Name in English' },
  retailerName: { vi: 'Tên nơi bán', en: 'Name of the shop' },
  unionName: { vi: 'Tên liên minh', en: 'Name of the union' },
  kind: { vi: 'Loại hình', en: 'Kind' },
  kindHint: { vi: 'Ghi trên giấy đăng ký', en: 'Written on the certificate' },
  kindCooperative: { vi: 'Hợp tác xã', en: 'Cooperative' },
  kindFederation: { vi: 'Liên hiệp hợp tác xã', en: 'Federation of cooperatives' },
  kindGroup: { vi: 'Tổ hợp tác', en: 'Cooperative group' },
  province: { vi: 'Tỉnh, thành phố', en: 'Province or city' },
  provinceChoose: { vi: 'Chọn tỉnh, thành phố', en: 'Choose a province' },
  commune: { vi: 'Xã, phường', en: 'Commune or ward' },
  communeHint: { vi: 'Tên hoặc mã, ví dụ Lũng Phìn', en: 'Its name or code, for example Lũng Phìn' },
  communeUnknown: {
    vi: 'Tỉnh, thành phố đã chọn không có xã, phường nào tên như vậy.',
    en: 'The chosen province has no commune of this name.',
  },
  address: { vi: 'Địa chỉ', en: 'Address' },
  addressHint: { vi: 'Thôn, xóm, số nhà, đường', en: 'Village, house number, street' },
  taxCode: { vi: 'Mã số thuế', en: 'Tax code' },
  taxCodeHint: { vi: '10 chữ số, ví dụ 0100109106', en: '10 digits, for example 0100109106' },
  phone: { vi: 'Điện thoại', en: 'Telephone' },
  email: { vi: 'Thư điện tử', en: 'E-mail' },
  foundedOn: { vi: 'Ngày thành lập', en: 'Founded on' },
  memberCount: { vi: 'Số thành viên', en: 'Number of members' },
  descriptionVi: { vi: 'Giới thiệu ngắn', en: 'Short description, in Vietnamese' },
  descriptionEn: { vi: 'Giới thiệu ngắn, tiếng Anh', en: 'Short description, in English' },
  managerName: { vi: 'Họ và tên', en: 'Full name' },
  managerEmailHint: { vi: 'Dùng để đăng nhập', en: 'For signing in' },
  password: { vi: 'Mật khẩu', en: 'Password' },
  passwordHint: { vi: 'Ít nhất 10 ký tự', en: 'At least 10 characters' },
  optional: {
    vi: (label: string) => `${label} (không bắt buộc)`,
    en: (label: string) => `${label} (optional)`,
  },
  unionUnnamed: { vi: 'Người quản trị hệ thống', en: 'The administrator of this server' },
  sentSentence: {
    vi: (v: { union: string }) =>
      `${v.union} sẽ xem xét. Đăng nhập bằng thư điện tử và mật khẩu vừa đặt bất cứ lúc nào để xem kết quả.`,
    en: (v: { union: string }) =>
      `${v.union} will look at it. Sign in with the e-mail and password just given at any time to see the answer.`,
  },
} satisfies Strings;
