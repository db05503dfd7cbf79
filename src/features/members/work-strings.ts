import type { Strings } from '../../platform/i18n.ts';

/** Words of the page of members and invitations. */
export const memberWorkStrings = {
  title: { vi: 'Thành viên', en: 'Members' },
  lead: {
    vi: (v: { organization: string }) => `Ai làm việc trong ${v.organization}, và ai đang được mời.`,
    en: (v: { organization: string }) => `Who works in ${v.organization}, and who is invited.`,
  },
  inviteTitle: { vi: 'Mời một người', en: 'Invite a person' },
  inviteHint: {
    vi: 'Hệ thống không gửi thư. Mời xong, hãy chép đường dẫn và gửi cho người đó, ví dụ qua Zalo.',
    en: 'No e-mail is sent. Copy the link afterwards and give it to the person, for example by Zalo.',
  },
  email: { vi: 'Thư điện tử', en: 'E-mail' },
  role: { vi: 'Vai trò', en: 'Role' },
  invite: { vi: 'Mời', en: 'Invite' },
  invitationsTitle: { vi: 'Lời mời đang chờ', en: 'Open invitations' },
  openUntil: {
    vi: (v: { date: string }) => `dùng được đến ${v.date}`,
    en: (v: { date: string }) => `good until ${v.date}`,
  },
  link: { vi: 'Đường dẫn để gửi', en: 'Link to give' },
  copy: { vi: 'Chép', en: 'Copy' },
  copied: { vi: 'Đã chép', en: 'Copied' },
  revoke: { vi: 'Thu hồi', en: 'Take back' },
  membersTitle: { vi: 'Đang làm việc', en: 'At work' },
  membersEmptyTitle: { vi: 'Chưa có ai', en: 'Nobody yet' },
  membersEmpty: { vi: 'Mời người phụ trách đầu tiên.', en: 'Invite whoever is in charge first.' },
  you: { vi: 'bạn', en: 'you' },
  remove: { vi: 'Cho thôi', en: 'Take out' },
  leave: { vi: 'Rời đơn vị', en: 'Leave' },
  makeRole: {
    vi: (v: { role: string }) => `Đổi thành ${v.role}`,
    en: (v: { role: string }) => `Make ${v.role}`,
  },
} satisfies Strings;

/** What was just done. */
export const memberDone = {
  invited: {
    vi: 'Đã tạo lời mời. Hãy chép đường dẫn bên dưới và gửi đi.',
    en: 'The invitation is ready. Copy the link below and give it.',
  },
  revoked: { vi: 'Đã thu hồi lời mời.', en: 'The invitation was taken back.' },
  removed: { vi: 'Người đó không còn vào làm việc được nữa.', en: 'That person can no longer get in.' },
  changed: { vi: 'Đã đổi vai trò.', en: 'The role was changed.' },
} satisfies Strings;
