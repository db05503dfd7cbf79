import { illustration } from '../../src/platform/illustration.ts';
import type { FactModel } from '../../src/platform/view-parts.ts';
import { traceStrings } from '../../src/features/trace/strings.ts';
import {
  VERDICT_SHAPES,
  type CertificateModel,
  type StampModel,
  type TimelineItemModel,
  type TracePageModel,
  type TraceSubjectModel,
  type VerdictKind,
} from '../../src/features/trace/view-model.ts';
import { fourStars, smallMap, type Sample, type Sampling } from './frame.ts';

const CODE = 'NGKT 82QD 5M0X R4ZA C7TV';

function titleAndSentence({ say, spoken }: Sampling, kind: VerdictKind): readonly [string, string] {
  const t = spoken(traceStrings);
  switch (kind) {
    case 'genuine':
      return [t.genuineTitle, t.genuineSentence];
    case 'recalled':
      return [
        t.recalledTitle,
        t.recalledSentence({
          date: '22/11/2026',
          reason: say('dư lượng thuốc trừ sâu vượt mức cho phép.', 'pesticide residue above the limit.'),
        }),
      ];
    case 'expired':
      return [t.expiredTitle, t.expiredSentence({ date: '05/10/2026' })];
    case 'suspect':
      return [
        t.suspectTitle,
        t.suspectSentence({
          reason: say(
            'được quét ở 3 nơi cách xa nhau trong thời gian ngắn',
            'scanned in 3 distant places within a short time',
          ),
        }),
      ];
    case 'sold':
      return [t.soldTitle, t.soldSentence({ date: '18/11/2026' })];
    case 'void':
      return [t.voidTitle, t.voidSentence];
    case 'unknown':
      return [t.unknownTitle, t.unknownSentence];
    default:
      return kind satisfies never;
  }
}

function stamp(sampled: Sampling, kind: VerdictKind): StampModel {
  const [title, sentence] = titleAndSentence(sampled, kind);
  const { say, spoken } = sampled;
  const scanLines: Partial<Record<VerdictKind, string>> = {
    genuine: spoken(traceStrings).scanFirst,
    suspect: say('Đã quét 41 lần, lần đầu 02/11/2026', 'Scanned 41 times, first on 02/11/2026'),
    sold: say('Đã quét 3 lần, lần đầu 16/11/2026', 'Scanned 3 times, first on 16/11/2026'),
  };
  return {
    kind,
    shape: VERDICT_SHAPES[kind],
    title,
    sentence,
    scanLine: scanLines[kind] ?? null,
    codeText: CODE,
  };
}

function events({ say }: Sampling): readonly TimelineItemModel[] {
  const event = (
    own: Partial<TimelineItemModel> & Pick<TimelineItemModel, 'title' | 'dateText'>,
  ): TimelineItemModel => ({
    occurredAt: '2026-04-05T02:00:00Z',
    place: null,
    by: null,
    written: null,
    quantity: null,
    note: null,
    photos: [],
    correction: null,
    proofHref: '/proof',
    ...own,
  });
  const lot: FactModel = { label: say('Lượng trước', 'Quantity before'), value: '98 kg' };
  return [
    event({
      title: say('Hái búp một tôm hai lá', 'Picking one bud and two leaves'),
      dateText: '05/04/2026',
      place: say('Đồi chè Pả Ngán, xã Lũng Phìn', 'Pả Ngán tea hill, Lũng Phìn commune'),
      written: { text: say('ghi sau 3 giờ', 'written 3 hours later'), late: false },
      quantity: '420 kg',
      note: say(
        'Hái tay, đựng gùi tre, về xưởng trong 2 giờ.',
        'Picked by hand into bamboo baskets, at the workshop in 2 hours.',
      ),
    }),
    event({
      title: say('Sao diệt men, vò, sấy', 'Pan-firing, rolling, drying'),
      dateText: '06/04/2026',
      place: say('Xưởng Mây Ngủ', 'Mây Ngủ workshop'),
      written: { text: say('ghi sau 2 ngày', 'written 2 days later'), late: true },
      quantity: say('96 kg chè khô', '96 kg of dry tea'),
      correction: {
        text: say(
          'Đính chính ngày 07/04/2026: cân lại sau khi sấy.',
          'Corrected on 07/04/2026: weighed again after drying.',
        ),
        original: [lot],
      },
    }),
    event({
      title: say('Đóng gói 940 hộp × 100 g', 'Packed 940 boxes × 100 g'),
      dateText: '09/04/2026',
      place: say('Xưởng Mây Ngủ', 'Mây Ngủ workshop'),
      written: { text: say('ghi sau 1 giờ', 'written 1 hour later'), late: false },
    }),
  ];
}

function certificates({ say }: Sampling): readonly CertificateModel[] {
  return [
    {
      name: say('VietGAP trồng trọt', 'VietGAP crops'),
      detail: say('VG-0426-118, đến 30/11/2027', 'VG-0426-118, until 30/11/2027'),
      today: { state: 'valid', text: say('còn hiệu lực', 'valid') },
      atEvent: null,
      fileHref: '/certificate',
    },
    {
      name: say('An toàn thực phẩm', 'Food safety'),
      detail: say('ATTP-119, đến 12/12/2026', 'ATTP-119, until 12/12/2026'),
      today: { state: 'soon', text: say('còn 18 ngày', '18 days left') },
      atEvent: null,
      fileHref: null,
    },
    {
      name: say('Hữu cơ TCVN 11041-2', 'Organic TCVN 11041-2'),
      detail: say('HC-2211-07, đến 02/11/2026', 'HC-2211-07, until 02/11/2026'),
      today: { state: 'lapsed', text: say('hết hạn 22 ngày', 'lapsed 22 days ago') },
      atEvent: say(
        'Khi thu hoạch (05/04/2026) chứng nhận còn hiệu lực.',
        'It was valid on the day of the harvest (05/04/2026).',
      ),
      fileHref: null,
    },
  ];
}

function recallOf({ say }: Sampling): TraceSubjectModel['recall'] {
  return {
    title: say('Cần làm gì', 'What to do'),
    reason: say(
      'Mẫu kiểm nghiệm ngày 20/11/2026 có dư lượng Fipronil vượt mức. Chỉ lô CX-01 bị thu hồi.',
      'A sample tested on 20/11/2026 had Fipronil above the limit. Only lot CX-01 is recalled.',
    ),
    since: say('Thông báo số 07, từ 22/11/2026', 'Notice 07, since 22/11/2026'),
    instruction: say('Mang trả nơi mua để được hoàn tiền.', 'Return it to the shop for a refund.'),
  };
}

function subject(sampled: Sampling, kind: VerdictKind): TraceSubjectModel {
  const { say, language } = sampled;
  return {
    product: {
      name: say('Chè Shan tuyết cổ thụ Mây Ngủ', 'Mây Ngủ ancient Shan Tuyết tea'),
      href: '/product',
      picture: { photo: null, drawing: illustration('1.11') },
      tier: say('Chủ lực quốc gia', 'National key product'),
      ocop:
        kind === 'expired'
          ? { kind: 'lapsed', text: say('OCOP hết hạn 06/2026', 'OCOP lapsed 06/2026') }
          : fourStars(sampled, say('Quyết định 1234/QĐ-UBND', 'Decision 1234/QĐ-UBND')),
      lotLine: say('Lô CX-01, HSD 05/04/2028', 'Lot CX-01, EXP 05/04/2028'),
      packLine: null,
    },
    cooperative: {
      name: say('Hợp tác xã Chè cổ thụ Mây Ngủ', 'Mây Ngủ Ancient Tea Cooperative'),
      href: '/cooperative',
      about: say('64 hộ, từ 2016', '64 households, since 2016'),
    },
    province: {
      name: 'Tuyên Quang',
      href: '/province',
      commune: say('xã Lũng Phìn', 'Lũng Phìn commune'),
      map: smallMap(language, '08'),
    },
    recall: kind === 'recalled' ? recallOf(sampled) : null,
    timeline: events(sampled),
    related: [
      {
        title: say('Đã dùng để làm', 'Used to make'),
        links: [
          {
            label: say('Trà túi lọc Shan tuyết, lô TL-03', 'Shan Tuyết tea bags, lot TL-03'),
            href: '/batch',
          },
        ],
      },
    ],
    certificates: certificates(sampled),
    knows: {
      level: say(
        'Tem này chỉ cho một hộp: hộp 812 trong 940 hộp của lô CX-01.',
        'This label is for one box only: box 812 of the 940 boxes of lot CX-01.',
      ),
      summary: say('9 trong 10 mục luật yêu cầu', '9 of 10 items that the law asks'),
      bar: { label: say('9 trong 10 mục', '9 of 10 items'), donePercent: 90, partPercent: null },
      others: [
        say('8 trong 8 mục của hộ chiếu số sản phẩm', '8 of the 8 items of the digital product passport'),
        say('10 trong 10 mục của nhãn hàng hóa', '10 of the 10 fields of the goods label'),
      ],
      missing: [say('ảnh sản phẩm của lô', 'a photo of the product')],
    },
    proof: {
      sentence: say(
        'Ba việc trên nằm trong nhật ký đã ký. Sửa một chữ, chữ ký không còn khớp.',
        'The three steps above are in a signed log. Change one letter and the signature no longer fits.',
      ),
      facts: [
        {
          label: say('Nhật ký', 'Log'),
          value: say(
            '12.408 mục, ký lúc 08:40 ngày 24/11/2026',
            '12,408 entries, signed at 08:40 on 24/11/2026',
          ),
        },
      ],
      link: { label: say('Tự kiểm tra bằng chứng', 'Check the proof yourself'), href: '/proof' },
    },
    facts: [
      { label: say('Khối lượng tịnh', 'Net weight'), value: '100 g' },
      {
        label: say('Thành phần', 'Ingredients'),
        value: say('100 % búp chè Shan tuyết', '100% Shan Tuyết tea buds'),
      },
      {
        label: say('Bảo quản', 'Storage'),
        value: say('Nơi khô mát, tránh ánh nắng', 'Cool and dry, away from sunlight'),
      },
      { label: say('Tiêu chuẩn áp dụng', 'Standards applied'), value: 'TCVN 9740:2013' },
    ],
    contact: contacts(sampled),
  };
}

function contacts({ say }: Sampling): TraceSubjectModel['contact'] {
  return {
    phone: { label: say('Gọi hợp tác xã', 'Call the cooperative'), href: 'tel:+84200123456' },
    email: null,
    report: { label: say('Báo tem lạ', 'Report this label'), href: 'mailto:lien-he@may-ngu.example' },
    zalo: { label: say('Chia sẻ qua Zalo', 'Share by Zalo'), href: 'https://zalo.example/share' },
  };
}

function tracePage(sampled: Sampling, kind: VerdictKind): TracePageModel {
  const { say, spoken, frame } = sampled;
  const unknown = kind === 'unknown';
  return {
    page: frame(
      unknown
        ? say('Không tìm thấy mã', 'Code not found')
        : say('Chè Shan tuyết cổ thụ Mây Ngủ', 'Mây Ngủ tea'),
      `/trace/${kind}`,
      { demo: kind === 'sold' },
    ),
    t: spoken(traceStrings),
    stamp: stamp(sampled, kind),
    subject: unknown ? null : subject(sampled, kind),
    codeBox: unknown
      ? {
          action: '/verify',
          label: say('Mã in dưới hình QR', 'The code printed under the QR symbol'),
          hint: say('12 hoặc 20 ký tự', '12 or 20 characters'),
          button: say('Xem', 'Look up'),
          value: CODE,
          error: null,
        }
      : null,
    shareUrl: 'https://nguon.example/NGKT82QD5M0XR4ZAC7TV',
    scanHref: null,
  };
}

/** The seven verdicts, and a trace page of a batch about which little is known. */
export function traceSamples(sampled: Sampling): readonly Sample[] {
  const kinds = Object.keys(VERDICT_SHAPES) as VerdictKind[];
  const pages = kinds.map((kind) => ({
    path: `/trace/${kind}`,
    view: 'trace/page',
    model: tracePage(sampled, kind),
  }));
  const full = tracePage(sampled, 'genuine');
  const bare: TracePageModel = {
    ...full,
    page: sampled.frame('CX-02', '/trace/bare'),
    stamp: { ...full.stamp, scanLine: null, codeText: 'X4T7 2K9P 0QH3' },
    subject: {
      ...subject(sampled, 'genuine'),
      timeline: [],
      certificates: [],
      proof: null,
      facts: [],
      contact: { phone: null, email: null, report: null, zalo: null },
    },
  };
  return [...pages, { path: '/trace/bare', view: 'trace/page', model: bare }];
}
