import type { Strings } from '../../platform/i18n.ts';

/** What the accounts of the demonstration are called. */
export const demonstrationStrings = {
  administrator: { vi: 'Quản trị hệ thống', en: 'Administrator' },
  officer: { vi: 'Cán bộ liên minh', en: 'Union officer' },
  manager: { vi: 'Quản lý hợp tác xã', en: 'Cooperative manager' },
  clerk: { vi: 'Người ghi chép', en: 'Clerk' },
  staff: { vi: 'Nhân viên bán hàng', en: 'Retail staff' },
} satisfies Strings;
