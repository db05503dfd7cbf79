import { speak, type Language, type Spoken, type Strings } from './i18n.ts';

/** Words around every page: header, footer, workplace frame. `layout.eta` reads them as `it.chrome`. */
export const chromeStrings = {
  brand: { vi: 'Nguồn', en: 'Nguồn' },
  tagline: { vi: 'Biết ai làm ra, ở đâu, bằng cách nào', en: 'Know who made it, where and how' },
  skip: { vi: 'Tới nội dung chính', en: 'Skip to the content' },
  languages: { vi: 'Ngôn ngữ', en: 'Language' },
  vietnamese: { vi: 'Tiếng Việt', en: 'Tiếng Việt' },
  english: { vi: 'English', en: 'English' },
  siteMenu: { vi: 'Trang chính', en: 'Main pages' },
  workMenu: { vi: 'Nơi làm việc', en: 'Workplace' },
  home: { vi: 'Trang đầu', en: 'Home' },
  verify: { vi: 'Kiểm tra tem', en: 'Check a label' },
  products: { vi: 'Sản phẩm', en: 'Products' },
  cooperatives: { vi: 'Hợp tác xã', en: 'Cooperatives' },
  provinces: { vi: 'Tỉnh, thành phố', en: 'Provinces' },
  recalls: { vi: 'Thông báo thu hồi', en: 'Recalls' },
  register: { vi: 'Đăng ký hợp tác xã', en: 'Register a cooperative' },
  signIn: { vi: 'Đăng nhập', en: 'Sign in' },
  workplace: { vi: 'Nơi làm việc', en: 'Workplace' },
  switchOrganization: { vi: 'Đổi đơn vị', en: 'Switch organisation' },
  demo: {
    vi: 'Dữ liệu minh họa: đơn vị và sản phẩm không có thật',
    en: 'Demonstration data: no real producer or product',
  },
  footerPrivacy: {
    vi: 'Xem tem không cần tài khoản. Trang không theo dõi bạn và không tải gì từ nơi khác.',
    en: 'Reading a label needs no account. This page does not track you and loads nothing from elsewhere.',
  },
} satisfies Strings;

/** Words of the page that says what went wrong. */
export const problemStrings = {
  reference: { vi: 'Mã sự cố', en: 'Reference' },
  referenceHint: {
    vi: 'Khi hỏi người vận hành, xin đọc mã này.',
    en: 'Please give this code when you ask the operator.',
  },
  whatNow: { vi: 'Đi tiếp', en: 'Where to go now' },
  missingTitle: { vi: 'Không có trang này', en: 'There is no such page' },
  missingDetail: {
    vi: 'Có thể địa chỉ gõ thiếu hoặc trang đã được gỡ. Nếu bạn có mã trên tem, hãy nhập ở đây.',
    en: 'The address may be incomplete, or the page was taken down. If you have a label, type its code here.',
  },
  internalDetail: {
    vi: 'Lỗi ở phía chúng tôi và đã được ghi lại. Vui lòng thử lại sau ít phút.',
    en: 'The fault is ours and has been recorded. Please try again in a few minutes.',
  },
  toHome: { vi: 'Về trang đầu', en: 'To the first page' },
  toWorkplace: { vi: 'Về nơi làm việc', en: 'To the workplace' },
  toSignIn: { vi: 'Đăng nhập', en: 'Sign in' },
  toProducts: { vi: 'Tìm sản phẩm', en: 'Find a product' },
  toCooperatives: { vi: 'Tìm hợp tác xã', en: 'Find a cooperative' },
  toProvinces: { vi: 'Xem theo tỉnh, thành phố', en: 'Browse by province' },
} satisfies Strings;

export type Chrome = Spoken<typeof chromeStrings>;

const chromes: Readonly<Record<Language, Chrome>> = {
  vi: speak(chromeStrings, 'vi'),
  en: speak(chromeStrings, 'en'),
};

/** The chrome's words in one language; whoever renders a view adds them to its model as `chrome`. */
export function chrome(language: Language): Chrome {
  return chromes[language];
}
