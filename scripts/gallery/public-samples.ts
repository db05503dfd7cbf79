import { accountStrings } from '../../src/features/accounts/strings.ts';
import type { LoginPageModel } from '../../src/features/accounts/view-model.ts';
import { memberStrings } from '../../src/features/members/strings.ts';
import type { InvitationPageModel } from '../../src/features/members/view-model.ts';
import { organizationStrings } from '../../src/features/organizations/strings.ts';
import type { CooperativePageModel } from '../../src/features/organizations/view-model.ts';
import { productStrings } from '../../src/features/products/strings.ts';
import type { ProductPageModel } from '../../src/features/products/view-model.ts';
import { recallStrings } from '../../src/features/recalls/strings.ts';
import type { RecallsPageModel } from '../../src/features/recalls/view-model.ts';
import { referenceStrings } from '../../src/features/reference/strings.ts';
import type { ProvincePageModel, ProvincesPageModel } from '../../src/features/reference/view-model.ts';
import { systemStrings } from '../../src/features/system/strings.ts';
import type { HomePageModel } from '../../src/features/system/view-model.ts';
import { traceStrings } from '../../src/features/trace/strings.ts';
import { VERDICT_SHAPES } from '../../src/features/trace/view-model.ts';
import { illustration } from '../../src/platform/illustration.ts';
import type { ProblemPageModel } from '../../src/platform/problem-view-model.ts';
import { problemStrings } from '../../src/platform/strings.ts';
import { fourStars, linkedMap, sampleProducts, smallMap, type Sample, type Sampling } from './frame.ts';
import { emptyForm, field } from './form-samples.ts';

const codeBox = ({ say }: Sampling) => ({
  action: '/verify',
  label: say('Mã in dưới hình QR', 'The code printed under the QR symbol'),
  hint: say(
    '12 hoặc 20 ký tự. Hoặc mở máy ảnh và quét tem.',
    '12 or 20 characters. Or open your camera and scan.',
  ),
  button: say('Xem', 'Look up'),
  value: '',
  error: null,
});

function home(sampled: Sampling, demo: boolean): HomePageModel {
  const { say, spoken, frame, language } = sampled;
  const t = spoken(systemStrings);
  const verdicts = spoken(traceStrings);
  const sample = (kind: 'genuine' | 'recalled' | 'suspect' | 'expired', label: string, detail: string) => ({
    kind,
    shape: VERDICT_SHAPES[kind],
    label,
    detail,
    href: `/trace/${kind}`,
  });
  return {
    page: frame(t.title, demo ? '/home' : '/home-own', { demo }),
    t,
    codeBox: codeBox(sampled),
    stats: [
      { value: '15', label: t.statCooperatives({ one: false }), href: null },
      { value: '41', label: t.statProducts({ one: false }), href: null },
      { value: '96', label: t.statBatches({ one: false }), href: null },
    ],
    map: linkedMap(language),
    provincesHref: '/provinces',
    productsTitle: t.productsTitle,
    products: sampleProducts(sampled),
    productsHref: '/products',
    samples: demo
      ? [
          sample(
            'genuine',
            verdicts.genuineTitle,
            say('Chè Shan tuyết, lô CX-01', 'Shan Tuyết tea, lot CX-01'),
          ),
          sample('recalled', verdicts.recalledTitle, say('Dưa lưới, lô DL-07', 'Melon, lot DL-07')),
          sample('suspect', verdicts.suspectTitle, say('Mật ong bạc hà, lô MB-07', 'Mint honey, lot MB-07')),
          sample('expired', verdicts.expiredTitle, say('Sữa chua dê, lô SC-03', 'Goat yoghurt, lot SC-03')),
        ]
      : [],
    registerHref: '/register',
    verifyHref: '/verify',
    signInHref: '/login',
  };
}

function provinces({ say, spoken, frame, language }: Sampling): ProvincesPageModel {
  const t = spoken(referenceStrings);
  const place = (name: string, count: number) => ({
    name,
    href: '/province',
    count: count === 0 ? null : t.count({ count: String(count), one: count === 1 }),
  });
  return {
    page: frame(t.listTitle, '/provinces'),
    t,
    map: linkedMap(language),
    regions: [
      {
        name: say('Trung du và miền núi phía Bắc', 'Northern midlands and mountains'),
        provinces: [
          place('Cao Bằng', 1),
          place('Lào Cai', 2),
          place('Thái Nguyên', 0),
          place('Tuyên Quang', 3),
        ],
      },
      {
        name: say('Đồng bằng sông Hồng', 'Red River delta'),
        provinces: [place('Hà Nội', 2), place('Ninh Bình', 0)],
      },
      {
        name: say('Đồng bằng sông Cửu Long', 'Mekong delta'),
        provinces: [place('An Giang', 1), place('Cần Thơ', 0), place('Cà Mau', 1), place('Vĩnh Long', 2)],
      },
    ],
  };
}

function province(sampled: Sampling, empty: boolean): ProvincePageModel {
  const { say, spoken, frame, language } = sampled;
  const t = spoken(referenceStrings);
  const cooperative = (vi: string, en: string, place: string) => ({
    name: say(vi, en),
    href: '/cooperative',
    place,
    about: say('64 thành viên, từ 2016, 3 sản phẩm', '64 members, since 2016, 3 products'),
  });
  return {
    page: frame('Tuyên Quang', empty ? '/province-empty' : '/province'),
    t,
    name: 'Tuyên Quang',
    formerly: t.formerly({ names: say('Hà Giang và Tuyên Quang', 'Hà Giang and Tuyên Quang') }),
    redirectedFrom: empty ? null : t.redirected({ old: 'Hà Giang', now: 'Tuyên Quang' }),
    map: smallMap(language, '08'),
    stats: empty
      ? []
      : [
          { value: '3', label: say('hợp tác xã', 'cooperatives'), href: null },
          { value: '9', label: say('sản phẩm', 'products'), href: '/products' },
        ],
    facts: [],
    cooperatives: empty
      ? []
      : [
          cooperative('Hợp tác xã Chè cổ thụ Mây Ngủ', 'Mây Ngủ Ancient Tea Cooperative', 'xã Lũng Phìn'),
          cooperative('Hợp tác xã Mật ong Cao nguyên đá', 'Stone Plateau Honey Cooperative', 'xã Đồng Văn'),
        ],
    cooperativesEmpty: {
      title: t.cooperativesEmptyTitle,
      sentence: t.cooperativesEmptySentence,
      action: { label: t.register, href: '/register' },
    },
    pagination: empty
      ? null
      : {
          label: say('Các trang', 'Pages'),
          position: say('1–2 trong 3', '1–2 of 3'),
          previous: null,
          next: { label: say('Tiếp', 'Next'), href: '/province' },
        },
    products: empty ? [] : sampleProducts(sampled),
    allProducts: empty ? null : { label: t.allProducts, href: '/products' },
  };
}

function cooperative(sampled: Sampling): CooperativePageModel {
  const { say, spoken, frame, language } = sampled;
  return {
    page: frame(say('Hợp tác xã Chè cổ thụ Mây Ngủ', 'Mây Ngủ Ancient Tea Cooperative'), '/cooperative'),
    t: spoken(organizationStrings),
    name: say('Hợp tác xã Chè cổ thụ Mây Ngủ', 'Mây Ngủ Ancient Tea Cooperative'),
    about: say('64 hộ, từ 2016', '64 households, since 2016'),
    description: say(
      'Chúng tôi hái chè từ những cây Shan tuyết hàng trăm tuổi trên đồi Pả Ngán, sao tay và đóng gói tại bản.',
      'We pick from Shan Tuyết trees hundreds of years old on Pả Ngán hill, fire the leaves by hand and pack here.',
    ),
    photo: null,
    province: { name: 'Tuyên Quang', href: '/province', map: smallMap(language, '08') },
    address: say('Thôn Pả Ngán, xã Lũng Phìn', 'Pả Ngán village, Lũng Phìn commune'),
    facts: [{ label: say('Mã số thuế', 'Tax code'), value: '9900000001' }],
    certificates: [
      {
        name: 'VietGAP',
        detail: say('VG-0426-118, đến 30/11/2027', 'VG-0426-118, until 30/11/2027'),
        today: { state: 'valid', text: say('còn hiệu lực', 'valid') },
        fileHref: null,
      },
      {
        name: 'TCVN 11041-2',
        detail: say('HC-2211-07, đến 02/11/2026', 'HC-2211-07, until 02/11/2026'),
        today: { state: 'lapsed', text: say('hết hạn 22 ngày', 'lapsed 22 days ago') },
        fileHref: null,
      },
    ],
    products: sampleProducts(sampled).slice(0, 3),
    moreProducts: null,
    productsEmpty: { title: '', sentence: '', action: null },
    recall: {
      tone: 'bad',
      title: say('Lô CX-01 đang được thu hồi', 'Lot CX-01 is recalled'),
      sentence: say('Chè Shan tuyết, từ 22/11/2026', 'Shan Tuyết tea, since 22/11/2026'),
      action: { label: say('Xem thông báo', 'See the notice'), href: '/recalls' },
    },
    phone: { label: say('Gọi', 'Call'), href: 'tel:+84200123456' },
    email: { label: say('Viết thư', 'Write'), href: 'mailto:lien-he@may-ngu.example' },
  };
}

function product(sampled: Sampling): ProductPageModel {
  const { say, spoken, frame, language } = sampled;
  const certificates: ProductPageModel['certificates'] = [
    {
      name: 'VietGAP',
      detail: say('VG-0426-118, đến 30/11/2027', 'VG-0426-118, until 30/11/2027'),
      today: { state: 'valid', text: say('còn hiệu lực', 'valid') },
      fileHref: '/certificates/1/file',
    },
  ];
  return {
    page: frame(say('Chè Shan tuyết cổ thụ Mây Ngủ', 'Mây Ngủ ancient Shan Tuyết tea'), '/product'),
    t: spoken(productStrings),
    name: say('Chè Shan tuyết cổ thụ Mây Ngủ', 'Mây Ngủ ancient Shan Tuyết tea'),
    picture: { photo: null, drawing: illustration('1.11') },
    morePhotos: [],
    tier: say('Chủ lực quốc gia', 'National key product'),
    ocop: fourStars(sampled, say('Quyết định 1234/QĐ-UBND', 'Decision 1234/QĐ-UBND')),
    description: say(
      'Búp một tôm hai lá từ cây chè cổ thụ, nước vàng trong, hậu ngọt lâu.',
      'One bud and two leaves from ancient trees; a clear golden cup with a long sweet finish.',
    ),
    facts: [
      { label: say('Khối lượng tịnh', 'Net weight'), value: '100 g' },
      { label: say('Bảo quản', 'Storage'), value: say('Nơi khô mát, tránh ánh nắng', 'Cool and dry') },
    ],
    warnings: {
      tone: 'late',
      title: say('Cảnh báo', 'Warning'),
      sentence: say('Có caffeine, không nên dùng buổi tối.', 'Contains caffeine; better not in the evening.'),
      action: null,
    },
    cooperative: {
      name: say('Hợp tác xã Chè cổ thụ Mây Ngủ', 'Mây Ngủ Ancient Tea Cooperative'),
      href: '/cooperative',
      about: say('64 hộ, từ 2016', '64 households, since 2016'),
    },
    province: { name: 'Tuyên Quang', href: '/province', map: smallMap(language, '08') },
    certificates,
    batches: [
      {
        label: say('Lô CX-02', 'Lot CX-02'),
        detail: say('12/09/2026, 5 việc đã ghi', '12/09/2026, 5 steps on record'),
        href: '/trace/bare',
        chip: null,
      },
      {
        label: say('Lô CX-01', 'Lot CX-01'),
        detail: say('09/04/2026, 3 việc đã ghi', '09/04/2026, 3 steps on record'),
        href: '/trace/recalled',
        chip: { label: say('đang thu hồi', 'recalled'), tone: 'bad' },
      },
    ],
  };
}

function login({ say, spoken, frame }: Sampling, failed: boolean): LoginPageModel {
  const t = spoken(accountStrings);
  const form = emptyForm(t.submit, [
    {
      legend: '',
      hint: null,
      fields: [
        field('login', t.login, { autocomplete: 'username', value: failed ? 'hanh@may-ngu.example' : '' }),
        field('password', t.password, { kind: 'password', autocomplete: 'current-password' }),
      ],
    },
  ]);
  return {
    page: frame(t.loginTitle, failed ? '/login-failed' : '/login', { demo: true }),
    t,
    form: failed
      ? { ...form, notice: { tone: 'bad', title: t.errorTitle, sentence: t.wrong, action: null } }
      : form,
    registerHref: '/register',
    demoHint: t.demoHint,
    demoAccounts: [
      { role: say('Người ghi chép', 'Clerk'), login: 'hanh@may-ngu.example', password: 'nguon-demo' },
      {
        role: say('Quản lý hợp tác xã', 'Manager'),
        login: 'quan-ly@may-ngu.example',
        password: 'nguon-demo',
      },
    ],
  };
}

function invitation({ say, spoken, frame }: Sampling, refused: boolean): InvitationPageModel {
  const t = spoken(memberStrings);
  return {
    page: frame(t.invitationTitle, refused ? '/invitation-refused' : '/invitation'),
    t,
    sentence: t.invitationSentence({
      organization: say('Hợp tác xã Chè cổ thụ Mây Ngủ', 'Mây Ngủ Ancient Tea Cooperative'),
      role: say('người ghi chép', 'a clerk'),
    }),
    form: refused
      ? null
      : emptyForm(t.accept, [
          {
            legend: '',
            hint: null,
            fields: [
              field('name', t.name, { autocomplete: 'name' }),
              field('password', t.passwordNew, {
                kind: 'password',
                hint: t.passwordHint,
                autocomplete: 'new-password',
              }),
            ],
          },
        ]),
    refused: refused
      ? { tone: 'late', title: t.refusedTitle, sentence: t.refusedSentence, action: null }
      : null,
  };
}

function recalls({ say, spoken, frame }: Sampling, empty: boolean): RecallsPageModel {
  const t = spoken(recallStrings);
  const notice = (inForce: boolean) => ({
    product: {
      label: say('Chè Shan tuyết cổ thụ Mây Ngủ', 'Mây Ngủ ancient Shan Tuyết tea'),
      href: '/product',
    },
    cooperative: { label: say('HTX Chè cổ thụ Mây Ngủ', 'Mây Ngủ Cooperative'), href: '/cooperative' },
    severity: t.severitySafety,
    inForce,
    period: inForce ? say('từ 22/11/2026', 'since 22/11/2026') : '02/03/2026 – 20/03/2026',
    reason: say('Dư lượng thuốc trừ sâu vượt mức cho phép.', 'Pesticide residue above the limit.'),
    instruction: inForce
      ? say('Mang trả nơi mua để được hoàn tiền.', 'Return it to the shop for a refund.')
      : null,
    facts: [{ label: t.lot, value: 'CX-01' }],
  });
  return {
    page: frame(t.title, empty ? '/recalls-empty' : '/recalls'),
    t,
    notices: empty ? [] : [notice(true), notice(false)],
    empty: { title: t.emptyTitle, sentence: t.emptySentence, action: { label: t.verify, href: '/verify' } },
    pagination: null,
  };
}

function problem(sampled: Sampling, status: 404 | 500): ProblemPageModel {
  const { say, spoken, frame } = sampled;
  const missing = status === 404;
  return {
    page: frame(
      missing ? say('Không tìm thấy', 'Not found') : say('Hệ thống gặp sự cố', 'Something went wrong'),
      `/problem/${status}`,
    ),
    t: spoken(problemStrings),
    status,
    title: missing
      ? say('Không tìm thấy trang này', 'There is no such page')
      : say('Hệ thống gặp sự cố', 'Something went wrong on our side'),
    detail: missing
      ? say('Nếu bạn có mã trên tem, hãy nhập ở đây.', 'If you have the code of a label, type it here.')
      : null,
    reference: missing ? null : 'V1StGXR8',
    links: [{ label: say('Về trang đầu', 'To the first page'), href: '/' }],
    codeBox: missing ? codeBox(sampled) : null,
  };
}

/** Every public page except the trace page and those that are mostly a form. */
export function publicSamples(sampled: Sampling): readonly Sample[] {
  return [
    { path: '/home', view: 'home/page', model: home(sampled, true) },
    { path: '/home-own', view: 'home/page', model: home(sampled, false) },
    { path: '/provinces', view: 'provinces/list', model: provinces(sampled) },
    { path: '/province', view: 'provinces/page', model: province(sampled, false) },
    { path: '/province-empty', view: 'provinces/page', model: province(sampled, true) },
    { path: '/cooperative', view: 'cooperatives/page', model: cooperative(sampled) },
    { path: '/product', view: 'products/page', model: product(sampled) },
    { path: '/login', view: 'login/page', model: login(sampled, false) },
    { path: '/login-failed', view: 'login/page', model: login(sampled, true) },
    { path: '/invitation', view: 'invitation/page', model: invitation(sampled, false) },
    { path: '/invitation-refused', view: 'invitation/page', model: invitation(sampled, true) },
    { path: '/recalls', view: 'recalls/list', model: recalls(sampled, false) },
    { path: '/recalls-empty', view: 'recalls/list', model: recalls(sampled, true) },
    { path: '/problem/404', view: 'problem/page', model: problem(sampled, 404) },
    { path: '/problem/500', view: 'problem/page', model: problem(sampled, 500) },
  ];
}
