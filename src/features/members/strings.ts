import type { Strings } from '../../platform/i18n.ts';

/** Words of accepting an invitation. */
export const memberStrings = {
  invitationTitle: { vi: 'Lời mời tham gia', en: 'Invitation' },
  invitationSentence: {
    vi: (v: { organization: string; role: string }) => `${v.organization} mời bạn làm ${v.role}.`,
    en: (v: { organization: string; role: string }) => `${v.organization} invites you as ${v.role}.`,
  },
  until: {
    vi: (v: { date: string }) => `Lời mời dùng được đến ${v.date}.`,
    en: (v: { date: string }) => `The invitation is good until ${v.date}.`,
  },
  email: { vi: 'Thư điện tử để đăng nhập', en: 'E-mail to sign in with' },
  name: { vi: 'Họ và tên', en: 'Full name' },
  passwordNew: { vi: 'Đặt mật khẩu', en: 'Choose a password' },
  passwordHint: { vi: 'Ít nhất 10 ký tự', en: 'At least 10 characters' },
  passwordOwn: { vi: 'Mật khẩu của bạn', en: 'Your password' },
  showPassword: { vi: 'Hiện mật khẩu', en: 'Show password' },
  newHint: {
    vi: (v: { email: string }) => `Bạn sẽ đăng nhập bằng ${v.email} và mật khẩu đặt ở đây.`,
    en: (v: { email: string }) => `You will sign in with ${v.email} and the password chosen here.`,
  },
  knownHint: {
    vi: (v: { email: string }) => `${v.email} đã có tài khoản. Nhập mật khẩu của tài khoản đó để nhận lời.`,
    en: (v: { email: string }) => `${v.email} has an account. Give its password to accept.`,
  },
  signedInHint: {
    vi: (v: { name: string }) => `Bạn đang đăng nhập với tên ${v.name}.`,
    en: (v: { name: string }) => `You are signed in as ${v.name}.`,
  },
  otherHint: {
    vi: (v: { name: string; email: string }) =>
      `Máy này đang đăng nhập với tên ${v.name}. Nhận lời xong, máy sẽ chuyển sang tài khoản ${v.email}.`,
    en: (v: { name: string; email: string }) =>
      `This browser is signed in as ${v.name}. After accepting it will be signed in as ${v.email}.`,
  },
  accept: { vi: 'Nhận lời và vào làm việc', en: 'Accept and start' },
  passwordWrong: { vi: 'Mật khẩu này chưa đúng.', en: 'This password is not right.' },
  refusedTitle: { vi: 'Lời mời này không còn dùng được', en: 'This invitation is no longer good' },
  refusedSentence: {
    vi: 'Lời mời đã được dùng hoặc đã quá hạn. Hãy nhờ người mời gửi lại.',
    en: 'It was used before or has run out. Ask whoever invited you to send a new one.',
  },
  signIn: { vi: 'Đăng nhập', en: 'Sign in' },
} satisfies Strings;

/** What a role is called, as in “mời bạn làm …”. */
export const roleNames = {
  officer: { vi: 'cán bộ liên minh', en: 'union officer' },
  manager: { vi: 'người quản lý', en: 'manager' },
  clerk: { vi: 'người ghi chép', en: 'clerk' },
  staff: { vi: 'nhân viên bán lẻ', en: 'shop staff' },
} satisfies Strings;
