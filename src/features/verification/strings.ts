import type { Strings } from '../../platform/i18n.ts';

/** Words of the page that checks codes. */
export const verificationStrings = {
  title: { vi: 'Kiểm tra tem', en: 'Check labels' },
  lead: {
    vi: 'Không cần tài khoản. Quét tem bằng máy ảnh, hoặc nhập mã in dưới hình QR.',
    en: 'No account needed. Scan the label with your camera, or type the code under the QR symbol.',
  },
  oneTitle: { vi: 'Một tem', en: 'One label' },
  codeLabel: { vi: 'Mã in dưới hình QR', en: 'The code printed under the QR symbol' },
  codeHint: { vi: '12 hoặc 20 ký tự, chữ hoa hay thường đều được', en: '12 or 20 characters, in any case' },
  codeButton: { vi: 'Xem', en: 'Look up' },
  codeError: {
    vi: 'Mã này không đủ ký tự. Mã có 12 hoặc 20 ký tự.',
    en: 'This code is not complete. Codes have 12 or 20 characters.',
  },
  manyTitle: { vi: 'Nhiều tem một lần', en: 'Many labels at once' },
  manyLabel: { vi: 'Các mã, mỗi dòng một mã', en: 'Codes, one per line' },
  manyHint: {
    vi: (v: { max: string }) => `Nhiều nhất ${v.max} mã.`,
    en: (v: { max: string }) => `At most ${v.max} codes.`,
  },
  shopsHint: {
    vi: (v: { max: string }) => `Nơi bán đã đăng nhập kiểm được ${v.max} mã một lần.`,
    en: (v: { max: string }) => `Shops that signed in can check ${v.max} at once.`,
  },
  noCode: {
    vi: 'Vui lòng nhập hoặc dán ít nhất một mã, hoặc chọn một tệp.',
    en: 'Please enter or paste at least one code, or choose a file.',
  },
  notText: {
    vi: 'Tệp này không phải CSV. Trong bảng tính, chọn “Lưu dưới dạng” rồi “CSV”, và chọn tệp mới.',
    en: 'This is not a CSV file. In the spreadsheet choose “Save as”, then “CSV”, and choose the new file.',
  },
  tooLarge: {
    vi: 'Tệp lớn hơn 1 MB. Vui lòng chỉ giữ cột mã, hoặc chia danh sách làm nhiều tệp.',
    en: 'The file is larger than 1 MB. Please keep only the column of codes, or split the list into several files.',
  },
  /** Of entries that cannot be codes: “Mã thứ 3, 7: Vui lòng nhập không quá 300 ký tự.” */
  entries: {
    vi: (v: { places: string; error: string }) => `Mã thứ ${v.places}: ${v.error}`,
    en: (v: { places: string; error: string }) => `Entry ${v.places}: ${v.error}`,
  },
  /** A pack's own code that comes more than once in a list. */
  repeated: {
    vi: (v: { count: string }) => `Mã của một gói có ở ${v.count} tem`,
    en: (v: { count: string }) => `One pack’s code on ${v.count} labels`,
  },
  repeatedReason: {
    vi: 'Mỗi gói có mã riêng. Vui lòng xem lại các gói này: một gói được quét hai lần, hoặc tem bị sao chép.',
    en: 'Each pack has its own code. Please look at these packs: one was scanned twice, or the label was copied.',
  },
  times: { vi: (v: { count: string }) => `× ${v.count}`, en: (v: { count: string }) => `× ${v.count}` },
  fileLabel: { vi: 'Hoặc một tệp CSV', en: 'Or a CSV file' },
  fileHint: {
    vi: 'Mỗi dòng một tem, có mã hoặc địa chỉ của tem ở cột nào cũng được.',
    en: 'One label a line, with its code or address in any column.',
  },
  download: { vi: 'Tải kết quả (CSV)', en: 'Download the result (CSV)' },
  columnReason: { vi: 'Lý do', en: 'Reason' },
  columnCooperative: { vi: 'Hợp tác xã', en: 'Cooperative' },
  manySubmit: { vi: 'Kiểm tra', en: 'Check' },
  resultTitle: { vi: 'Kết quả', en: 'Result' },
  columnCode: { vi: 'Mã', en: 'Code' },
  columnVerdict: { vi: 'Kết quả', en: 'Answer' },
  columnProduct: { vi: 'Sản phẩm', en: 'Product' },
} satisfies Strings;
