import type { Strings } from '../../platform/i18n.ts';

/** Words of the label pages in the workplace. */
export const labelWorkStrings = {
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
  printedOf: {
    vi: (v: { printed: string; packs: string }) => `${v.printed} tem đã in cho ${v.packs}`,
    en: (v: { printed: string; packs: string }) => `${v.printed} labels printed for ${v.packs}`,
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

  newTitle: {
    vi: (v: { lot: string }) => `In tem · lô ${v.lot}`,
    en: (v: { lot: string }) => `Print labels · lot ${v.lot}`,
  },
  back: { vi: (v: { lot: string }) => `Lô ${v.lot}`, en: (v: { lot: string }) => `Lot ${v.lot}` },
  template: { vi: 'Khổ tem', en: 'Label paper' },
  templateHint: {
    vi: 'Tên và số tem trên tờ thường ghi ở bìa tập giấy.',
    en: 'Name and labels per sheet usually stand on the pack’s cover.',
  },
  count: { vi: 'Số tem', en: 'Labels' },
  startAt: { vi: 'Bắt đầu từ tem số', en: 'Start at label' },
  startAtHint: {
    vi: 'Tờ đang dùng dở: đếm từ trái sang phải, từ trên xuống, tem đầu tiên còn trống.',
    en: 'A part-used sheet: count left to right, top to bottom, to the first free label.',
  },
  startAtFrom: {
    vi: (v: { paper: string; place: string }) =>
      `Tờ ${v.paper} dùng dở ở đợt trước còn trống từ tem số ${v.place}.`,
    en: (v: { paper: string; place: string }) =>
      `The ${v.paper} sheet used last is free from label ${v.place} on.`,
  },
  startAtTap: {
    vi: 'Tờ dùng dở: chạm vào tem đầu tiên còn trống để bắt đầu từ đó.',
    en: 'A part-used sheet: touch its first free label to start there.',
  },
  more: { vi: 'Tùy chọn khác', en: 'More options' },
  kind: { vi: 'Loại tem', en: 'Kind of label' },
  kindTrace: { vi: 'Tem truy xuất nguồn gốc', en: 'Trace label' },
  kindGoods: { vi: 'Nhãn hàng hóa, đủ mục bắt buộc', en: 'Goods label, with all that is mandatory' },
  language: { vi: 'Chữ trên tem', en: 'Language of the label' },
  vietnamese: { vi: 'Tiếng Việt', en: 'Vietnamese' },
  english: { vi: 'Tiếng Anh', en: 'English' },
  reason: { vi: 'Lý do in nhiều hơn số gói', en: 'Why more labels than packs' },
  reasonHint: {
    vi: 'Chỉ khi cần, ví dụ: kẹt giấy, tem hỏng khi dán.',
    en: 'Only where needed, for example a paper jam or labels spoiled.',
  },
  calibrationX: { vi: 'Dịch sang phải', en: 'Move right' },
  calibrationY: { vi: 'Dịch xuống dưới', en: 'Move down' },
  calibrationScale: { vi: 'Tỉ lệ', en: 'Scale' },
  calibrationHint: {
    vi: 'Khi máy in lệch. In tờ căn chỉnh để đo; số âm là sang trái hoặc lên trên.',
    en: 'Where the printer is off. Print the calibration page to measure; negative is left or up.',
  },
  calibrationPage: { vi: 'Tờ căn chỉnh (PDF)', en: 'Calibration page (PDF)' },
  ruler: {
    vi: 'Lề của khổ này là số danh nghĩa: in thử một tờ giấy thường trước.',
    en: 'The margins of this paper are nominal: try a sheet of plain paper first.',
  },
  preview: { vi: 'Xem trước', en: 'Preview' },
  previewButton: { vi: 'Xem trước', en: 'Preview' },
  previewSheet: {
    vi: (v: { page: string; pages: string }) => `Tờ ${v.page} trong ${v.pages}`,
    en: (v: { page: string; pages: string }) => `Sheet ${v.page} of ${v.pages}`,
  },
  previewOne: { vi: 'Một tem', en: 'One label' },
  sheetAlt: {
    vi: (v: { text: string }) => `Hình tờ tem đầu tiên. ${v.text}`,
    en: (v: { text: string }) => `Picture of the first sheet. ${v.text}`,
  },
  labelAlt: {
    vi: (v: { text: string }) => `Hình một tem: ${v.text}`,
    en: (v: { text: string }) => `Picture of one label: ${v.text}`,
  },
  planSheet: {
    vi: (v: { pages: string; count: string; free: string }) =>
      `${v.pages} tờ · ${v.count} tem · tờ cuối còn trống ${v.free} chỗ`,
    en: (v: { pages: string; count: string; free: string }) =>
      `${v.pages} sheets · ${v.count} labels · ${v.free} places left on the last`,
  },
  planSheetOne: {
    vi: (v: { count: string; free: string }) => `1 tờ · ${v.count} tem · còn trống ${v.free} chỗ`,
    en: (v: { count: string; free: string }) => `1 sheet · ${v.count} labels · ${v.free} places left`,
  },
  planRoll: {
    vi: (v: { pages: string; count: string }) => `${v.count} tem · ${v.pages} hàng trên cuộn`,
    en: (v: { pages: string; count: string }) => `${v.count} labels · ${v.pages} rows of the roll`,
  },
  symbolLine: {
    vi: (v: { side: string; module: string; dpi: string; pt: string }) =>
      `Mã QR ${v.side} mm, mỗi ô ${v.module} mm: in rõ từ ${v.dpi} dpi. Chữ ${v.pt} pt.`,
    en: (v: { side: string; module: string; dpi: string; pt: string }) =>
      `QR code ${v.side} mm, modules of ${v.module} mm: clear from ${v.dpi} dpi. Text ${v.pt} pt.`,
  },
  submit: {
    vi: (v: { count: string }) => `Tạo ${v.count} tem`,
    en: (v: { count: string }) => `Make ${v.count} labels`,
  },
  submitPlain: { vi: 'Tạo tem', en: 'Make labels' },
  closed: {
    vi: 'Lô này đã chốt, không in thêm tem được.',
    en: 'This batch is closed; no more labels can be printed.',
  },
  closedMore: {
    vi: 'Các đợt đã in vẫn tải lại được.',
    en: 'Runs that were printed can still be downloaded.',
  },

  sizeLarge: { vi: 'Tờ A4 · tem to', en: 'A4 · large labels' },
  sizeMiddle: { vi: 'Tờ A4 · tem vừa', en: 'A4 · middle-sized labels' },
  sizeSmall: { vi: 'Tờ A4 · tem nhỏ', en: 'A4 · small labels' },
  sizeRound: { vi: 'Tem tròn', en: 'Round labels' },
  sizeLetter: { vi: 'Tờ khổ khác', en: 'Other sheets' },
  sizeRoll: { vi: 'Cuộn cho máy in nhiệt', en: 'Rolls for thermal printers' },

  runTitle: {
    vi: (v: { run: string; lot: string }) => `Đợt in ${v.run} · lô ${v.lot}`,
    en: (v: { run: string; lot: string }) => `Print run ${v.run} · lot ${v.lot}`,
  },
  backToList: { vi: 'Mọi đợt in', en: 'All print runs' },
  done: { vi: 'Đã tạo tem', en: 'The labels are ready' },
  doneMore: {
    vi: 'Tải tệp PDF, in ở cỡ thật (100 %), rồi quét thử một tem.',
    en: 'Download the PDF, print it at actual size (100 %), then scan one label to try.',
  },
  pdf: { vi: 'Tải PDF để in', en: 'Download the PDF' },
  csv: { vi: 'CSV cho nhà in', en: 'CSV for a print shop' },
  again: {
    vi: 'In lại: tải đúng tệp này. Không phát sinh tem mới trong sổ.',
    en: 'To print again, download this same file. No new labels are counted.',
  },
  another: { vi: 'In đợt mới của lô này', en: 'A new run of this batch' },
  factPaper: { vi: 'Khổ tem', en: 'Label paper' },
  factCount: { vi: 'Số tem', en: 'Labels' },
  factStart: { vi: 'Bắt đầu từ tem số', en: 'Starts at label' },
  factCode: { vi: 'Mã trên tem', en: 'Code on the label' },
  factBy: { vi: 'Người in', en: 'Printed by' },
  factAt: { vi: 'Lúc', en: 'When' },
  factLanguage: { vi: 'Chữ trên tem', en: 'Language' },
  factKind: { vi: 'Loại tem', en: 'Kind of label' },
  factCalibration: { vi: 'Căn chỉnh', en: 'Calibration' },
  factReason: { vi: 'Lý do in thêm', en: 'Why more' },
  batchLevel: { vi: 'mọi tem của lô chung một mã', en: 'one code for all labels of the batch' },
  balanceTitle: { vi: 'Đối chiếu của lô', en: 'The batch’s account' },
  balance: {
    vi: (v: { printed: string; packs: string; left: string }) =>
      `Đến đợt này đã in ${v.printed} tem cho ${v.packs}: ${v.left}.`,
    en: (v: { printed: string; packs: string; left: string }) =>
      `Up to this run, ${v.printed} labels for ${v.packs}: ${v.left}.`,
  },
  balanceOver: {
    vi: (v: { more: string }) => `nhiều hơn số gói ${v.more} tem`,
    en: (v: { more: string }) => `${v.more} labels more than packs`,
  },
  balanceUnknown: {
    vi: (v: { printed: string }) => `Đến đợt này đã in ${v.printed} tem; lô chưa ghi số gói.`,
    en: (v: { printed: string }) =>
      `Up to this run, ${v.printed} labels; the batch’s packs are not recorded.`,
  },
} satisfies Strings;
