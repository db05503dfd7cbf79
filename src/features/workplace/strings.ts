import type { Strings } from '../../platform/i18n.ts';

/** Words of the first screen of the workplace. */
export const todayStrings = {
  title: { vi: 'Hôm nay', en: 'Today' },
  greeting: {
    vi: (v: { name: string }) => `Chào ${v.name}`,
    en: (v: { name: string }) => `Hello, ${v.name}`,
  },
  record: { vi: 'Ghi việc hôm nay', en: "Record today's work" },
  recordDetail: { vi: 'dưới một phút', en: 'in under a minute' },
  recordDetailLot: {
    vi: (v: { lot: string }) => `lô ${v.lot}, dưới một phút`,
    en: (v: { lot: string }) => `lot ${v.lot}, in under a minute`,
  },
  print: { vi: 'In tem', en: 'Print labels' },
  printDetail: { vi: 'chọn lô rồi in', en: 'choose a batch, then print' },
  printDetailLot: {
    vi: (v: { lot: string; packs: string | null }) =>
      v.packs === null ? `lô ${v.lot}` : `lô ${v.lot}: ${v.packs} gói`,
    en: (v: { lot: string; packs: string | null }) =>
      v.packs === null ? `lot ${v.lot}` : `lot ${v.lot}: ${v.packs} packs`,
  },
  tasksTitle: { vi: 'Cần làm', en: 'To do' },
  tasksEmpty: { vi: 'Không có việc gì đang chờ.', en: 'Nothing is waiting.' },
  certificateLapsed: {
    vi: (v: { standard: string; date: string }) => `${v.standard} đã hết hạn ngày ${v.date}`,
    en: (v: { standard: string; date: string }) => `${v.standard} lapsed on ${v.date}`,
  },
  certificateLapses: {
    vi: (v: { standard: string; days: string }) => `${v.standard} còn ${v.days} ngày`,
    en: (v: { standard: string; days: string }) => `${v.standard} has ${v.days} days left`,
  },
  certificateDetail: {
    vi: (v: { number: string }) => `Chứng nhận ${v.number}; hết hạn thì trang tem ghi “hết hạn”`,
    en: (v: { number: string }) => `Certificate ${v.number}; once lapsed, label pages say so`,
  },
  renew: { vi: 'Cập nhật', en: 'Update' },
  rankLapsed: {
    vi: (v: { product: string; date: string }) => `OCOP của ${v.product} đã hết hạn ngày ${v.date}`,
    en: (v: { product: string; date: string }) => `The OCOP rank of ${v.product} lapsed on ${v.date}`,
  },
  rankLapses: {
    vi: (v: { product: string; days: string }) => `OCOP của ${v.product} còn ${v.days} ngày`,
    en: (v: { product: string; days: string }) => `The OCOP rank of ${v.product} has ${v.days} days left`,
  },
  rankDetail: {
    vi: (v: { stars: number; decision: string }) => `${v.stars} sao, ${v.decision}`,
    en: (v: { stars: number; decision: string }) => `${v.stars} stars, ${v.decision}`,
  },
  batchLacks: {
    vi: (v: { lot: string; what: string }) => `Lô ${v.lot} thiếu: ${v.what}`,
    en: (v: { lot: string; what: string }) => `Lot ${v.lot} lacks: ${v.what}`,
  },
  batchLacksMore: {
    vi: (v: { what: string; more: string }) => `${v.what} và ${v.more} mục nữa`,
    en: (v: { what: string; more: string }) => `${v.what} and ${v.more} more`,
  },
  labelBlocked: {
    vi: 'Nhãn hàng hóa bắt buộc có; chưa đủ thì chưa in được tem',
    en: 'The goods label must have it; labels print once it is there',
  },
  lawCount: {
    vi: (v: { met: number; of: number }) => `${v.met} trong ${v.of} mục luật yêu cầu`,
    en: (v: { met: number; of: number }) => `${v.met} of the ${v.of} items that the law asks`,
  },
  mend: { vi: 'Bổ sung', en: 'Add it' },
  openTitle: { vi: 'Lô đang mở', en: 'Open batches' },
  openAll: { vi: 'Xem tất cả lô', en: 'All batches' },
  cardTitle: {
    vi: (v: { lot: string; product: string }) => `${v.lot} · ${v.product}`,
    en: (v: { lot: string; product: string }) => `${v.lot} · ${v.product}`,
  },
  lastStep: {
    vi: (v: { step: string; date: string }) => `Gần nhất: ${v.step}, ${v.date}`,
    en: (v: { step: string; date: string }) => `Latest: ${v.step}, ${v.date}`,
  },
  noStep: { vi: 'Chưa ghi việc nào', en: 'Nothing recorded yet' },
  records: {
    vi: (v: { count: string }) => `${v.count} việc đã ghi`,
    en: (v: { count: string }) => `${v.count} recorded`,
  },
  packs: { vi: (v: { count: string }) => `${v.count} gói`, en: (v: { count: string }) => `${v.count} packs` },
  lacking: {
    vi: (v: { count: string }) => `thiếu ${v.count} mục`,
    en: (v: { count: string }) => `${v.count} missing`,
  },
  labelLacking: {
    vi: (v: { count: string }) => `nhãn thiếu ${v.count} mục`,
    en: (v: { count: string }) => `label lacks ${v.count}`,
  },
  complete: { vi: 'đủ hồ sơ', en: 'complete' },
  recentTitle: { vi: 'Vừa ghi', en: 'Just recorded' },
  recentLine: {
    vi: (v: { lot: string; product: string; at: string }) => `Lô ${v.lot}, ${v.product}, ghi lúc ${v.at}`,
    en: (v: { lot: string; product: string; at: string }) =>
      `Lot ${v.lot}, ${v.product}, recorded at ${v.at}`,
  },
  withdrawn: { vi: 'đã rút lại', en: 'withdrawn' },
  corrected: { vi: 'đã đính chính', en: 'corrected' },
  startTitle: { vi: 'Tem đầu tiên trong mười phút', en: 'The first label in ten minutes' },
  startSentence: {
    vi: 'Làm theo thứ tự; mỗi bước mở bước sau.',
    en: 'In this order; each step opens the next.',
  },
  stepProduct: { vi: 'Thêm sản phẩm', en: 'Add a product' },
  stepBatch: { vi: 'Thêm lô hàng', en: 'Add a batch' },
  stepRecord: { vi: 'Ghi việc đã làm', en: 'Record what was done' },
  stepPrint: { vi: 'In tem', en: 'Print labels' },
  managerFirst: {
    vi: 'Người quản lý thêm sản phẩm trước; sau đó bạn thêm lô hàng ở đây.',
    en: 'The manager adds a product first; then you add a batch here.',
  },
  noOpen: {
    vi: 'Mọi lô đã chốt. Có hàng mới thì thêm lô mới.',
    en: 'Every batch is closed. Add one when there are new goods.',
  },
  addBatch: { vi: 'Thêm lô hàng', en: 'Add a batch' },
  pendingTitle: { vi: 'Đăng ký đang chờ duyệt', en: 'The registration waits for approval' },
  pendingSentence: {
    vi: (v: { union: string }) =>
      `${v.union} sẽ xem hồ sơ. Khi được duyệt, bạn thêm sản phẩm và in tem ngay tại đây.`,
    en: (v: { union: string }) =>
      `${v.union} will look at it. Once approved, you add products and print labels right here.`,
  },
  rejectedTitle: { vi: 'Đăng ký chưa được duyệt', en: 'The registration was not approved' },
  rejectedSentence: {
    vi: (v: { union: string }) => `${v.union} trả lời:`,
    en: (v: { union: string }) => `${v.union} answers:`,
  },
  rejectedNoNote: { vi: 'Không có lời ghi kèm theo.', en: 'No note came with it.' },
  rejectedNext: {
    vi: 'Hãy sửa hồ sơ theo ý kiến này rồi liên hệ liên minh để được xem lại.',
    en: 'Mend the profile accordingly, then ask the union to look again.',
  },
  unionUnnamed: { vi: 'Liên minh hợp tác xã của tỉnh', en: "The province's cooperative union" },
  profile: { vi: 'Xem hồ sơ hợp tác xã', en: "The cooperative's profile" },
  menuSentence: { vi: 'Chọn việc cần làm.', en: 'Choose what to do.' },
  call: { vi: 'Gọi liên minh', en: 'Call the union' },
} satisfies Strings;
