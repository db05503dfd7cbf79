import type { FieldModel } from '../../src/platform/form-view-model.ts';
import type {
  ChipModel,
  EmptyStateModel,
  NoticeModel,
  PaginationModel,
  StatModel,
} from '../../src/platform/view-parts.ts';
import type {
  ActionCardModel,
  CompletenessModel,
  ProgressCardModel,
  TableModel,
  TaskModel,
  WorkFrame,
} from '../../src/platform/workplace-view-model.ts';
import { ILLUSTRATED_CATEGORIES, illustration } from '../../src/platform/illustration.ts';
import { emptyForm, field } from './form-samples.ts';
import type { Sample, Sampling } from './frame.ts';

function workFrame({ say }: Sampling): WorkFrame {
  return {
    organizationName: say('HTX Chè cổ thụ Mây Ngủ', 'Mây Ngủ Tea Cooperative'),
    demo: false,
    switchHref: '/switch',
    tabs: [
      { label: say('Hôm nay', 'Today'), href: '/workplace', icon: 'home', current: true },
      { label: say('Lô hàng', 'Batches'), href: '/batches', icon: 'batch', current: false },
      { label: say('In tem', 'Print labels'), href: '/print', icon: 'printer', current: false },
      { label: say('Thêm', 'More'), href: '/more', icon: 'more', current: false },
    ],
    signOut: { action: '/logout', label: say('Đăng xuất', 'Sign out') },
  };
}

function actions({ say }: Sampling): readonly ActionCardModel[] {
  return [
    {
      label: say('Ghi việc hôm nay', "Record today's work"),
      detail: say('dưới một phút', 'in under a minute'),
      href: '/record',
      icon: 'camera',
      main: true,
    },
    {
      label: say('In tem', 'Print labels'),
      detail: say('lô CX-02 còn 128 hộp chưa có tem', 'lot CX-02 has 128 boxes without a label'),
      href: '/print',
      icon: 'printer',
      main: false,
    },
  ];
}

function tasks({ say }: Sampling): readonly TaskModel[] {
  return [
    {
      title: say('Chứng nhận hữu cơ đã hết hạn', 'The organic certificate has lapsed'),
      detail: say('2 sản phẩm đang hiện “hết hạn”', '2 products show “lapsed”'),
      tone: 'late',
      action: { label: say('Cập nhật', 'Update'), href: '/certificates' },
    },
    {
      title: say('Lô CX-02 thiếu ảnh', 'Lot CX-02 lacks a photo'),
      detail: say('9/10 mục của Thông tư 02', '9 of 10 items of Circular 02'),
      tone: 'press',
      action: { label: say('Chụp ảnh', 'Take one'), href: '/photo' },
    },
  ];
}

function batches({ say }: Sampling): readonly ProgressCardModel[] {
  return [
    {
      title: say('CX-02 · Chè Shan tuyết', 'CX-02 · Shan Tuyết tea'),
      href: '/batch',
      aside: '12/09/2026',
      bar: {
        label: say('812 trong 940 tem đã in', '812 of 940 labels printed'),
        donePercent: 70,
        partPercent: 86,
      },
      detail: say(
        '812 tem đã in · 190 đã quét · còn 128 hộp',
        '812 labels printed · 190 scanned · 128 boxes left',
      ),
      chips: [],
    },
    {
      title: say('MB-07 · Mật ong bạc hà', 'MB-07 · Mint honey'),
      href: '/batch',
      aside: '18/11/2026',
      bar: { label: say('Chưa in tem nào', 'No label printed'), donePercent: 0, partPercent: null },
      detail: say(
        'chưa đóng gói, việc gần nhất: quay mật, hôm qua',
        'not packed; last step: extracting, yesterday',
      ),
      chips: [{ label: say('thiếu hạn sử dụng', 'no expiry date'), tone: 'late' }],
    },
  ];
}

function table({ say }: Sampling): TableModel {
  const row = (lot: string, product: string, packs: string, chip: ChipModel) => ({
    href: '/batch',
    cells: [{ text: lot }, { text: product }, { text: packs }, { text: chip.label, chip: chip.tone }],
  });
  return {
    caption: say('Lô hàng', 'Batches'),
    columns: [
      { label: say('Lô', 'Lot'), numeric: false },
      { label: say('Sản phẩm', 'Product'), numeric: false },
      { label: say('Số hộp', 'Boxes'), numeric: true },
      { label: say('Tình trạng', 'State'), numeric: false },
    ],
    rows: [
      row('CX-02', say('Chè Shan tuyết', 'Shan Tuyết tea'), say('1.240', '1,240'), {
        label: say('đang mở', 'open'),
        tone: 'press',
      }),
      row('CX-01', say('Chè Shan tuyết', 'Shan Tuyết tea'), '940', {
        label: say('đang thu hồi', 'recalled'),
        tone: 'bad',
      }),
      row('MB-06', say('Mật ong bạc hà', 'Mint honey'), '312', {
        label: say('đã chốt', 'closed'),
        tone: 'plain',
      }),
    ],
  };
}

function fields({ say }: Sampling): readonly FieldModel[] {
  return [
    field('paper', say('Khổ giấy', 'Paper'), {
      kind: 'select',
      options: [{ value: 'l7160', label: 'A4 · 21 × (63,5 × 38,1 mm)', selected: true }],
    }),
    field('count', say('Số tem', 'Labels'), {
      kind: 'number',
      inputmode: 'numeric',
      value: '200',
      error: say(
        'Lô này còn 128 hộp chưa có tem. In nhiều nhất 128.',
        'This lot has 128 boxes without a label. Print 128 at most.',
      ),
    }),
    field('weight', say('Khối lượng', 'Weight'), { inputmode: 'decimal', suffix: 'kg', value: '96,5' }),
    field('when', say('Lúc nào', 'When'), { kind: 'datetime-local', value: '2026-11-24T08:30' }),
    field('photo', say('Ảnh', 'Photo'), {
      kind: 'file',
      accept: 'image/*',
      capture: 'environment',
      required: false,
      hint: say('Chụp ngay hoặc chọn từ máy', 'Take one now or choose one'),
    }),
    field('note', say('Ghi chú', 'Note'), { kind: 'textarea', required: false, rows: 3 }),
    field('products', say('Cho sản phẩm nào', 'For which products'), {
      kind: 'checkboxes',
      required: false,
      hint: say('Không chọn: cho mọi sản phẩm', 'None ticked: for all products'),
      options: [
        { value: '1', label: say('Chè Shan tuyết cổ thụ', 'Ancient Shan Tuyết tea'), selected: true },
        { value: '2', label: say('Hồng trà Mây Ngủ', 'Mây Ngủ black tea'), selected: false },
        { value: '3', label: say('Bạch trà một tôm', 'One-bud white tea'), selected: false },
      ],
    }),
  ];
}

function parts(sampled: Sampling) {
  const { say } = sampled;
  const completeness: CompletenessModel = {
    title: say('9 trong 10 mục luật yêu cầu', '9 of 10 items that the law asks'),
    bar: { label: say('9 trong 10 mục', '9 of 10 items'), donePercent: 90, partPercent: null },
    missingTitle: say('Còn thiếu:', 'Missing:'),
    missing: [{ label: say('ảnh sản phẩm', 'a photo of the product'), href: '/photo' }],
  };
  const pagination: PaginationModel = {
    label: say('Các trang', 'Pages'),
    position: say('21–40 trong 312', '21–40 of 312'),
    previous: { label: say('Trước', 'Previous'), href: '/workplace' },
    next: { label: say('Tiếp', 'Next'), href: '/workplace' },
  };
  const empty: EmptyStateModel = {
    title: say('Chưa có lô hàng nào', 'No batches yet'),
    sentence: say(
      'Một lô là hàng cùng làm một đợt. Thêm lô đầu tiên, ghi các việc đã làm, rồi in tem.',
      'A batch is what was made together. Add the first one, record its steps, then print labels.',
    ),
    action: { label: say('Thêm lô', 'Add a batch'), href: '/batch-new' },
  };
  const notice = (tone: NoticeModel['tone'], vi: string, en: string): NoticeModel => ({
    tone,
    title: say(vi, en),
    sentence: null,
    action: null,
  });
  const stats: readonly StatModel[] = [
    { value: say('3.412', '3,412'), label: say('lượt quét tháng này', 'scans this month'), href: null },
    { value: '812', label: say('tem đã in', 'labels printed'), href: '/print' },
    { value: '2', label: say('chứng nhận sắp hết hạn', 'certificates about to lapse'), href: null },
  ];
  return {
    completeness,
    pagination,
    empty,
    stats,
    notices: [
      notice('good', 'Đã lưu', 'Saved'),
      notice('late', 'Chứng nhận còn 18 ngày', 'The certificate has 18 days left'),
      notice('bad', 'Máy in không nhận tệp', 'The printer refused the file'),
      notice('plain', 'Bản nháp tự lưu', 'Drafts are kept'),
    ],
    toast: {
      ...notice('good', 'Đã ghi: sao diệt men', 'Recorded: pan-firing'),
      action: { label: say('Hoàn tác', 'Undo'), href: '/undo' },
    },
    form: emptyForm(say('Tạo 128 tem', 'Make 128 labels'), [
      { legend: say('In tem', 'Print labels'), hint: null, fields: fields(sampled) },
      {
        legend: say('Bản tiếng Anh', 'In English'),
        hint: say('Người đọc tiếng Anh thấy các mục này.', 'Readers of English see these.'),
        fields: [field('nameEn', say('Tên tiếng Anh', 'English name'), { required: false })],
        folded: 'open',
      },
      {
        legend: say('Thêm về lô hàng', 'More about the batch'),
        hint: null,
        fields: [field('more', say('Ghi chú riêng', 'Private note'), { required: false })],
        folded: 'closed',
      },
    ]),
    table: table(sampled),
    drawings: ILLUSTRATED_CATEGORIES.map((code) => illustration(code)),
  };
}

/** The clerk's first screen, and every part that pages of the workplace are made of. */
export function workplaceSamples(sampled: Sampling): readonly Sample[] {
  const { say, frame } = sampled;
  const user = { name: 'Hạnh', manageHref: '/workplace' };
  const today = {
    page: { ...frame(say('Hôm nay', 'Today'), '/workplace'), user },
    work: workFrame(sampled),
    words: {
      greeting: say('Chào cô Hạnh', 'Good morning, Hạnh'),
      tasks: say('Cần làm', 'To do'),
      batches: say('Lô đang mở', 'Open batches'),
    },
    actions: actions(sampled),
    tasks: tasks(sampled),
    batches: batches(sampled),
    parts: null,
  };
  const vocabulary = {
    ...today,
    page: { ...frame(say('Các bộ phận', 'Parts'), '/vocabulary'), user },
    parts: parts(sampled),
  };
  return [
    { path: '/workplace', view: 'partials/vocabulary', model: today },
    { path: '/vocabulary', view: 'partials/vocabulary', model: vocabulary },
  ];
}
