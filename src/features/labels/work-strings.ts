import type { Strings } from '../../platform/i18n.ts';

/** Words of the label pages in the workplace. */
export const labelWorkStrings = {
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
  codes: { vi: 'Mã trên tem', en: 'Codes on the labels' },
  codesUnit: { vi: 'Mỗi gói một mã', en: 'A code for each pack' },
  codesUnitAbout: {
    vi: 'Tem nói về riêng từng gói, tem hỏng hủy được từng cái. Không bao giờ nhiều hơn số gói.',
    en: 'A label speaks of its one pack, and a damaged one can be voided. Never more than there are packs.',
  },
  codesUnitUnknown: {
    vi: 'Cần số gói của lô: ghi số gói ở trang của lô trước.',
    en: 'It needs the number of packs: enter it on the batch’s page first.',
  },
  codesBatch: { vi: 'Cả lô một mã', en: 'One code for the batch' },
  codesBatchAbout: {
    vi: 'Mọi tem giống nhau, in bao nhiêu cũng được, kể cả photo. Không phát hiện được tem sao chép.',
    en: 'All labels are the same, even a photocopy works. Copies cannot be told apart.',
  },
  leftMost: {
    vi: (v: { packs: string; most: string }) => `Lô này còn ${v.packs} chưa có tem. In nhiều nhất ${v.most}.`,
    en: (v: { packs: string; most: string }) =>
      `${v.packs} of this batch lack a label. Print ${v.most} at most.`,
  },
  leftMostOwn: {
    vi: (v: { packs: string; most: string }) =>
      `Lô này còn ${v.packs} chưa có mã riêng. In nhiều nhất ${v.most}.`,
    en: (v: { packs: string; most: string }) =>
      `${v.packs} of this batch lack a code of their own. Print ${v.most} at most.`,
  },
  leftNone: { vi: 'Mọi gói của lô này đã có tem.', en: 'Every pack of this batch has a label.' },
  leftUnknown: {
    vi: 'Lô chưa ghi số gói: nhập số tem cần in.',
    en: 'The batch’s packs are not recorded: enter how many labels you need.',
  },
  fillSheets: { vi: 'Cho đầy tờ', en: 'Fill the sheet' },
  useLayout: { vi: 'Dùng mẫu “{layout}”', en: 'Use the layout “{layout}”' },
  fillLeft: { vi: 'Tất cả còn lại', en: 'All that is left' },
  numbered: { vi: 'Số thứ tự gói', en: 'Pack number' },
  numberedHint: { vi: 'Chỉ với mỗi gói một mã.', en: 'Only with a code for each pack.' },
  numberedNo: { vi: 'Không in', en: 'Not printed' },
  numberedYes: { vi: 'In trên tem, ví dụ 12 trong 940', en: 'On the label, for example 12 of 940' },
  order: { vi: 'Thứ tự mã', en: 'Order of the codes' },
  orderHint: { vi: 'Chỉ với mỗi gói một mã.', en: 'Only with a code for each pack.' },
  orderPlain: { vi: 'Theo số thứ tự', en: 'By number' },
  orderShuffled: {
    vi: 'Xáo trộn, cho nhà in: tem liền nhau không liền số',
    en: 'Shuffled, for a print shop: neighbours are no neighbours in number',
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
    vi: 'Tờ dùng dở: chạm vào tem đầu tiên còn trống (hoặc dùng phím mũi tên) để bắt đầu từ đó.',
    en: 'A part-used sheet: touch its first free label, or use the arrow keys, to start there.',
  },
  placeName: { vi: 'Tem số {n}', en: 'Label {n}' },
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

  layout: { vi: 'Mẫu nhãn', en: 'Layout' },
  printer: { vi: 'Máy in', en: 'Printer' },
  printerHint: {
    vi: 'Dùng độ lệch đã lưu của máy. Số nhập bên dưới thì thay cho số đã lưu.',
    en: 'Uses what is kept of the printer. Numbers entered below count instead.',
  },
  noPrinter: { vi: 'Không chọn', en: 'None' },
  sizeOwn: { vi: 'Khổ của hợp tác xã', en: 'The cooperative’s own' },
  sizeLarge: { vi: 'Tờ A4 · tem to', en: 'A4 · large labels' },
  sizeMiddle: { vi: 'Tờ A4 · tem vừa', en: 'A4 · middle-sized labels' },
  sizeSmall: { vi: 'Tờ A4 · tem nhỏ', en: 'A4 · small labels' },
  sizeRound: { vi: 'Tem tròn', en: 'Round labels' },
  sizeLetter: { vi: 'Tờ khổ khác', en: 'Other sheets' },
  sizeRoll: { vi: 'Cuộn cho máy in nhiệt', en: 'Rolls for thermal printers' },
} satisfies Strings;
