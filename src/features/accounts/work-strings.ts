import type { Strings } from '../../platform/i18n.ts';

/** Words of the menu of the workplace and of a person's own account. */
export const accountWorkStrings = {
  title: { vi: 'Thêm', en: 'More' },
  menuTitle: { vi: 'Đơn vị của bạn', en: 'Your organisation' },
  products: { vi: 'Sản phẩm', en: 'Products' },
  productsDetail: { vi: 'Thêm, sửa, ảnh', en: 'Add, change, photos' },
  certificates: { vi: 'Chứng nhận', en: 'Certificates' },
  certificatesDetail: { vi: 'VietGAP, hữu cơ, thời hạn', en: 'VietGAP, organic, until when' },
  profile: { vi: 'Hồ sơ hợp tác xã', en: 'The cooperative' },
  profileDetail: { vi: 'Địa chỉ, điện thoại, giới thiệu', en: 'Address, telephone, description' },
  members: { vi: 'Thành viên', en: 'Members' },
  membersDetail: { vi: 'Ai làm việc ở đây, mời thêm người', en: 'Who works here, invite more' },
  switchTitle: { vi: 'Đổi đơn vị', en: 'Switch organisation' },
  work: { vi: 'Vào làm việc', en: 'Work here' },
  workingNow: { vi: 'đang làm việc', en: 'working here' },
  accountTitle: { vi: 'Tài khoản của tôi', en: 'My account' },
  email: { vi: 'Thư điện tử để đăng nhập', en: 'E-mail to sign in with' },
  name: { vi: 'Họ và tên', en: 'Full name' },
  saveName: { vi: 'Lưu tên', en: 'Save the name' },
  passwordTitle: { vi: 'Đổi mật khẩu', en: 'Change the password' },
  passwordHint: {
    vi: 'Đổi xong, những nơi khác đang đăng nhập sẽ phải đăng nhập lại.',
    en: 'Afterwards, everywhere else has to sign in again.',
  },
  currentPassword: { vi: 'Mật khẩu hiện tại', en: 'Current password' },
  newPassword: { vi: 'Mật khẩu mới', en: 'New password' },
  newPasswordHint: { vi: 'Ít nhất 10 ký tự', en: 'At least 10 characters' },
  showPassword: { vi: 'Hiện mật khẩu', en: 'Show password' },
  savePassword: { vi: 'Đổi mật khẩu', en: 'Change the password' },
  sessionsTitle: { vi: 'Đang đăng nhập ở', en: 'Signed in at' },
  seen: {
    vi: (v: { at: string }) => `dùng lần cuối ${v.at}`,
    en: (v: { at: string }) => `last used ${v.at}`,
  },
  here: { vi: 'máy này', en: 'this one' },
  end: { vi: 'Đăng xuất', en: 'Sign out' },
  endOthers: { vi: 'Đăng xuất mọi nơi khác', en: 'Sign out everywhere else' },
} satisfies Strings;

/** What was just done. */
export const accountDone = {
  named: { vi: 'Đã lưu tên.', en: 'The name was saved.' },
  password: { vi: 'Đã đổi mật khẩu.', en: 'The password was changed.' },
  ended: { vi: 'Đã đăng xuất nơi đó.', en: 'Signed out there.' },
} satisfies Strings;
