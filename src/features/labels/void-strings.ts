import type { Strings } from '../../platform/i18n.ts';

/** Words of the pages that void labels. */
export const voidStrings = {
  title: {
    vi: (v: { run: string; lot: string }) => `Hủy tem · đợt\u00a0${v.run}, lô\u00a0${v.lot}`,
    en: (v: { run: string; lot: string }) => `Void labels · run ${v.run}, lot ${v.lot}`,
  },
  lead: {
    vi: 'Tem hủy khi quét sẽ báo “đã hủy”. Số tem hủy được in bù. Việc hủy không thể hoàn tác.',
    en: 'A voided label says so when it is scanned. As many may be printed in its place. It cannot be undone.',
  },
  leadBatch: {
    vi: 'Mọi tem của đợt này chung một mã của lô: hủy chỉ để đối chiếu số tem, mã vẫn quét được. Không hoàn tác được.',
    en: 'All labels of this run have the batch’s one code: voiding is for the account only, the code still works. It cannot be undone.',
  },
  numbers: { vi: 'Số tem', en: 'Label numbers' },
  numbersHint: {
    vi: (v: { count: string }) => `Từ 1 đến ${v.count}. Ví dụ: 3, 7-12`,
    en: (v: { count: string }) => `From 1 to ${v.count}. For example: 3, 7-12`,
  },
  codes: { vi: 'Hoặc quét tem', en: 'Or scan the labels' },
  codesHint: {
    vi: 'Mỗi dòng một mã: dùng máy quét, máy ảnh, hoặc dán mã vào đây.',
    en: 'A code on each line: use a scanner or the camera, or paste codes here.',
  },
  reason: { vi: 'Vì sao hủy', en: 'Why void them' },
  reasonHint: { vi: 'Ví dụ: rách khi dán, in hỏng, mất.', en: 'For example torn, misprinted, lost.' },
  look: { vi: 'Xem sẽ hủy những gì', en: 'See what will be void' },
  camera: { vi: 'Quét bằng máy ảnh', en: 'Scan with the camera' },
  cameraStop: { vi: 'Tắt máy ảnh', en: 'Stop the camera' },
  cameraFailed: { vi: 'Không mở được máy ảnh', en: 'The camera cannot be opened' },
  cameraSeen: { vi: 'Đã quét {n} tem', en: '{n} labels scanned' },
  confirmTitle: {
    vi: (v: { count: string }) => `Hủy ${v.count} tem?`,
    en: (v: { count: string }) => (v.count === '1' ? 'Void 1 label?' : `Void ${v.count} labels?`),
  },
  nothingTitle: { vi: 'Không có tem nào để hủy', en: 'There is nothing to void' },
  willVoid: {
    vi: (v: { count: string; numbers: string }) => `${v.count} tem sẽ bị hủy: số ${v.numbers}.`,
    en: (v: { count: string; numbers: string }) => `${v.count} will be void: ${v.numbers}.`,
  },
  already: {
    vi: (v: { count: string }) => `${v.count} tem đã hủy từ trước, giữ nguyên.`,
    en: (v: { count: string }) => `${v.count} are void already and stay so.`,
  },
  beyond: {
    vi: (v: { numbers: string; count: string }) =>
      `Đợt này không có tem số ${v.numbers} (chỉ có 1–${v.count}).`,
    en: (v: { numbers: string; count: string }) => `The run has no labels ${v.numbers} (only 1–${v.count}).`,
  },
  strange: {
    vi: (v: { count: string; codes: string }) => `${v.count} mã không thuộc đợt này: ${v.codes}.`,
    en: (v: { count: string; codes: string }) => `${v.count} codes are not of this run: ${v.codes}.`,
  },
  noUndo: { vi: 'Hủy rồi thì không khôi phục được.', en: 'What is void stays void.' },
  confirm: {
    vi: (v: { count: string }) => `Hủy ${v.count} tem`,
    en: (v: { count: string }) => `Void ${v.count}`,
  },
  change: { vi: 'Sửa lại', en: 'Change it' },
  nothingNamed: {
    vi: 'Vui lòng ghi số tem hoặc quét ít nhất một tem.',
    en: 'Please give label numbers or scan at least one label.',
  },
  wrongNumbers: {
    vi: 'Vui lòng ghi số và khoảng số, cách nhau bằng dấu phẩy: 3, 7-12.',
    en: 'Please write numbers and ranges with commas between them: 3, 7-12.',
  },
  tooManyCodes: {
    vi: (v: { most: string }) => `Mỗi lần quét nhiều nhất ${v.most} tem.`,
    en: (v: { most: string }) => `Scan ${v.most} labels at most at a time.`,
  },
  and: {
    vi: (v: { count: string }) => `và ${v.count} nữa`,
    en: (v: { count: string }) => `and ${v.count} more`,
  },
} satisfies Strings;
