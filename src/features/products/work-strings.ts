import type { Strings } from '../../platform/i18n.ts';

/** Words of a cooperative's own pages about its products. */
export const workProductStrings = {
  listTitle: { vi: 'Sản phẩm', en: 'Products' },
  add: { vi: 'Thêm sản phẩm', en: 'Add a product' },
  searchLabel: { vi: 'Tìm sản phẩm', en: 'Find a product' },
  searchButton: { vi: 'Tìm', en: 'Find' },
  managerOnly: {
    vi: 'Bạn xem được mọi mục. Chỉ người quản lý của hợp tác xã mới thêm và sửa sản phẩm.',
    en: 'You can see everything. Only a manager of the cooperative adds and changes products.',
  },
  notActive: {
    vi: 'Hợp tác xã đang chờ liên minh duyệt. Duyệt xong là thêm được sản phẩm.',
    en: 'The cooperative waits for the union’s approval. After that, products can be added.',
  },
  emptyTitle: { vi: 'Chưa có sản phẩm nào', en: 'No products yet' },
  emptySentence: {
    vi: 'Sản phẩm là thứ bạn bán dưới một cái tên, ví dụ “Chè Shan tuyết hộp 100 g”. Thêm sản phẩm đầu tiên, rồi tạo lô và in tem cho lô đó.',
    en: 'A product is what you sell under one name, for example “Shan Tuyết tea, 100 g box”. Add the first one, then make a batch and print its labels.',
  },
  emptyForClerk: {
    vi: 'Sản phẩm do người quản lý thêm. Có sản phẩm rồi, bạn tạo lô và in tem được ngay.',
    en: 'A manager adds the products. Once there is one, you can make batches and print labels.',
  },
  noneFoundTitle: { vi: 'Không tìm thấy', en: 'Nothing found' },
  noneFound: {
    vi: (v: { q: string }) => `Không có sản phẩm nào tên “${v.q}”.`,
    en: (v: { q: string }) => `There is no product named “${v.q}”.`,
  },
  showAll: { vi: 'Xem tất cả', en: 'Show all' },
  pages: { vi: 'Các trang', en: 'Pages' },
  previous: { vi: 'Trước', en: 'Previous' },
  next: { vi: 'Tiếp', en: 'Next' },
  position: {
    vi: (v: { from: string; to: string; of: string }) => `${v.from}–${v.to} trong ${v.of}`,
    en: (v: { from: string; to: string; of: string }) => `${v.from}–${v.to} of ${v.of}`,
  },
  lawCount: {
    vi: (v: { met: string; of: string }) => `${v.met} trong ${v.of} mục luật yêu cầu`,
    en: (v: { met: string; of: string }) => `${v.met} of ${v.of} items that the law asks`,
  },
  complete: { vi: 'đủ các mục của sản phẩm', en: 'all items of the product are there' },
  lacking: {
    vi: (v: { count: string }) => `thiếu ${v.count} mục`,
    en: (v: { count: string }) => `lacks ${v.count}`,
  },
  labelLacking: {
    vi: (v: { count: string }) => `nhãn thiếu ${v.count} mục`,
    en: (v: { count: string }) => `label lacks ${v.count}`,
  },
  missingTitle: { vi: 'Còn thiếu:', en: 'Missing:' },
  measureTitle: { vi: 'Luật yêu cầu những gì?', en: 'What does the law ask?' },
  measureHint: {
    vi: 'Những mục chung cho mọi lô: Thông tư 02/2024, hộ chiếu số của sản phẩm và nhãn hàng hóa.',
    en: 'What all batches share: Circular 02/2024, the digital product passport and the goods label.',
  },
  circular02: { vi: 'Dữ liệu truy xuất (Thông tư 02/2024)', en: 'Trace data (Circular 02/2024)' },
  passport: { vi: 'Hộ chiếu số (Nghị định 37/2026)', en: 'Digital passport (Decree 37/2026)' },
  label: { vi: 'Nhãn hàng hóa', en: 'Goods label' },
  ratio: {
    vi: (v: { met: string; of: string }) => `${v.met}/${v.of}`,
    en: (v: { met: string; of: string }) => `${v.met}/${v.of}`,
  },
  tierNational: { vi: 'Chủ lực quốc gia', en: 'National key product' },
  tierRegional: { vi: 'Chủ lực vùng', en: 'Regional key product' },
  tierLocal: { vi: 'Sản phẩm địa phương', en: 'Local product' },
  ocopStars: {
    vi: (v: { stars: number }) => `${v.stars} sao`,
    en: (v: { stars: number }) => `${v.stars} stars`,
  },
  ocopUntil: {
    vi: (v: { month: string }) => `đến ${v.month}`,
    en: (v: { month: string }) => `until ${v.month}`,
  },
  ocopLapsed: {
    vi: (v: { date: string }) => `OCOP hết hạn ${v.date}`,
    en: (v: { date: string }) => `OCOP lapsed ${v.date}`,
  },
  ocopNotYet: {
    vi: (v: { date: string }) => `OCOP từ ${v.date}`,
    en: (v: { date: string }) => `OCOP from ${v.date}`,
  },

  newTitle: { vi: 'Thêm sản phẩm', en: 'Add a product' },
  newLead: {
    vi: 'Chỉ cần ba mục đầu là lưu được. Các mục còn lại bổ sung lúc nào cũng được, trước khi in tem.',
    en: 'The first three items are enough to save. The rest can be added at any time before labels are printed.',
  },
  back: { vi: 'Sản phẩm', en: 'Products' },
  publicPage: { vi: 'Xem trang công khai', en: 'See the public page' },
  newBatch: { vi: 'Tạo lô', en: 'Make a batch' },
  factsTitle: { vi: 'Thông tin sản phẩm', en: 'About the product' },
  save: { vi: 'Lưu', en: 'Save' },
  cancel: { vi: 'Thôi', en: 'Cancel' },
  lastChange: {
    vi: (v: { at: string; by: string }) => `Sửa lần cuối ${v.at}, ${v.by}`,
    en: (v: { at: string; by: string }) => `Last changed ${v.at}, ${v.by}`,
  },
  addedOn: {
    vi: (v: { at: string; by: string }) => `Thêm lúc ${v.at}, ${v.by}`,
    en: (v: { at: string; by: string }) => `Added ${v.at}, ${v.by}`,
  },
  somebody: { vi: 'một tài khoản đã gỡ', en: 'an account that was removed' },
  historyTitle: { vi: 'Những lần sửa', en: 'Changes' },
  historyHint: {
    vi: 'Sửa xong là trang công khai đổi theo, cả với tem đã dán. Bản cũ luôn được giữ lại.',
    en: 'A change shows on the public page at once, also for labels already on the shelf. What was there before is kept.',
  },
  historyMore: {
    vi: (v: { count: string }) => `Còn ${v.count} lần sửa trước đó.`,
    en: (v: { count: string }) => `And ${v.count} changes before these.`,
  },
  nothing: { vi: '(trống)', en: '(empty)' },
  photoCount: {
    vi: (v: { count: string }) => `${v.count} ảnh`,
    en: (v: { count: string }) => `${v.count} photos`,
  },

  photosTitle: { vi: 'Ảnh', en: 'Photos' },
  photosHint: {
    vi: (v: { most: string }) => `Nhiều nhất ${v.most} ảnh. Ảnh đầu là ảnh mà người quét tem thấy trước.`,
    en: (v: { most: string }) =>
      `At most ${v.most} photos. The first is what people see when they scan a label.`,
  },
  photosNone: {
    vi: 'Chưa có ảnh. Chụp sản phẩm dưới ánh sáng ban ngày, thấy rõ bao bì.',
    en: 'No photo yet. Take one in daylight, with the pack clearly seen.',
  },
  photosFull: {
    vi: (v: { most: string }) => `Đã đủ ${v.most} ảnh. Muốn thêm, hãy bỏ bớt một ảnh.`,
    en: (v: { most: string }) => `There are ${v.most} photos. To add one, remove another.`,
  },
  photoLabel: { vi: 'Chụp hoặc chọn ảnh', en: 'Take or choose a photo' },
  photoHint: {
    vi: 'JPEG, PNG hoặc WebP, nhiều nhất 12 MB. Nơi chụp và tên máy được xóa khỏi ảnh.',
    en: 'JPEG, PNG or WebP, at most 12 MB. Where it was taken, and with what, is removed from it.',
  },
  photoAdd: { vi: 'Thêm ảnh', en: 'Add the photo' },
  photoFirst: { vi: 'Đặt làm ảnh đầu', en: 'Make it first' },
  photoIsFirst: { vi: 'Ảnh đầu', en: 'First photo' },
  photoRemove: { vi: 'Bỏ ảnh', en: 'Remove' },
  photoAlt: {
    vi: (v: { name: string; number: string }) => `${v.name}, ảnh ${v.number}`,
    en: (v: { name: string; number: string }) => `${v.name}, photo ${v.number}`,
  },
  undo: { vi: 'Hoàn tác', en: 'Undo' },

  doneAdded: { vi: 'Đã thêm sản phẩm', en: 'The product was added' },
  doneAddedNext: {
    vi: 'Thêm ảnh và những mục còn thiếu, hoặc tạo lô đầu tiên.',
    en: 'Add photos and what is missing, or make the first batch.',
  },
  doneSaved: { vi: 'Đã lưu', en: 'Saved' },
  donePhotoAdded: { vi: 'Đã thêm ảnh', en: 'The photo was added' },
  donePhotoRemoved: { vi: 'Đã bỏ ảnh', en: 'The photo was removed' },
  donePhotoRestored: { vi: 'Ảnh đã trở lại chỗ cũ', en: 'The photo is back in its place' },
  donePhotoFirst: { vi: 'Đã đổi ảnh đầu', en: 'This is the first photo now' },
  changedMeanwhile: {
    vi: (v: { by: string; at: string; fields: string }) =>
      `${v.by} vừa sửa sản phẩm này lúc ${v.at} (${v.fields}). Những gì bạn điền vẫn còn đây: xem lại rồi lưu lần nữa.`,
    en: (v: { by: string; at: string; fields: string }) =>
      `${v.by} changed this product at ${v.at} (${v.fields}). What you typed is still here: look at it and save again.`,
  },
} satisfies Strings;

/** The fields of a product: labels, hints and groups of its form. */
export const productFieldStrings = {
  basicsLegend: { vi: 'Cần có', en: 'Needed' },
  labelLegend: { vi: 'Trên nhãn', en: 'On the label' },
  labelHint: {
    vi: 'Với thực phẩm và đồ uống, luật buộc có đủ các mục này trước khi in tem.',
    en: 'For food and drink the law asks for all of these before labels are printed.',
  },
  brandLegend: { vi: 'Nhãn hiệu, mã vạch, tiêu chuẩn', en: 'Brand, barcode, standards' },
  ocopLegend: { vi: 'Chứng nhận OCOP', en: 'OCOP rank' },
  ocopHint: {
    vi: 'Sao OCOP luôn đi cùng số quyết định và thời hạn (36 tháng). Hết hạn thì trang công khai thôi hiện sao.',
    en: 'OCOP stars always stand with their decision and term (36 months). When it ends, the stars are shown no more.',
  },
  chainLegend: { vi: 'Chuỗi giá trị và danh mục', en: 'Value chain and lists' },
  storyLegend: { vi: 'Câu chuyện của sản phẩm', en: 'The story of the product' },
  englishLegend: { vi: 'Bản tiếng Anh', en: 'In English' },
  englishHint: {
    vi: 'Không bắt buộc. Mục nào chưa có thì người đọc tiếng Anh thấy bản tiếng Việt.',
    en: 'Optional. Where something is missing, readers of English see the Vietnamese.',
  },
  name: { vi: 'Tên sản phẩm', en: 'Name' },
  nameHint: { vi: 'Như trên bao bì', en: 'As on the pack, in Vietnamese' },
  category: { vi: 'Nhóm sản phẩm', en: 'Product group' },
  categoryHint: { vi: 'Theo phân nhóm của Chương trình OCOP', en: 'As the OCOP programme groups them' },
  tier: { vi: 'Cấp sản phẩm', en: 'Tier' },
  tierNational: { vi: 'Chủ lực quốc gia', en: 'National key product' },
  tierRegional: { vi: 'Chủ lực vùng', en: 'Regional key product' },
  tierLocal: { vi: 'Sản phẩm địa phương', en: 'Local product' },
  choose: { vi: 'Chọn…', en: 'Choose…' },
  none: { vi: 'Không có', en: 'None' },
  netContentValue: { vi: 'Định lượng một gói', en: 'Net content of a pack' },
  netContentUnit: { vi: 'Đơn vị', en: 'Unit' },
  ingredients: { vi: 'Thành phần', en: 'Ingredients' },
  usage: { vi: 'Hướng dẫn sử dụng', en: 'Instructions for use' },
  storage: { vi: 'Hướng dẫn bảo quản', en: 'Storage' },
  warnings: { vi: 'Thông tin cảnh báo', en: 'Warnings' },
  shelfLifeDays: { vi: 'Thời hạn sử dụng', en: 'Shelf life' },
  shelfLifeHint: { vi: 'Tính từ ngày sản xuất', en: 'From the day of production' },
  days: { vi: 'ngày', en: 'days' },
  brand: { vi: 'Nhãn hiệu', en: 'Brand' },
  gtin: { vi: 'Mã số mã vạch (GTIN)', en: 'Barcode number (GTIN)' },
  gtinHint: {
    vi: '8, 12, 13 hoặc 14 chữ số dưới mã vạch',
    en: 'The 8, 12, 13 or 14 digits under the barcode',
  },
  gtinRestricted: {
    vi: 'Số này thuộc dải dùng nội bộ (đầu 02, 04, 20–29): chỉ có nghĩa trong một đơn vị, không dùng khi bán ra ngoài.',
    en: 'This number is of a range for use inside one company (02, 04, 20–29): it means nothing in open trade.',
  },
  standards: { vi: 'Tiêu chuẩn áp dụng', en: 'Standards applied' },
  standardsHint: {
    vi: 'Mỗi dòng một tiêu chuẩn, ví dụ TCVN 9740:2013',
    en: 'One a line, for example TCVN 9740:2013',
  },
  ocopStars: { vi: 'Hạng sao', en: 'Stars' },
  ocopNone: { vi: 'Chưa có', en: 'None' },
  stars: { vi: (v: { stars: string }) => `${v.stars} sao`, en: (v: { stars: string }) => `${v.stars} stars` },
  ocopDecision: { vi: 'Số quyết định', en: 'Decision number' },
  ocopIssuedOn: { vi: 'Ngày cấp', en: 'Issued on' },
  ocopExpiresOn: { vi: 'Ngày hết hạn', en: 'Valid until' },
  valueChain: { vi: 'Chuỗi giá trị', en: 'Value chain' },
  valueChainHint: {
    vi: 'Các việc được gợi ý khi ghi nhật ký lô. Không chọn thì lấy theo nhóm sản phẩm.',
    en: 'Which steps are offered when work is recorded. Without one, those of the product group.',
  },
  valueChainDefault: { vi: 'Theo nhóm sản phẩm', en: 'Of the product group' },
  nationalKeyProduct: { vi: 'Nông sản chủ lực quốc gia', en: 'National key product' },
  geographicalIndication: { vi: 'Chỉ dẫn địa lý', en: 'Geographical indication' },
  description: { vi: 'Giới thiệu', en: 'Description' },
  descriptionHint: {
    vi: 'Ai làm, làm thế nào, điều gì làm nên khác biệt',
    en: 'Who makes it, how, and what sets it apart (in Vietnamese)',
  },
  photos: { vi: 'Ảnh', en: 'Photos' },
  netContent: { vi: 'Định lượng', en: 'Net content' },
  ocop: { vi: 'Chứng nhận OCOP', en: 'OCOP rank' },
  nameEn: { vi: 'Tên tiếng Anh', en: 'English name' },
  descriptionEn: { vi: 'Giới thiệu bằng tiếng Anh', en: 'Description in English' },
  ingredientsEn: { vi: 'Thành phần bằng tiếng Anh', en: 'Ingredients in English' },
  usageEn: { vi: 'Hướng dẫn sử dụng bằng tiếng Anh', en: 'Instructions in English' },
  storageEn: { vi: 'Hướng dẫn bảo quản bằng tiếng Anh', en: 'Storage in English' },
  warningsEn: { vi: 'Thông tin cảnh báo bằng tiếng Anh', en: 'Warnings in English' },
} satisfies Strings;
