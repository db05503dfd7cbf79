import type { Bilingual } from '../../platform/i18n.ts';
import type { ProblemCode } from '../../platform/problem.ts';

/** What each problem means and what a person or a program should do about it, for `/problems/{code}`. */
export const PROBLEM_MEANINGS = {
  malformed: {
    vi:
      'Máy chủ không đọc được yêu cầu: JSON sai cú pháp, tệp gửi bị đứt, hoặc một tiêu đề có giá trị ' +
      'lạ. Hãy gửi lại đúng dạng.',
    en:
      'The server could not read the request: broken JSON, a file cut off, or a header with an odd ' +
      'value. Send it again in the right form.',
  },
  'sign-in-first': {
    vi:
      'Việc này cần đăng nhập. Chương trình gửi tiêu đề Authorization: Bearer với mã truy cập nhận được ' +
      'khi đăng nhập.',
    en:
      'This needs a sign-in. A program sends the header Authorization: Bearer with the access token of ' +
      'a sign-in.',
  },
  'sign-in-failed': {
    vi:
      'Tên đăng nhập hoặc mật khẩu chưa đúng. Thông báo này giống nhau cho cả hai, để không ai dò được ' +
      'tài khoản.',
    en:
      'The user name or the password is not right. The answer is the same for both, so that nobody can ' +
      'find out accounts.',
  },
  'token-invalid': {
    vi: 'Mã truy cập hết hạn, đã dùng hoặc không do máy chủ này cấp. Hãy làm mới hoặc đăng nhập lại.',
    en: 'The token has expired, was used up, or is not one of this server. Refresh it or sign in again.',
  },
  'not-allowed': {
    vi:
      'Tài khoản này thấy được mục đó nhưng vai trò của nó không cho phép làm việc này. Hãy hỏi người ' +
      'quản lý.',
    en: 'This account may see the thing, but its role may not do this. Ask the manager.',
  },
  'form-expired': {
    vi: 'Biểu mẫu mở quá lâu hoặc đến từ trang khác. Hãy tải lại trang rồi gửi lại.',
    en: 'The form was open too long or came from another site. Reload the page and send it again.',
  },
  'organization-not-active': {
    vi:
      'Hợp tác xã còn chờ liên minh tỉnh duyệt, hoặc đã bị từ chối. Trước khi được duyệt thì chưa đăng ' +
      'sản phẩm và in tem được.',
    en:
      'The cooperative still waits for its union’s approval, or was rejected. Until then it has no ' +
      'products and no labels.',
  },
  'not-found': {
    vi:
      'Không có gì ở địa chỉ này, hoặc có nhưng thuộc về đơn vị khác: với người ngoài hai trường hợp ' +
      'trông như nhau.',
    en:
      'There is nothing at this address, or it belongs to another organisation: from outside the two ' +
      'look alike.',
  },
  'method-not-allowed': {
    vi:
      'Địa chỉ này có, nhưng không nhận phương thức đã dùng. Tiêu đề Allow kể những phương thức dùng ' +
      'được.',
    en: 'The address exists, but does not take this method. The header Allow lists those that it takes.',
  },
  'already-exists': {
    vi:
      'Một giá trị phải là duy nhất đã có người dùng, ví dụ mã số mã vạch hay thư điện tử. errors chỉ ' +
      'ra mục nào.',
    en:
      'A value that must be unique is in use, such as a barcode number or an e-mail address. errors ' +
      'names the field.',
  },
  'lot-already-exists': {
    vi: 'Sản phẩm này đã có lô mang số đó (không phân biệt chữ hoa, chữ thường). Hãy chọn số lô khác.',
    en: 'The product has a batch of this lot number already, in whatever case. Choose another number.',
  },
  'already-decided': {
    vi: 'Người khác đã duyệt hoặc từ chối trước. Quyết định đó giữ nguyên.',
    en: 'Somebody approved or rejected it before. That decision stands.',
  },
  'changed-meanwhile': {
    vi: 'Trong lúc bạn sửa, người khác đã lưu. Hãy tải lại để thấy bản mới rồi sửa tiếp.',
    en: 'Somebody else saved while you were editing. Reload to see the new version, then change it.',
  },
  'batch-closed': {
    vi: 'Lô đã chốt: không ghi thêm việc và không in thêm tem. Đính chính việc đã ghi thì vẫn được.',
    en:
      'The batch is closed: it takes no further events and no labels. Events on record can still be ' +
      'corrected.',
  },
  'already-corrected': {
    vi: 'Sự kiện này đã được rút lại hoặc đính chính. Bản gốc vẫn đọc được.',
    en: 'The event was withdrawn or corrected before. The original stays readable.',
  },
  'request-under-way': {
    vi: 'Yêu cầu cùng Idempotency-Key đang được xử lý. Hãy thử lại sau số giây trong Retry-After.',
    en: 'A request of the same Idempotency-Key is under way. Try again after the seconds in Retry-After.',
  },
  'too-large': {
    vi: 'Nội dung hoặc tệp lớn hơn mức nhận. Hãy gửi ảnh nhỏ hơn hoặc chia danh sách ra.',
    en: 'The content or file is larger than the server takes. Send a smaller picture or split the list.',
  },
  'media-type': {
    vi: 'Máy chủ nhận JSON (application/json), và ở nơi gửi tệp là multipart/form-data.',
    en: 'The server takes JSON (application/json) and, where a file is sent, multipart/form-data.',
  },
  invalid: {
    vi:
      'Một hay vài mục chưa đúng. errors chỉ từng mục (pointer theo RFC 6901, hoặc ?tên của truy vấn) ' +
      'và cách sửa. Chưa có gì bị thay đổi.',
    en:
      'One or more fields are not right. errors points at each (RFC 6901, or ?name of the query) and ' +
      'says what to mend. Nothing was changed.',
  },
  'idempotency-key-reused': {
    vi: 'Idempotency-Key này đã đi với một nội dung khác. Mỗi việc mới cần một khóa mới.',
    en: 'This Idempotency-Key came before with another body. Every new request needs a new key.',
  },
  'not-enough': {
    vi: 'Lô nguyên liệu không còn đủ số lượng yêu cầu. Câu trả lời nói còn bao nhiêu.',
    en: 'The batch to take from has less left than was asked for. The answer says how much is left.',
  },
  'label-does-not-fit': {
    vi: 'Nội dung dài hơn chỗ trên tem này. Hãy chọn tem lớn hơn hoặc rút gọn tên.',
    en: 'The content is longer than this label has room for. Choose a larger label or a shorter name.',
  },
  'label-incomplete': {
    vi: 'Nhãn thiếu mục mà luật bắt buộc. errors kể từng mục và nơi bổ sung.',
    en: 'The label lacks what the law demands. errors lists each item and where to add it.',
  },
  'packs-unknown': {
    vi: 'Mã riêng cho từng gói chỉ cấp đúng bằng số gói của lô. Hãy ghi số gói của lô rồi in lại.',
    en: 'Codes of their own are given out by the pack. State the packs of the batch, then print.',
  },
  'too-many-labels': {
    vi: 'Số tem đang lưu hành không được vượt số gói của lô. Câu trả lời nói còn in được bao nhiêu.',
    en:
      'Labels in circulation never exceed the packs of the batch. The answer says how many are left to ' +
      'print.',
  },
  'too-many-requests': {
    vi: 'Có quá nhiều lần thử trong thời gian ngắn. Hãy đợi số giây trong Retry-After.',
    en: 'There were too many tries in a short time. Wait for the seconds in Retry-After.',
  },
  'invitation-closed': {
    vi: 'Lời mời đã được dùng, đã bị rút lại hoặc quá hạn. Hãy xin người mời một lời mời mới.',
    en: 'The invitation was used, taken back or has expired. Ask whoever invited you for a new one.',
  },
  'last-in-charge': {
    vi: 'Đơn vị luôn cần ít nhất một người phụ trách. Hãy giao quyền cho người khác trước.',
    en: 'An organisation always needs somebody in charge. Hand the role to another person first.',
  },
  internal: {
    vi:
      'Lỗi ở phía máy chủ và đã được ghi lại dưới mã sự cố. Thử lại với cùng Idempotency-Key thì không ' +
      'tạo gì hai lần.',
    en:
      'The fault is the server’s and was recorded under the incident’s id. A retry with the same ' +
      'Idempotency-Key makes nothing twice.',
  },
  'labels-do-not-read': {
    vi: 'Trước khi cho tải, máy chủ đọc thử một số tem của đợt in; một tem không đọc được thì cả đợt dừng lại.',
    en: 'Before a run can be downloaded the server reads some of its labels; one that does not read stops the run.',
  },
  'needs-roll': {
    vi: 'ZPL và TSPL là ngôn ngữ của máy in nhiệt dùng tem cuộn. Với tem tờ, hãy tải tệp PDF.',
    en: 'ZPL and TSPL are the languages of thermal printers, which take rolls. Of sheets, download the PDF.',
  },
  'key-retired': {
    vi:
      'Khóa làm ra mã của đợt in đã nghỉ vì mọi lô in bằng nó đã hết hạn. Đợt in vẫn còn trong sổ nhưng tem ' +
      'không tạo lại được.',
    en:
      'The key that made the codes of the run is retired, because every batch printed with it has expired. The ' +
      'run stays on record, but its labels cannot be made again.',
  },
  busy: {
    vi: 'Máy chủ đang tạo nhiều tệp tem cùng lúc. Thử lại sau thời gian nêu trong Retry-After.',
    en: 'The server is making many files of labels at once. Try again after the time in Retry-After.',
  },
  'not-ready': {
    vi: 'Cơ sở dữ liệu chưa trả lời hoặc không ghi được. Hãy thử lại sau thời gian nêu trong Retry-After.',
    en: 'The database does not answer, or takes no writes. Try again after the time in Retry-After.',
  },
} as const satisfies Readonly<Record<ProblemCode, Bilingual>>;
