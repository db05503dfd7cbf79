import type { Actor, OrganizationKind } from '../../platform/access.ts';
import type { Text } from '../../platform/i18n.ts';
import type { Numbered } from '../../platform/search-page.ts';

/** A cooperative's legal form; Law on Cooperatives 2023, art. 4: hợp tác xã, liên hiệp hợp tác xã, tổ hợp tác. */
export const COOPERATIVE_KINDS = ['cooperative', 'federation', 'group'] as const;
export type CooperativeKind = (typeof COOPERATIVE_KINDS)[number];

export type OrganizationStatus = 'pending' | 'active' | 'rejected';

/** A cooperative, a provincial union or a retailer: whoever people belong to. */
export type Organization = {
  readonly id: string;
  readonly kind: OrganizationKind;
  readonly slug: string;
  readonly name: string;
  readonly nameEn?: string | undefined;
  /** Of cooperatives only. */
  readonly cooperativeKind?: CooperativeKind | undefined;
  readonly provinceCode: string;
  readonly communeCode?: string | undefined;
  readonly address: string;
  readonly taxCode?: string | undefined;
  readonly phone?: string | undefined;
  readonly email?: string | undefined;
  /** `YYYY-MM-DD`. */
  readonly foundedOn?: string | undefined;
  readonly memberCount?: number | undefined;
  readonly description?: Text | undefined;
  readonly status: OrganizationStatus;
  /** Part of the demonstration; every public page says so. */
  readonly demo: boolean;
  readonly createdAt: Date;
};

export { aboutCooperative, cooperativeCard, cooperativeName } from './about.ts';

/** What other features may ask of organisations. */
export type Organizations = {
  byId(id: string): Promise<Organization | null>;
  byIds(ids: readonly string[]): Promise<ReadonlyMap<string, Organization>>;
  /** Active cooperatives by name, at most 1,000. */
  activeCooperatives(filter: { readonly provinceCode?: string }): Promise<readonly Organization[]>;
  /** One numbered page of the active cooperatives by name, with those whose names have every one of `words`. */
  searchCooperatives(
    filter: { readonly provinceCode?: string | undefined; readonly q?: string | undefined },
    page: number,
  ): Promise<Numbered<Organization>>;
  countActive(provinceCode?: string): Promise<number>;
  countByProvince(): Promise<ReadonlyMap<string, number>>;
  /** What the officer wrote with the decision on a registration; null without one. */
  decisionNote(id: string): Promise<string | null>;
  unionOf(provinceCode: string): Promise<Organization | null>;
  /** Whether there is none of any kind. */
  isEmpty(): Promise<boolean>;
  /** For the demonstration: as `fields` say; the same id again changes nothing. */
  insert(fields: Omit<Organization, 'slug' | 'createdAt'>): Promise<Organization>;
};

/** A province with cooperatives, active or waiting, and who looks after them. */
export type ProvinceInUse = {
  readonly provinceCode: string;
  readonly active: number;
  readonly pending: number;
  /** Null without a union. */
  readonly unionId: string | null;
  readonly hasOfficer: boolean;
};

/**
 * What the first screens of those who look after organisations ask: an officer about the own province, the
 * administrator about all.
 * @throws Problem `not-allowed` for anybody else
 */
export type OrganizationDirectory = {
  counts(actor: Actor | null): Promise<{
    /** Cooperatives that wait for a decision. */
    readonly pending: number;
    readonly active: number;
    readonly retailers: number;
    readonly unions: number;
  }>;
  /** Registrations without a decision, the longest waiting first. */
  waiting(actor: Actor | null, limit: number): Promise<readonly Organization[]>;
  /** By code. The administrator's alone. */
  provincesInUse(actor: Actor | null): Promise<readonly ProvinceInUse[]>;
};
