import type { Strings } from '../../platform/i18n.ts';

/** Words of a cooperative's own pages about its certificates. */
export const workCertificateStrings = {
  listTitle: { vi: 'Chứng nhận', en: 'Certificates' },
  listLead: {
    vi: 'Trang của mỗi tem cho thấy chứng nhận nào phủ sản phẩm đó và còn hiệu lực hay không, tính đến ngày xem.',
    en: 'The page of each label shows which certificates cover the product and whether they are valid that day.',
  },
  add: { vi: 'Thêm chứng nhận', en: 'Add a certificate' },
  managerOnly: {
    vi: 'Bạn xem được mọi mục. Chỉ người quản lý của hợp tác xã mới thêm và rút chứng nhận.',
    en: 'You can see everything. Only a manager of the cooperative adds and withdraws certificates.',
  },
  notActive: {
    vi: 'Hợp tác xã đang chờ liên minh duyệt. Duyệt xong là thêm được chứng nhận.',
    en: 'The cooperative waits for the union’s approval. After that, certificates can be added.',
  },
  emptyTitle: { vi: 'Chưa có chứng nhận nào', en: 'No certificates yet' },
  emptySentence: {
    vi: 'VietGAP, hữu cơ, HACCP, ISO 22000… Khai số, nơi cấp và thời hạn; kèm bản chụp thì người mua tin hơn. Sắp hết hạn, trang này nhắc trước 30 ngày.',
    en: 'VietGAP, organic, HACCP, ISO 22000… Enter number, issuer and term; with a copy buyers believe it more. This page reminds you 30 days before one ends.',
  },
  valid: { vi: 'còn hiệu lực', en: 'valid' },
  soon: {
    vi: (v: { days: string }) => `còn ${v.days} ngày`,
    en: (v: { days: string }) => `${v.days} days left`,
  },
  lastDay: { vi: 'hôm nay là ngày cuối', en: 'today is its last day' },
  lapsed: { vi: 'hết hiệu lực', en: 'lapsed' },
  notYet: { vi: 'chưa có hiệu lực', en: 'not yet valid' },
  numberLine: {
    vi: (v: { number: string; issuer: string }) => `Số ${v.number}, ${v.issuer} cấp`,
    en: (v: { number: string; issuer: string }) => `No. ${v.number}, issued by ${v.issuer}`,
  },
  term: {
    vi: (v: { from: string; to: string }) => `Từ ${v.from} đến ${v.to}`,
    en: (v: { from: string; to: string }) => `From ${v.from} to ${v.to}`,
  },
  coversAll: { vi: 'Cho mọi sản phẩm', en: 'For all products' },
  covers: { vi: (v: { names: string }) => `Cho ${v.names}`, en: (v: { names: string }) => `For ${v.names}` },
  file: { vi: 'Xem bản chụp', en: 'See the copy' },
  withdraw: { vi: 'Rút lại', en: 'Withdraw' },
  renew: { vi: 'Khai bản mới', en: 'Enter the new one' },
  withdrawnTitle: { vi: 'Đã rút lại', en: 'Withdrawn' },
  withdrawnLine: {
    vi: (v: { at: string; reason: string }) => `Rút lúc ${v.at}: ${v.reason}`,
    en: (v: { at: string; reason: string }) => `Withdrawn ${v.at}: ${v.reason}`,
  },

  newTitle: { vi: 'Thêm chứng nhận', en: 'Add a certificate' },
  newLead: {
    vi: 'Khai đúng như trên giấy. Chứng nhận đã khai thì không sửa; khai nhầm thì rút lại rồi khai bản đúng.',
    en: 'Enter what the paper says. A certificate is never edited: a mistaken one is withdrawn and the right one entered.',
  },
  back: { vi: 'Chứng nhận', en: 'Certificates' },
  paperLegend: { vi: 'Trên giấy ghi', en: 'What the paper says' },
  standard: { vi: 'Tiêu chuẩn', en: 'Standard' },
  standardHint: {
    vi: 'Ví dụ VietGAP, TCVN 11041-2:2017, HACCP',
    en: 'For example VietGAP, TCVN 11041-2:2017, HACCP',
  },
  number: { vi: 'Số chứng nhận', en: 'Certificate number' },
  issuer: { vi: 'Nơi cấp', en: 'Issuer' },
  issuedOn: { vi: 'Ngày cấp', en: 'Issued on' },
  expiresOn: { vi: 'Ngày hết hạn', en: 'Valid until' },
  coverLegend: { vi: 'Phủ những gì', en: 'What it covers' },
  products: { vi: 'Sản phẩm', en: 'Products' },
  productsHint: {
    vi: 'Không chọn sản phẩm nào: chứng nhận phủ cả hợp tác xã.',
    en: 'None ticked: it covers the whole cooperative.',
  },
  fileLabel: { vi: 'Bản chụp hoặc bản quét', en: 'A photo or scan of it' },
  fileHint: {
    vi: 'PDF, JPEG, PNG hoặc WebP, nhiều nhất 12 MB. Ai cũng xem được; che thông tin riêng trước khi chụp.',
    en: 'PDF, JPEG, PNG or WebP, at most 12 MB. Everyone can see it; cover what is private first.',
  },
  save: { vi: 'Lưu chứng nhận', en: 'Save the certificate' },
  cancel: { vi: 'Thôi', en: 'Cancel' },

  withdrawTitle: { vi: 'Rút lại chứng nhận', en: 'Withdraw a certificate' },
  withdrawNow: { vi: 'Điều sẽ xảy ra', en: 'What will happen' },
  withdrawWhat: {
    vi: 'Chứng nhận này biến khỏi mọi trang công khai ngay lập tức, kể cả trang của tem đã dán. Bản ghi và lý do được giữ lại cho hợp tác xã và liên minh. Không hoàn tác được; muốn có lại thì khai lại.',
    en: 'This certificate leaves every public page at once, also those of labels already on the shelf. The record and the reason are kept for the cooperative and its union. It cannot be undone; to have it back, enter it again.',
  },
  reason: { vi: 'Vì sao rút lại', en: 'Why' },
  reasonHint: {
    vi: 'Ví dụ: khai nhầm số, bị thu hồi',
    en: 'For example: a wrong number, taken back by the issuer',
  },
  withdrawSubmit: { vi: 'Rút lại chứng nhận này', en: 'Withdraw this certificate' },
  doneAdded: { vi: 'Đã lưu chứng nhận', en: 'The certificate was saved' },
  doneWithdrawn: { vi: 'Đã rút lại chứng nhận', en: 'The certificate was withdrawn' },
} satisfies Strings;
