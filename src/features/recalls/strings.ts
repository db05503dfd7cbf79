import type { Strings } from '../../platform/i18n.ts';

/** Words of the public recall notices. */
export const recallStrings = {
  title: { vi: 'Thông báo thu hồi', en: 'Recalls' },
  lead: {
    vi: 'Lô hàng bị thu hồi và đã kết thúc thu hồi, mới nhất trước. Mọi tem của lô báo ngay khi quét.',
    en: 'Batches recalled and recalls ended, newest first. Every label of such a batch says so at once.',
  },
  inForce: { vi: 'Đang thu hồi', en: 'In force' },
  ended: { vi: 'Đã kết thúc', en: 'Ended' },
  lot: { vi: 'Số lô', en: 'Lot' },
  severitySafety: { vi: 'An toàn', en: 'Safety' },
  severityQuality: { vi: 'Chất lượng', en: 'Quality' },
  severityLabelling: { vi: 'Ghi nhãn', en: 'Labelling' },
  emptyTitle: { vi: 'Hiện không có lô nào bị thu hồi', en: 'No batch is recalled' },
  emptySentence: {
    vi: 'Khi hợp tác xã hoặc liên minh tỉnh thu hồi một lô, thông báo hiện ở đây trong vài giây.',
    en: 'When a cooperative or a union recalls a batch, the notice appears here within seconds.',
  },
  verify: { vi: 'Kiểm tra một tem', en: 'Check a label' },
} satisfies Strings;
