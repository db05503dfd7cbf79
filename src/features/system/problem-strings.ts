import type { Strings } from '../../platform/i18n.ts';

/** Words of the pages that explain problems. */
export const problemStrings = {
  listTitle: { vi: 'Những gì có thể không ổn', en: 'What can go wrong' },
  listLead: {
    vi: 'Mỗi câu trả lời lỗi của API mang địa chỉ của một mục ở đây (RFC 9457).',
    en: 'Every error of the API carries the address of one of these (RFC 9457).',
  },
  status: { vi: 'Mã trạng thái HTTP', en: 'HTTP status' },
  code: { vi: 'Mã', en: 'Code' },
  type: { vi: 'Địa chỉ', en: 'Type' },
  all: { vi: 'Mọi trường hợp', en: 'Every problem' },
  description: { vi: 'Mô tả API (OpenAPI)', en: 'Description of the API (OpenAPI)' },
} satisfies Strings;
