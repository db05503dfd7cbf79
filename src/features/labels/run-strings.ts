import type { Strings } from '../../platform/i18n.ts';

/** Words of a print run's own page, of its downloads and of its reprints. */
export const runStrings = {
  runTitle: {
    vi: (v: { run: string; lot: string }) => `Đợt in ${v.run} · lô ${v.lot}`,
    en: (v: { run: string; lot: string }) => `Print run ${v.run} · lot ${v.lot}`,
  },
  backToList: { vi: 'Mọi đợt in', en: 'All print runs' },
  donePrinted: { vi: 'Đã tạo tem', en: 'The labels are ready' },
  donePrintedMore: {
    vi: 'Tải tệp, in ở cỡ thật (100 %), rồi quét thử một tem.',
    en: 'Download the file, print it at actual size (100 %), then scan one label to try.',
  },
  doneReprinted: {
    vi: (v: { number: string }) => `Đã ghi lần in lại ${v.number}`,
    en: (v: { number: string }) => `Reprint ${v.number} is recorded`,
  },
  doneReprintedMore: {
    vi: 'Tải tệp của lần in lại ở dưới. Mã trên tem vẫn là mã cũ.',
    en: 'Download the reprint’s file below. The codes on the labels are the same.',
  },

  doneVoided: { vi: 'Đã hủy tem', en: 'The labels are void' },
  doneVoidedMore: {
    vi: 'Được in bù bấy nhiêu tem. Bản ghi đứng ở phần “Sau khi in”.',
    en: 'As many may be printed in their place. The record stands under “After printing”.',
  },
  voidLink: { vi: 'Hủy tem hỏng hoặc mất', en: 'Void damaged or lost labels' },
  voidName: {
    vi: (v: { count: string }) => `Hủy ${v.count} tem`,
    en: (v: { count: string }) => (v.count === '1' ? '1 label voided' : `${v.count} labels voided`),
  },
  voidNumbers: {
    vi: (v: { numbers: string; count: string }) => `Tem số ${v.numbers}`,
    en: (v: { numbers: string; count: string }) =>
      v.count === '1' ? `Label ${v.numbers}` : `Labels ${v.numbers}`,
  },
  unitLevel: { vi: 'mỗi tem một mã riêng', en: 'a code of its own on each label' },
  filesTitle: { vi: 'Tệp để in', en: 'Files to print' },
  pdf: { vi: 'Tải PDF để in', en: 'Download the PDF' },
  csv: { vi: 'CSV cho nhà in', en: 'CSV for a print shop' },
  csvAbout: { vi: 'mỗi tem một dòng, mở được bằng Excel', en: 'a row per label, opens in Excel' },
  zpl: { vi: 'ZPL cho máy in Zebra', en: 'ZPL for Zebra printers' },
  tspl: { vi: 'TSPL cho máy in TSC, Xprinter', en: 'TSPL for TSC and Xprinter printers' },
  thermalAbout: { vi: 'gửi thẳng tới máy in nhiệt', en: 'sent straight to a thermal printer' },
  zip: { vi: 'Hình từng tem (ZIP)', en: 'A picture of each label (ZIP)' },
  zipAbout: { vi: 'mỗi tem một hình, cho người thiết kế bao bì', en: 'for whoever designs the package' },
  again: {
    vi: 'Tải lại bao nhiêu lần cũng đúng tệp này, không phát sinh tem mới.',
    en: 'However often it is downloaded, it is the same file; no new labels come of it.',
  },

  loading: { vi: 'Đang tải {name}', en: 'Downloading {name}' },
  loadingPart: {
    vi: '{done} trong {total} · {rate}/giây · còn {left}',
    en: '{done} of {total} · {rate}/s · {left} left',
  },
  loadingSome: { vi: 'đã có {done} · {rate}/giây', en: '{done} so far · {rate}/s' },
  loadingLabels: {
    vi: '{done} trong {total} tem · {rate} tem/giây · còn {left} · {size}',
    en: '{done} of {total} labels · {rate} a second · {left} left · {size}',
  },
  loadingStart: { vi: 'Máy chủ đang chuẩn bị tệp…', en: 'The server is making the file…' },
  loadingBroken: {
    vi: 'Mất kết nối. Đã giữ {done}; đang nối lại…',
    en: 'The connection broke. {done} is kept; trying again…',
  },
  loadingLost: {
    vi: 'Không nối lại được. Đã giữ {done}: khi có mạng, bấm Tải tiếp.',
    en: 'There is no connection. {done} is kept: when you are online, press Continue.',
  },
  loadingRefused: { vi: 'Không tải được: {reason}', en: 'It cannot be downloaded: {reason}' },
  loadingDone: { vi: 'Đã tải xong {name} ({total})', en: '{name} is downloaded ({total})' },
  loadingCancelled: { vi: 'Đã dừng tải', en: 'The download is stopped' },
  loadingFull: {
    vi: 'Máy không còn chỗ lưu tệp này. Hãy dọn bớt rồi bấm Tải tiếp.',
    en: 'There is no room for this file. Make some, then press Continue.',
  },
  cancel: { vi: 'Dừng tải', en: 'Stop' },
  resume: { vi: 'Tải tiếp', en: 'Continue' },
  direct: {
    vi: 'Không lưu được? Mở tệp theo cách thường',
    en: 'It is not saved? Open the file the plain way',
  },
  seconds: { vi: '{n} giây', en: '{n} s' },
  minutes: { vi: '{n} phút', en: '{n} min' },

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
  vietnamese: { vi: 'Tiếng Việt', en: 'Vietnamese' },
  english: { vi: 'Tiếng Anh', en: 'English' },
  kindTrace: { vi: 'Tem truy xuất nguồn gốc', en: 'Trace label' },
  kindGoods: { vi: 'Nhãn hàng hóa, đủ mục bắt buộc', en: 'Goods label, with all that is mandatory' },
  labelAlt: {
    vi: (v: { text: string }) => `Hình một tem: ${v.text}`,
    en: (v: { text: string }) => `Picture of one label: ${v.text}`,
  },
  aboutTitle: { vi: 'Đã in gì', en: 'What was printed' },
  next: { vi: 'Việc tiếp theo', en: 'What next' },
  reprintLink: { vi: 'In lại tem hỏng hoặc thiếu', en: 'Print spoiled or missing labels again' },
  another: { vi: 'In đợt mới của lô này', en: 'A new run of this batch' },
  runsOfBatch: { vi: 'Mọi đợt in của lô', en: 'All print runs of the batch' },

  historyTitle: { vi: 'Sau khi in', en: 'After printing' },
  historyNone: {
    vi: 'Chưa in lại và chưa hủy tem nào của đợt này.',
    en: 'Nothing of this run has been printed again or voided.',
  },
  historyOlder: { vi: 'Các lần cũ hơn', en: 'Older entries' },
  reprintName: {
    vi: (v: { number: string }) => `In lại ${v.number}`,
    en: (v: { number: string }) => `Reprint ${v.number}`,
  },
  labelsFromTo: {
    vi: (v: { from: string; to: string; count: string }) =>
      v.from === v.to ? `Tem số ${v.from}` : `Tem số ${v.from}–${v.to} (${v.count} tem)`,
    en: (v: { from: string; to: string; count: string }) =>
      v.from === v.to ? `Label ${v.from}` : `Labels ${v.from}–${v.to} (${v.count} labels)`,
  },
  reprintedBy: {
    vi: (v: { by: string; at: string }) => `${v.by}, ${v.at}`,
    en: (v: { by: string; at: string }) => `${v.by}, ${v.at}`,
  },

  reprintTitle: {
    vi: (v: { run: string; lot: string }) => `In lại · đợt\u00a0${v.run}, lô\u00a0${v.lot}`,
    en: (v: { run: string; lot: string }) => `Print again · run ${v.run}, lot ${v.lot}`,
  },
  reprintLead: {
    vi: 'Cùng những tem ấy, cùng mã cũ, thay cho tem kẹt giấy hay in mờ. Không tính là tem mới.',
    en: 'The same labels with the same codes, in place of jammed or faint ones. They do not count as new.',
  },
  reprintBack: {
    vi: (v: { run: string }) => `Đợt in ${v.run}`,
    en: (v: { run: string }) => `Print run ${v.run}`,
  },
  from: { vi: 'Từ tem số', en: 'From label' },
  to: { vi: 'Đến tem số', en: 'To label' },
  rangeHint: {
    vi: (v: { count: string }) => `Đợt này có tem số 1–${v.count}.`,
    en: (v: { count: string }) => `This run has labels 1–${v.count}.`,
  },
  rangeHintSheets: {
    vi: (v: { count: string; first: string; each: string }) =>
      `Đợt này có tem số 1–${v.count}: tờ đầu là tem 1–${v.first}, mỗi tờ sau ${v.each} tem.`,
    en: (v: { count: string; first: string; each: string }) =>
      `This run has labels 1–${v.count}: the first sheet 1–${v.first}, each later one ${v.each}.`,
  },
  reprintReason: { vi: 'Vì sao in lại', en: 'Why again' },
  reprintReasonHint: {
    vi: 'Ví dụ: kẹt giấy, in mờ, tem ướt.',
    en: 'For example a paper jam, faint print, wet labels.',
  },
  reprintSubmit: { vi: 'In lại các tem này', en: 'Print these labels again' },
  reprintSubmitCount: {
    vi: (v: { count: string }) => `In lại ${v.count} tem`,
    en: (v: { count: string }) => (v.count === '1' ? 'Print 1 label again' : `Print ${v.count} labels again`),
  },
  reprintBad: {
    vi: 'Tem rách, mất hay nghi bị lấy cắp thì hủy, không in lại: mã cũ vẫn dùng được.',
    en: 'Labels that are lost or may be stolen should be voided, not printed again: their codes still work.',
  },

  balanceTitle: { vi: 'Đối chiếu của lô', en: 'The batch’s account' },
  leftOut: {
    vi: (v: { numbers: string; count: string }) => `Bỏ ra ${v.count} tem đã hủy: số ${v.numbers}.`,
    en: (v: { numbers: string; count: string }) =>
      v.count === '1'
        ? `Void label ${v.numbers} is left out.`
        : `${v.count} void labels are left out: ${v.numbers}.`,
  },
  fileHasVoid: {
    vi: (v: { count: string }) =>
      `Tệp gốc vẫn có ${v.count} tem đã hủy: đừng dán. Cần tờ in không có chúng thì dùng “In lại”.`,
    en: (v: { count: string }) =>
      `The file still has ${v.count} void ${v.count === '1' ? 'label' : 'labels'}: do not stick them on. Printing again leaves them out.`,
  },

  proofRead: { vi: 'Đã đọc thử trước khi cho in', en: 'Read before it may be printed' },
  proofMore: {
    vi: (v: { labels: string; dpi: string; at: string }) =>
      `Máy chủ đã vẽ ${v.labels} tem của đợt như máy in ${v.dpi} dpi in ra, rồi đọc lại đúng cả ${v.labels} (${v.at}).`,
    en: (v: { labels: string; dpi: string; at: string }) =>
      `The server drew ${v.labels} of its labels as a ${v.dpi} dpi printer prints them and read all of them back (${v.at}).`,
  },
  proofWaits: { vi: 'Chưa đọc thử', en: 'Not read yet' },
  proofWaitsMore: {
    vi: 'Trước lần tải đầu tiên, máy chủ vẽ và đọc thử vài tem; tem không đọc được thì không cho in.',
    en: 'Before the first download the server draws and reads some labels; what does not read is not printed.',
  },
  unreadTitle: { vi: 'Chưa cho in: tem không đọc được', en: 'Not released: a label does not read' },
  unread: {
    vi: (v: { number: string; dpi: string; at: string }) =>
      `Máy chủ vẽ thử tem số ${v.number} như máy in ${v.dpi} dpi in ra và không đọc lại được mã (${v.at}).`,
    en: (v: { number: string; dpi: string; at: string }) =>
      `The server drew label ${v.number} as a ${v.dpi} dpi printer prints it and could not read its code back (${v.at}).`,
  },
  unreadNext: {
    vi: 'Hãy báo người vận hành hệ thống. Cần tem ngay: quản lý hủy các tem của đợt này rồi in đợt mới trên tem lớn hơn.',
    en: 'Please tell whoever runs the system. If labels are needed now, a manager voids those of this run and prints a new one on larger labels.',
  },
  retiredTitle: { vi: 'Đợt này không in lại được nữa', en: 'This run cannot be printed any more' },
  retired: {
    vi: 'Mọi lô in cùng khóa với đợt này đã hết hạn, nên khóa tạo mã đã nghỉ. Hồ sơ của đợt vẫn giữ nguyên.',
    en: 'Every batch printed with its key has expired, so the key that makes its codes is retired. The record stays.',
  },
  retiredNext: {
    vi: 'Cần tem cho lô này thì in một đợt mới.',
    en: 'For labels of this batch, print a new run.',
  },
  retiredEnd: {
    vi: 'Hàng đang bán thuộc lô khác: hãy in tem từ lô ấy.',
    en: 'Goods on sale are of another batch: print labels of that one.',
  },
} satisfies Strings;
