import type { Strings } from '../../platform/i18n.ts';

/** Words of signing in. */
export const accountStrings = {
  loginTitle: { vi: 'Đăng nhập', en: 'Sign in' },
  loginLead: {
    vi: 'Dành cho hợp tác xã, liên minh và nơi bán. Xem tem thì không cần đăng nhập.',
    en: 'For cooperatives, unions and shops. Reading a label needs no account.',
  },
  login: { vi: 'Thư điện tử', en: 'E-mail' },
  email: { vi: 'Thư điện tử', en: 'E-mail' },
  password: { vi: 'Mật khẩu', en: 'Password' },
  passwordHint: { vi: 'Ít nhất 10 ký tự', en: 'At least 10 characters' },
  showPassword: { vi: 'Hiện mật khẩu', en: 'Show password' },
  submit: { vi: 'Đăng nhập', en: 'Sign in' },
  wrong: {
    vi: 'Tên đăng nhập hoặc mật khẩu không đúng.',
    en: 'The sign-in name or the password is not right.',
  },
  errorTitle: { vi: 'Chưa đăng nhập được', en: 'Could not sign you in' },
  noAccount: { vi: 'Hợp tác xã chưa có tài khoản?', en: 'Your cooperative has no account?' },
  register: { vi: 'Đăng ký hợp tác xã', en: 'Register a cooperative' },
  demoTitle: { vi: 'Tài khoản minh họa', en: 'Demonstration accounts' },
  demoHint: {
    vi: 'Máy này chạy dữ liệu minh họa, ai cũng vào thử được.',
    en: 'This server runs on demonstration data; anyone may try.',
  },
  demoHintPrinted: {
    vi: 'Máy này chạy dữ liệu minh họa. Mật khẩu đã in một lần trên màn hình của máy chủ.',
    en: 'This server runs on demonstration data. The passwords were printed once on its terminal.',
  },
} satisfies Strings;
