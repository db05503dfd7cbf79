import type { Strings } from '../../platform/i18n.ts';

/** Words of the first screen of a shop's people. */
export const shopStrings = {
  greeting: {
    vi: (v: { name: string }) => `Chào ${v.name}`,
    en: (v: { name: string }) => `Hello, ${v.name}`,
  },
  lead: {
    vi: 'Kiểm tra tem của hàng vừa giao trước khi nhận.',
    en: 'Check the labels of what was delivered before you accept it.',
  },
  delivery: { vi: 'Kiểm tra chuyến hàng', en: 'Check a delivery' },
  deliveryDetail: {
    vi: (v: { max: string }) => `dán cùng lúc tới ${v.max} mã`,
    en: (v: { max: string }) => `paste up to ${v.max} codes at once`,
  },
  one: { vi: 'Kiểm tra một tem', en: 'Check one label' },
  oneDetail: { vi: 'nhập mã dưới hình QR', en: 'type the code under the QR symbol' },
  recalls: { vi: 'Hàng đang thu hồi', en: 'Recalled goods' },
  recallsDetail: { vi: 'không nhận, không bán', en: 'neither accept nor sell them' },
  members: { vi: 'Nhân viên', en: 'Staff' },
  membersDetail: { vi: 'mời thêm, đổi vai trò, cho nghỉ', en: 'invite, change roles, remove' },
  verdictsTitle: { vi: 'Mỗi kết quả nghĩa là gì', en: 'What each answer means' },
  genuine: {
    vi: 'Chưa thấy gì lạ. Nhận hàng; vẫn so tên hàng và số lô với phiếu giao.',
    en: 'Nothing unusual. Accept it; still compare the name and lot number with the delivery note.',
  },
  recalled: {
    vi: 'Không nhận, không bán. Để riêng và báo bên giao.',
    en: 'Neither accept nor sell it. Put it aside and tell the supplier.',
  },
  expired: {
    vi: 'Không nhận, không bán. Hàng đã bày thì lấy xuống.',
    en: 'Neither accept nor sell it. Take it off the shelf.',
  },
  suspect: {
    vi: 'Mã có thật nhưng tem có thể bị sao chép. Để riêng, so bao bì, hỏi bên giao.',
    en: 'The code is real but the label may be a copy. Put it aside, compare the pack, ask the supplier.',
  },
  sold: {
    vi: 'Gói mang mã này đã bán rồi. Hỏi bên giao trước khi nhận.',
    en: 'The pack with this code was sold before. Ask the supplier before you accept it.',
  },
  void: {
    vi: 'Tem bị hủy trước khi ra thị trường. Không nhận và báo cho hợp tác xã.',
    en: 'The label was voided before it reached the market. Do not accept it; tell the cooperative.',
  },
  unknown: {
    vi: 'Hệ thống không cấp mã này. Nhập lại từng ký tự; vẫn không thấy thì để riêng và hỏi bên giao.',
    en: 'Not issued here. Type it again; if it still fails, put it aside and ask the supplier.',
  },
} satisfies Strings;
