import type { Language, Text, Bilingual } from './i18n.ts';

/** The closed table of everything that can go wrong in a way that a client is told: code → status and title. */
export const PROBLEMS = {
  malformed: { status: 400, title: { vi: 'Yêu cầu không đọc được', en: 'The request cannot be read' } },
  'sign-in-first': {
    status: 401,
    title: { vi: 'Vui lòng đăng nhập để tiếp tục', en: 'Please sign in to continue' },
  },
  'sign-in-failed': {
    status: 401,
    title: { vi: 'Tên đăng nhập hoặc mật khẩu chưa đúng', en: 'The user name or password is not right' },
  },
  'token-invalid': {
    status: 401,
    title: { vi: 'Phiên đăng nhập không còn hiệu lực', en: 'This sign-in is no longer valid' },
  },
  'not-allowed': {
    status: 403,
    title: { vi: 'Bạn chưa được phân quyền làm việc này', en: 'You are not allowed to do this' },
  },
  'form-expired': {
    status: 403,
    title: {
      vi: 'Biểu mẫu đã hết hạn, vui lòng tải lại trang',
      en: 'The form has expired, please reload the page',
    },
  },
  'organization-not-active': {
    status: 403,
    title: { vi: 'Tổ chức chưa được phê duyệt', en: 'The organisation is not approved' },
  },
  'not-found': { status: 404, title: { vi: 'Không tìm thấy', en: 'Not found' } },
  'method-not-allowed': {
    status: 405,
    title: { vi: 'Không dùng được phương thức này ở đây', en: 'This method cannot be used here' },
  },
  'already-exists': { status: 409, title: { vi: 'Đã có rồi', en: 'It exists already' } },
  'lot-already-exists': {
    status: 409,
    title: { vi: 'Số lô này đã dùng cho sản phẩm đó', en: 'This lot number is already in use' },
  },
  'already-decided': {
    status: 409,
    title: { vi: 'Việc này đã được quyết định', en: 'This has been decided already' },
  },
  'invitation-closed': {
    status: 409,
    title: { vi: 'Lời mời không còn dùng được', en: 'The invitation is no longer good' },
  },
  'last-in-charge': {
    status: 409,
    title: { vi: 'Phải còn ít nhất một người quản lý', en: 'At least one person must stay in charge' },
  },
  'changed-meanwhile': {
    status: 409,
    title: { vi: 'Người khác vừa thay đổi mục này', en: 'Someone else has just changed this' },
  },
  'needs-roll': { status: 409, title: { vi: 'Chỉ dùng cho tem cuộn', en: 'For rolls of labels only' } },
  'labels-do-not-read': {
    status: 409,
    title: { vi: 'Tem in ra không đọc được', en: 'The labels do not read' },
  },
  'key-retired': {
    status: 410,
    title: { vi: 'Không tạo lại được tem của đợt in này', en: 'The labels of this run cannot be made again' },
  },
  'batch-closed': { status: 409, title: { vi: 'Lô đã chốt', en: 'The batch is closed' } },
  'already-corrected': {
    status: 409,
    title: { vi: 'Sự kiện này đã được đính chính', en: 'This event has been corrected already' },
  },
  'request-under-way': {
    status: 409,
    title: { vi: 'Yêu cầu này đang được xử lý', en: 'This request is still under way' },
  },
  'too-large': { status: 413, title: { vi: 'Nội dung gửi quá lớn', en: 'The content sent is too large' } },
  'media-type': {
    status: 415,
    title: { vi: 'Kiểu nội dung không được hỗ trợ', en: 'This type of content is not supported' },
  },
  invalid: {
    status: 422,
    title: { vi: 'Có mục cần sửa', en: 'Something needs mending' },
  },
  'idempotency-key-reused': {
    status: 422,
    title: {
      vi: 'Khóa chống lặp đã dùng cho một yêu cầu khác',
      en: 'The idempotency key was used for another request',
    },
  },
  'not-enough': { status: 422, title: { vi: 'Lô không còn đủ', en: 'The batch has not enough left' } },
  'label-does-not-fit': {
    status: 422,
    title: { vi: 'Nội dung không vừa tem', en: 'The content does not fit the label' },
  },
  'label-incomplete': {
    status: 422,
    title: { vi: 'Nhãn còn thiếu mục bắt buộc', en: 'The label lacks a mandatory field' },
  },
  'packs-unknown': {
    status: 422,
    title: { vi: 'Chưa biết số gói của lô', en: 'The packs of the batch are not recorded' },
  },
  'too-many-labels': {
    status: 422,
    title: { vi: 'Nhiều tem hơn số gói của lô', en: 'More labels than the batch has packs' },
  },
  'too-many-requests': {
    status: 429,
    title: { vi: 'Có quá nhiều lần thử', en: 'Too many tries' },
  },
  internal: { status: 500, title: { vi: 'Hệ thống gặp sự cố', en: 'Something went wrong on our side' } },
  busy: {
    status: 503,
    title: { vi: 'Máy chủ đang bận', en: 'The server is busy' },
  },
  'not-ready': { status: 503, title: { vi: 'Hệ thống chưa sẵn sàng', en: 'The service is not ready' } },
} as const satisfies Record<string, { status: number; title: Text }>;

export type ProblemCode = keyof typeof PROBLEMS;

/** One thing to mend. `pointer` is a JSON Pointer (RFC 6901) into the request's body, or `?name` of a query. */
export type FieldError = { readonly pointer: string; readonly detail: Bilingual };

type ProblemOptions = {
  readonly detail?: Bilingual | undefined;
  readonly errors?: readonly FieldError[] | undefined;
  /** Extension members (RFC 9457 §3.2); only what the caller may know. */
  readonly members?: Readonly<Record<string, unknown>> | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
};

/** An expected failure: thrown anywhere below a route, answered in one place. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly options: ProblemOptions;

  constructor(code: ProblemCode, options: ProblemOptions = {}) {
    super(`${code}: ${options.detail?.en ?? options.errors?.[0]?.detail.en ?? PROBLEMS[code].title.en}`);
    this.code = code;
    this.options = options;
  }

  get status(): number {
    return PROBLEMS[this.code].status;
  }

  titleIn(language: Language): string {
    return PROBLEMS[this.code].title[language];
  }
}

/** A problem about one field of the body. */
export function invalidField(pointer: string, detail: Bilingual, code: ProblemCode = 'invalid'): Problem {
  return new Problem(code, { detail, errors: [{ pointer, detail }] });
}

/** The answer's body. Source: RFC 9457 §3.1; `errors` as in its §3 example. */
export function problemBody(
  problem: Problem,
  language: Language,
  place: { readonly publicUrl: string; readonly instance: string },
): Record<string, unknown> {
  const { status, title } = PROBLEMS[problem.code];
  const { detail, errors, members } = problem.options;
  return {
    // First, so that no extension takes the name of a standard member.
    ...members,
    type: `${place.publicUrl}/problems/${problem.code}`,
    title: title[language],
    status,
    detail: detail?.[language] ?? errors?.[0]?.detail[language] ?? title[language],
    instance: place.instance,
    ...(errors === undefined
      ? {}
      : { errors: errors.map((error) => ({ pointer: error.pointer, detail: error.detail[language] })) }),
  };
}
