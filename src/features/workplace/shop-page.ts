import { formatNumber } from '../../platform/format.ts';
import { speak } from '../../platform/i18n.ts';
import type { PageFrame } from '../../platform/page-frame.ts';
import type { ActionCardModel, WorkFrame } from '../../platform/workplace-view-model.ts';
import { VERDICT_SHAPES, verdictTitle, type VerdictKind } from '../trace/contract.ts';
import { CODES_MAX } from '../verification/contract.ts';
import { shopStrings } from './shop-strings.ts';
import type { ShopPageModel } from './view-model.ts';

/** What comes most often first. */
const VERDICTS: readonly VerdictKind[] = [
  'genuine',
  'expired',
  'recalled',
  'suspect',
  'unknown',
  'sold',
  'void',
];

/** The first screen of a shop's people; a manager also looks after the staff. */
export function shopPage(
  { frame, work }: { readonly frame: PageFrame; readonly work: WorkFrame },
  role: 'manager' | 'staff',
): ShopPageModel {
  const { language } = frame;
  const t = speak(shopStrings, language);
  const max = formatNumber(CODES_MAX.retailer, language);
  const staff: ActionCardModel = {
    label: t.members,
    detail: t.membersDetail,
    href: '/manage/members',
    icon: 'people',
    main: false,
  };
  return {
    page: frame,
    work,
    t,
    greeting: t.greeting({ name: frame.user?.name ?? '' }),
    actions: [
      {
        label: t.delivery,
        detail: t.deliveryDetail({ max }),
        href: '/verify#many',
        icon: 'scan',
        main: true,
      },
      { label: t.one, detail: t.oneDetail, href: '/verify#code', icon: 'search', main: false },
      { label: t.recalls, detail: t.recallsDetail, href: '/recalls', icon: 'alert', main: false },
      ...(role === 'manager' ? [staff] : []),
    ],
    verdicts: VERDICTS.map((kind) => ({
      kind,
      shape: VERDICT_SHAPES[kind],
      name: verdictTitle(kind, language),
      meaning: t[kind],
    })),
  };
}
