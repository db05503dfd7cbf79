import type { Strings } from '../../platform/i18n.ts';

/** Words of the first screens of officers and of the administrator. */
export const officeStrings = {
  greeting: {
    vi: (v: { name: string }) => `Chào ${v.name}`,
    en: (v: { name: string }) => `Hello, ${v.name}`,
  },
  officerLead: {
    vi: (v: { province: string }) => `Hợp tác xã và hàng hóa của ${v.province} hôm nay.`,
    en: (v: { province: string }) => `The cooperatives and goods of ${v.province} today.`,
  },
  administratorLead: { vi: 'Cả nước hôm nay.', en: 'All provinces today.' },
  decide: { vi: 'Duyệt đăng ký', en: 'Decide registrations' },
  decideWaiting: {
    vi: (v: { count: string; one: boolean }) => `${v.count} hợp tác xã đang chờ`,
    en: (v: { count: string; one: boolean }) =>
      `${v.count} ${v.one ? 'cooperative waits' : 'cooperatives wait'}`,
  },
  decideNone: { vi: 'không có đăng ký nào chờ', en: 'no registration waits' },
  addCooperative: { vi: 'Thêm hợp tác xã', en: 'Add a cooperative' },
  addCooperativeDetail: { vi: 'không cần đăng ký qua mạng', en: 'without an online registration' },
  addRetailer: { vi: 'Thêm nơi bán', en: 'Add a shop' },
  addUnion: { vi: 'Lập liên minh', en: 'Set up a union' },
  download: { vi: 'Tải bảng tính (CSV)', en: 'Download a spreadsheet (CSV)' },
  tasksTitle: { vi: 'Cần làm', en: 'To do' },
  tasksEmptyTitle: { vi: 'Không có việc gì đang chờ', en: 'Nothing is waiting' },
  tasksEmpty: {
    vi: 'Đăng ký mới sẽ hiện ở đây.',
    en: 'New registrations appear here.',
  },
  waitingTitle: {
    vi: (v: { name: string }) => `${v.name} đăng ký tham gia`,
    en: (v: { name: string }) => `${v.name} asks to join`,
  },
  waitingSince: {
    vi: (v: { date: string }) => `gửi ngày ${v.date}`,
    en: (v: { date: string }) => `sent on ${v.date}`,
  },
  waitingPlace: {
    vi: (v: { province: string; date: string }) => `${v.province}, gửi ngày ${v.date}`,
    en: (v: { province: string; date: string }) => `${v.province}, sent on ${v.date}`,
  },
  look: { vi: 'Xem xét', en: 'Look' },
  waitingMore: {
    vi: (v: { count: string }) => `Xem cả ${v.count} đăng ký đang chờ`,
    en: (v: { count: string }) => `All ${v.count} registrations that wait`,
  },
  noUnion: {
    vi: (v: { province: string }) => `${v.province} chưa có liên minh`,
    en: (v: { province: string }) => `${v.province} has no union`,
  },
  noOfficer: {
    vi: (v: { province: string }) => `Liên minh của ${v.province} chưa có cán bộ`,
    en: (v: { province: string }) => `The union of ${v.province} has no officer`,
  },
  gapsTitle: { vi: 'Tỉnh chưa có người duyệt', en: 'Provinces where nobody can decide' },
  gapsLead: {
    vi: 'Ở đây chỉ quản trị hệ thống duyệt được đăng ký.',
    en: 'Nobody but the administration can decide registrations here.',
  },
  gapDetail: {
    vi: (v: { active: string; pending: string }) => `${v.active} hợp tác xã, ${v.pending} đăng ký chờ`,
    en: (v: { active: string; pending: string }) => `cooperatives: ${v.active}, waiting: ${v.pending}`,
  },
  gapsMore: {
    vi: (v: { count: string; one: boolean; names: string }) => `Còn ${v.count} tỉnh nữa: ${v.names}.`,
    en: (v: { count: string; one: boolean; names: string }) =>
      `${v.count} more ${v.one ? 'province' : 'provinces'}: ${v.names}.`,
  },
  invite: { vi: 'Mời cán bộ', en: 'Invite one' },
  countsTitle: { vi: 'Bằng con số', en: 'In numbers' },
  cooperatives: {
    vi: (_: { one: boolean }) => 'hợp tác xã',
    en: (v: { one: boolean }) => (v.one ? 'cooperative' : 'cooperatives'),
  },
  products: {
    vi: (_: { one: boolean }) => 'sản phẩm',
    en: (v: { one: boolean }) => (v.one ? 'product' : 'products'),
  },
  batches: {
    vi: (_: { one: boolean }) => 'lô hàng',
    en: (v: { one: boolean }) => (v.one ? 'batch' : 'batches'),
  },
  retailers: {
    vi: (_: { one: boolean }) => 'nơi bán',
    en: (v: { one: boolean }) => (v.one ? 'shop' : 'shops'),
  },
  unions: {
    vi: (_: { one: boolean }) => 'liên minh',
    en: (v: { one: boolean }) => (v.one ? 'union' : 'unions'),
  },
  moreThan: {
    vi: (v: { count: string }) => `hơn ${v.count}`,
    en: (v: { count: string }) => `over ${v.count}`,
  },
  certificatesTitle: {
    vi: 'Chứng nhận sắp hết hạn hoặc đã hết hạn',
    en: 'Certificates that lapse or have lapsed',
  },
  certificatesLead: {
    vi: (v: { days: string }) =>
      `Còn không quá ${v.days} ngày, hoặc hết hạn trong 12 tháng qua mà chưa có bản mới. Hãy nhắc hợp tác xã.`,
    en: (v: { days: string }) =>
      `At most ${v.days} days left, or lapsed in the last 12 months and not renewed. Remind the cooperative.`,
  },
  certificatesNone: {
    vi: 'Không có chứng nhận nào sắp hết hạn.',
    en: 'No certificate is about to lapse.',
  },
  certificatesMore: {
    vi: (v: { count: string }) => `và ${v.count} chứng nhận nữa`,
    en: (v: { count: string }) => `and ${v.count} more`,
  },
  certificatesCaption: {
    vi: 'Gần hết hạn trước, đã hết hạn sau',
    en: 'The next to lapse first, the lapsed last',
  },
  columnCooperative: { vi: 'Hợp tác xã', en: 'Cooperative' },
  columnCertificate: { vi: 'Chứng nhận', en: 'Certificate' },
  columnEnds: { vi: 'Hết hạn', en: 'Ends' },
  columnState: { vi: 'Hôm nay', en: 'Today' },
  certificate: {
    vi: (v: { standard: string; number: string }) => `${v.standard}, ${v.number}`,
    en: (v: { standard: string; number: string }) => `${v.standard}, ${v.number}`,
  },
  lapsed: { vi: 'đã hết hạn', en: 'lapsed' },
  lapsesToday: { vi: 'hết hạn hôm nay', en: 'lapses today' },
  lapses: {
    vi: (v: { days: string; one: boolean }) => `còn ${v.days} ngày`,
    en: (v: { days: string; one: boolean }) => `${v.days} ${v.one ? 'day' : 'days'} left`,
  },
  productsTitle: { vi: 'Sản phẩm của từng hợp tác xã', en: 'Products of each cooperative' },
  provincesTitle: { vi: 'Hợp tác xã của từng tỉnh', en: 'Cooperatives of each province' },
  mostFirst: { vi: 'Nhiều nhất trước', en: 'The most first' },
  barsCaption: {
    vi: (v: { shown: string; of: string }) => `${v.shown} trong ${v.of}, nhiều nhất trước`,
    en: (v: { shown: string; of: string }) => `${v.shown} of ${v.of}, the most first`,
  },
  withoutProducts: {
    vi: (v: { count: string; one: boolean }) => `${v.count} hợp tác xã chưa có sản phẩm nào.`,
    en: (v: { count: string; one: boolean }) =>
      `${v.count} ${v.one ? 'cooperative has' : 'cooperatives have'} no product yet.`,
  },
  emptyTitle: { vi: 'Chưa có hợp tác xã nào', en: 'No cooperative yet' },
  emptySentence: {
    vi: 'Hợp tác xã tự đăng ký ở trang chủ, hoặc bạn thêm ở đây rồi mời người quản lý.',
    en: 'Cooperatives register from the home page, or you add one here and invite its manager.',
  },
} satisfies Strings;
