import type { Actor, Membership } from './access.ts';
import { speak, type Language, type Strings } from './i18n.ts';
import { Problem } from './problem.ts';
import type { Context } from './routing.ts';
import type { TabModel, WorkFrame } from './workplace-view-model.ts';

/** Words of the workplace's tabs. */
const workStrings = {
  today: { vi: 'Hôm nay', en: 'Today' },
  batches: { vi: 'Lô hàng', en: 'Batches' },
  labels: { vi: 'In tem', en: 'Labels' },
  more: { vi: 'Thêm', en: 'More' },
  approvals: { vi: 'Đăng ký', en: 'Applications' },
  organizations: { vi: 'Đơn vị', en: 'Organisations' },
  verify: { vi: 'Kiểm tra', en: 'Check' },
  signOut: { vi: 'Đăng xuất', en: 'Sign out' },
  administration: { vi: 'Quản trị hệ thống', en: 'Administration' },
} satisfies Strings;

export type WorkTab = 'today' | 'batches' | 'labels' | 'approvals' | 'organizations' | 'verify' | 'more';

const TABS: Readonly<Record<WorkTab, Pick<TabModel, 'href' | 'icon'>>> = {
  today: { href: '/manage', icon: 'home' },
  batches: { href: '/manage/batches', icon: 'batch' },
  labels: { href: '/manage/labels', icon: 'printer' },
  approvals: { href: '/manage/approvals', icon: 'check' },
  organizations: { href: '/manage/organizations', icon: 'people' },
  verify: { href: '/verify', icon: 'scan' },
  more: { href: '/manage/more', icon: 'more' },
};

function tabsFor(actor: Actor): readonly WorkTab[] {
  const [membership] = actor.memberships;
  if (membership?.kind === 'cooperative') return ['today', 'batches', 'labels', 'more'];
  if (membership?.kind === 'retailer') return ['today', 'verify', 'more'];
  return ['today', 'approvals', 'organizations', 'more'];
}

/** In which organisation a person works: the one chosen in this browser, else the first one that they joined. */
export function workingMembership(actor: Actor): Membership | null {
  return actor.memberships[0] ?? null;
}

/** The cooperative in which a person works. @throws Problem `not-allowed` for guests and people of anything else */
export function ownCooperativeId(actor: Actor | null): string {
  const membership = actor === null ? null : workingMembership(actor);
  if (membership?.kind !== 'cooperative') throw new Problem('not-allowed');
  return membership.organizationId;
}

/** What the frame says of an organisation. */
type WorkOrganization = { readonly name: string; readonly demo: boolean };

/** What stands around a page of the workplace; `organization` is null for the administrator. */
export function workFrame(
  actor: Actor,
  language: Language,
  place: { readonly organization: WorkOrganization | null; readonly tab: WorkTab },
): WorkFrame {
  const words = speak(workStrings, language);
  return {
    organizationName: place.organization?.name ?? words.administration,
    demo: place.organization?.demo ?? false,
    switchHref: actor.memberships.length > 1 ? '/manage/more#organizations' : null,
    tabs: tabsFor(actor).map((tab) => ({ ...TABS[tab], label: words[tab], current: tab === place.tab })),
    signOut: { action: '/logout', label: words.signOut },
  };
}

/** What a feature's pages in the workplace have around them. */
export type Workplace = {
  /** @throws Problem `sign-in-first` for a guest */
  frameFor(context: Pick<Context, 'actor' | 'language'>, tab: WorkTab): Promise<WorkFrame>;
};

/** The frame around every page of the workplace; `organizationOf` finds in whose name a person works. */
export function workplace(organizationOf: (id: string) => Promise<WorkOrganization | null>): Workplace {
  return {
    async frameFor({ actor, language }, tab) {
      if (actor === null) throw new Problem('sign-in-first');
      const membership = workingMembership(actor);
      const organization = membership === null ? null : await organizationOf(membership.organizationId);
      return workFrame(actor, language, { organization, tab });
    },
  };
}
