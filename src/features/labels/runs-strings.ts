import type { Strings } from '../../platform/i18n.ts';

/** Words of the list of print runs, and of how far a batch's labels have come. */
export const runsStrings = {
  libraryLink: { vi: 'Mẫu nhãn, khổ tem, máy in', en: 'Layouts, label paper, printers' },
  listTitle: { vi: 'In tem', en: 'Labels' },
  listLead: {
    vi: 'Chọn lô để in. Mỗi đợt in được ghi lại: ai in, bao nhiêu, lúc nào, trên giấy gì.',
    en: 'Choose a batch to print. Each run is kept: who printed, how many, when and on what.',
  },
  batchesTitle: { vi: 'Lô đang mở', en: 'Open batches' },
  runsTitle: { vi: 'Các đợt đã in', en: 'Print runs' },
  noBatches: { vi: 'Chưa có lô nào để in tem', en: 'No batch to print labels of yet' },
  noBatchesMore: {
    vi: 'Tem mang mã của một lô hàng. Thêm lô đầu tiên, rồi in thử một tờ: tất cả chỉ vài phút.',
    en: 'A label carries the code of a batch. Add the first batch, then print a sheet: it takes minutes.',
  },
  addBatch: { vi: 'Thêm lô', en: 'Add a batch' },
  noRuns: { vi: 'Chưa in đợt nào', en: 'Nothing printed yet' },
  noRunsMore: {
    vi: 'Chọn một lô ở trên, chọn khổ giấy đang có trong máy in, xem trước rồi in.',
    en: 'Choose a batch above, choose the paper that is in your printer, look at the preview, print.',
  },
  older: { vi: 'Các đợt cũ hơn', en: 'Older runs' },
  newest: { vi: 'Về các đợt mới nhất', en: 'Back to the newest' },
  allBatches: { vi: 'Mọi lô', en: 'All batches' },
  runName: {
    vi: (v: { run: string; lot: string }) => `Đợt ${v.run} · lô ${v.lot}`,
    en: (v: { run: string; lot: string }) => `Run ${v.run} · lot ${v.lot}`,
  },
  runDetail: {
    vi: (v: { product: string; count: string; by: string }) => `${v.product} · ${v.count} tem · ${v.by}`,
    en: (v: { product: string; count: string; by: string }) => `${v.product} · ${v.count} labels · ${v.by}`,
  },
  over: { vi: 'nhiều hơn số gói', en: 'more than packs' },
  labelledOf: {
    vi: (v: { labels: string; packs: string }) => `${v.labels} tem cho ${v.packs}`,
    en: (v: { labels: string; packs: string }) => `${v.labels} labels for ${v.packs}`,
  },
  printedOnly: {
    vi: (v: { printed: string }) => `${v.printed} tem đã in`,
    en: (v: { printed: string }) => `${v.printed} labels printed`,
  },
  left: {
    vi: (v: { packs: string }) => `còn ${v.packs} chưa có tem`,
    en: (v: { packs: string }) => `${v.packs} without a label`,
  },
  noneLeft: { vi: 'mọi gói đã có tem', en: 'every pack has a label' },
  packsUnknown: { vi: 'chưa ghi số gói của lô', en: 'the number of packs is not recorded' },

  ofBatch: {
    vi: (v: { lot: string }) => `Các đợt in · lô ${v.lot}`,
    en: (v: { lot: string }) => `Print runs · lot ${v.lot}`,
  },
  ofBatchBack: { vi: 'Mọi đợt in', en: 'All print runs' },
  noRunsOfBatch: { vi: 'Lô này chưa in đợt nào', en: 'No label of this batch printed yet' },
  noRunsOfBatchMore: {
    vi: 'Đợt in đầu tiên của lô sẽ đứng ở đây: tải lại tệp, in lại tem hỏng, hủy tem mất.',
    en: 'Its first run will stand here: download again, print spoiled labels again, void lost ones.',
  },
  printOfBatch: { vi: 'In tem của lô này', en: 'Print labels of this batch' },
  filter: { vi: 'Lọc đợt in', en: 'Filter print runs' },
  filterBatch: { vi: 'Lô', en: 'Batch' },
  filterAll: { vi: 'Mọi lô', en: 'All batches' },
  filterButton: { vi: 'Lọc', en: 'Filter' },
  account: { vi: 'Đối chiếu tem với số gói', en: 'Labels against packs' },
  accountPacks: { vi: 'Số gói của lô', en: 'Packs of the batch' },
  accountPrinted: { vi: 'Tem đã in', en: 'Labels printed' },
  accountVoided: { vi: 'Tem đã hủy', en: 'Labels voided' },
  accountOut: { vi: 'Tem đang lưu hành', en: 'Labels in circulation' },
  accountLeft: { vi: 'Gói chưa có tem', en: 'Packs without a label' },
  accountMatch: { vi: 'Số tem đang lưu hành khớp với số gói.', en: 'Labels in circulation match the packs.' },
  accountMore: {
    vi: (v: { more: string; why: string }) =>
      `Nhiều hơn số gói ${v.more} tem${v.why === '' ? '.' : `, vì: ${v.why}.`}`,
    en: (v: { more: string; why: string }) =>
      `${v.more} labels more than packs${v.why === '' ? '.' : `, because: ${v.why}.`}`,
  },
  accountAmount: {
    vi: (v: { amount: string; all: string }) =>
      `Tem đang lưu hành ứng với ${v.amount} trong ${v.all} của lô.`,
    en: (v: { amount: string; all: string }) =>
      `The labels in circulation stand for ${v.amount} of the batch’s ${v.all}.`,
  },
  packsUnknownSentence: {
    vi: 'Lô chưa ghi số gói, nên chưa đối chiếu được.',
    en: 'The packs of the batch are not recorded, so nothing can be compared yet.',
  },
  accountCsv: { vi: 'Tải bảng đối chiếu (CSV)', en: 'Download the account (CSV)' },
  accountColumns: {
    vi: 'Số lô|Sản phẩm|Ngày sản xuất|Khối lượng|Đơn vị|Số gói|Tem đã in|Tem đã hủy|Tem đang lưu hành|Gói chưa có tem|Lưu hành ứng với|Lý do in thêm',
    en: 'Lot|Product|Produced on|Quantity|Unit|Packs|Labels printed|Labels voided|Labels in circulation|Packs without a label|In circulation holds|Why more',
  },
  voided: {
    vi: (v: { count: string }) => `${v.count} tem hủy`,
    en: (v: { count: string }) => `${v.count} void`,
  },
  reprinted: {
    vi: (v: { count: string }) => `in lại ${v.count} lần`,
    en: (v: { count: string }) => (v.count === '1' ? 'reprinted once' : `reprinted ${v.count} times`),
  },
} satisfies Strings;
