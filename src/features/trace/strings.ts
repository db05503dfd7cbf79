import type { Strings } from '../../platform/i18n.ts';

/** Words of the trace page. Verdicts say what this server knows, no more. */
export const traceStrings = {
  genuineTitle: { vi: 'Mã do hệ thống cấp', en: 'Code issued here' },
  genuineSentence: {
    vi: 'Mã chưa bị hủy, chưa thấy dấu hiệu tem bị sao chép.',
    en: 'Not voided, and nothing suggests that its label was copied.',
  },
  genuineBatchSentence: {
    vi: 'Mã này chung cho cả lô, nên không cho biết riêng hộp bạn đang cầm.',
    en: 'The whole batch shares this code, so it cannot tell about your single pack.',
  },
  recalledTitle: { vi: 'Không dùng: đang thu hồi', en: 'Do not use: recalled' },
  recalledSentence: {
    vi: (v: { date: string; reason: string }) => `Lô này bị thu hồi từ ${v.date}: ${v.reason}`,
    en: (v: { date: string; reason: string }) => `This batch has been recalled since ${v.date}: ${v.reason}`,
  },
  expiredTitle: { vi: 'Đã hết hạn sử dụng', en: 'Past its expiry date' },
  expiredSentence: {
    vi: (v: { date: string }) => `Hạn sử dụng là ${v.date}. Vui lòng không sử dụng.`,
    en: (v: { date: string }) => `It expired on ${v.date}. Please do not use it.`,
  },
  suspectTitle: { vi: 'Nghi ngờ tem sao chép', en: 'Possibly a copied label' },
  suspectSentence: {
    vi: (v: { reason: string }) => `Mã có thật, nhưng ${v.reason}. Hãy so bao bì và hỏi nơi bán.`,
    en: (v: { reason: string }) =>
      `The code is real, but it was ${v.reason}. Compare the pack and ask the seller.`,
  },
  soldTitle: { vi: 'Đã bán trước đó', en: 'Already sold' },
  soldSentence: {
    vi: (v: { date: string }) =>
      `Gói mang mã này đã bán ngày ${v.date}. Nếu không phải bạn, hãy hỏi nơi bán.`,
    en: (v: { date: string }) =>
      `The pack with this code was sold on ${v.date}. If not to you, ask the seller.`,
  },
  voidTitle: { vi: 'Tem đã hủy', en: 'Voided label' },
  voidSentence: {
    vi: 'Tem này bị hủy trước khi ra thị trường. Nếu thấy nó trên sản phẩm, xin báo cho chúng tôi.',
    en: 'This label was voided before it reached the market. If it is on a product, please tell us.',
  },
  unknownTitle: { vi: 'Không tìm thấy mã', en: 'Code not found' },
  unknownSentence: {
    vi: 'Hãy so lại từng ký tự. Nếu vẫn không được, tem có thể không do hệ thống này cấp.',
    en: 'Please check each character. If it still fails, the label may not come from this system.',
  },
  scanFirst: {
    vi: 'Bạn là người đầu tiên quét mã này',
    en: 'You are the first to scan this code',
  },
  scanCount: {
    vi: (v: { count: string; first: string }) => `Đã quét ${v.count} lần, lần đầu ${v.first}`,
    en: (v: { count: string; first: string }) => `Scanned ${v.count} times, first on ${v.first}`,
  },
  codeLabel: { vi: 'Mã trên tem', en: 'Code on the label' },
  madeBy: { vi: 'Làm ra bởi', en: 'Made by' },
  madeAt: { vi: 'Tại', en: 'In' },
  wayTitle: { vi: 'Đường đi của sản phẩm', en: 'The way it took' },
  wayEmpty: {
    vi: 'Hợp tác xã chưa ghi việc nào cho lô này.',
    en: 'The cooperative has not recorded any step of this batch yet.',
  },
  corrected: { vi: 'Đã đính chính', en: 'Corrected' },
  showOriginal: { vi: 'Xem bản gốc', en: 'Show the original' },
  photoOf: { vi: (v: { step: string }) => `Ảnh: ${v.step}`, en: (v: { step: string }) => `Photo: ${v.step}` },
  proofOfRecord: { vi: 'Bằng chứng', en: 'Proof' },
  certificatesTitle: { vi: 'Chứng nhận', en: 'Certificates' },
  certificatesEmpty: {
    vi: 'Chưa có chứng nhận nào được khai cho sản phẩm này.',
    en: 'No certificate has been entered for this product.',
  },
  certificateFile: { vi: 'Xem bản chụp', en: 'See the copy' },
  knowsTitle: { vi: 'Trang này biết gì, thiếu gì', en: 'What this page knows and lacks' },
  missing: { vi: 'Còn thiếu:', en: 'Missing:' },
  nothingMissing: { vi: 'Không thiếu mục nào.', en: 'Nothing is missing.' },
  proofTitle: { vi: 'Sổ ghi không sửa được', en: 'A record that cannot be rewritten' },
  factsTitle: { vi: 'Về sản phẩm', en: 'About the product' },
  contactTitle: { vi: 'Hỏi, báo, chia sẻ', en: 'Ask, report, share' },
  call: { vi: 'Gọi hợp tác xã', en: 'Call the cooperative' },
  write: { vi: 'Viết thư', en: 'Write an e-mail' },
  report: { vi: 'Báo tem lạ', en: 'Report this label' },
  shareZalo: { vi: 'Chia sẻ qua Zalo', en: 'Share by Zalo' },
  share: { vi: 'Chia sẻ', en: 'Share' },
  copied: { vi: 'Đã chép đường dẫn', en: 'Link copied' },
  tryAgain: { vi: 'Nhập lại mã trên tem', en: 'Type the code again' },
  unknownAdviceTitle: { vi: 'Vì sao không thấy?', en: 'Why is it not found?' },
  unknownAdvice1: {
    vi: 'Gõ nhầm một ký tự: mã không có chữ I, L, O, U.',
    en: 'One character is mistyped: codes never have the letters I, L, O or U.',
  },
  unknownAdvice2: {
    vi: 'Tem của hệ thống khác: hãy xem địa chỉ in cạnh mã.',
    en: 'The label is from another system: look at the address printed beside the code.',
  },
  unknownAdvice3: {
    vi: 'Tem giả: hãy giữ lại bao bì và hỏi nơi bán.',
    en: 'The label is forged: keep the packaging and ask the seller.',
  },
} satisfies Strings;
