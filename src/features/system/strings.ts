import type { Strings } from '../../platform/i18n.ts';

/** Words of the first page. */
export const systemStrings = {
  title: { vi: 'Quét tem, biết ai làm ra', en: 'Scan a label, meet its maker' },
  description: {
    vi: 'Quét tem để biết sản phẩm của hợp tác xã nào, từ đâu, đi qua những bước nào.',
    en: 'Scan a label to see which cooperative made a product, where, and every step it took.',
  },
  headline: { vi: 'Quét một con tem, thấy tận nguồn', en: 'Scan a label, see the source' },
  lead: {
    vi: 'Ai làm ra, ở đâu, đi qua những bước nào, chứng nhận còn hạn không. Ghi rồi thì không xóa: đính chính nào cũng hiện ra.',
    en: 'Who made it, where, by which steps, under which certificates. Nothing is overwritten: every correction shows.',
  },
  samplesTitle: { vi: 'Xem thử tem minh họa', en: 'Try a demonstration label' },
  samplesHint: {
    vi: 'Mỗi tem một câu trả lời, kể cả khi câu trả lời là “đừng dùng”.',
    en: 'Each label has its own answer, even when the answer is “do not use”.',
  },
  productsTitle: { vi: 'Sản phẩm mới', en: 'New products' },
  mapTitle: { vi: 'Khắp các tỉnh, thành phố', en: 'From every province' },
  mapLink: { vi: 'Xem theo tỉnh, thành phố', en: 'Browse by province' },
  forTitle: { vi: 'Bạn là…', en: 'You are…' },
  forCooperative: { vi: 'Hợp tác xã', en: 'A cooperative' },
  forCooperativeText: {
    vi: 'Ghi việc dưới một phút ngay trên điện thoại, in tem trên máy in bạn đang có.',
    en: 'Record a step in under a minute on your phone, print labels on the printer you have.',
  },
  forCooperativeAction: { vi: 'Đăng ký hợp tác xã', en: 'Register your cooperative' },
  forRetailer: { vi: 'Nơi bán', en: 'A shop' },
  forRetailerText: {
    vi: 'Kiểm cả chuyến hàng một lần; biết ngay tem nào bị thu hồi, hết hạn hay đã bán.',
    en: 'Check a whole delivery at once; see which labels are recalled, expired or already sold.',
  },
  forRetailerAction: { vi: 'Kiểm tra nhiều tem', en: 'Check many labels' },
  forUnion: { vi: 'Liên minh hợp tác xã', en: 'A cooperative union' },
  forUnionText: {
    vi: 'Duyệt đăng ký, nhắc chứng nhận sắp hết hạn, số liệu sách trắng lấy từ việc thật.',
    en: 'Approve registrations, see lapsing certificates, take white-book figures from real records.',
  },
  forUnionAction: { vi: 'Đăng nhập', en: 'Sign in' },
  statCooperatives: {
    vi: (_: { one: boolean }) => 'hợp tác xã',
    en: (v: { one: boolean }) => (v.one ? 'cooperative' : 'cooperatives'),
  },
  statProducts: {
    vi: (_: { one: boolean }) => 'sản phẩm',
    en: (v: { one: boolean }) => (v.one ? 'product' : 'products'),
  },
  statBatches: {
    vi: (_: { one: boolean }) => 'lô hàng có sổ ghi',
    en: (v: { one: boolean }) => (v.one ? 'batch on record' : 'batches on record'),
  },
  allProducts: { vi: 'Tìm sản phẩm', en: 'Find a product' },
  sampleWithoutProduct: { vi: 'Mã không do hệ thống cấp', en: 'A code that was not issued here' },
} satisfies Strings;
