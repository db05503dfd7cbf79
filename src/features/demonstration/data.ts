import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../platform/package-root.ts';
import type { MemberRole } from '../../platform/access.ts';
import type { Bilingual } from '../../platform/i18n.ts';
import type { CooperativeKind } from '../organizations/contract.ts';

/**
 * `reference/demo-cooperatives.json` as it stands; its head says what every field means. Whatever goes into the
 * database from it passes the same checks as a request, so only what this feature itself reads is typed in full.
 */

type Quantity = { readonly value: number; readonly unit: string };
type Keyed = { readonly key: string };

/** Days from the day of installation: `-42d`, `0d`, `+21d`. */
export type DayOffset = string;

export type DemoOrganization = Keyed & {
  readonly name: string;
  readonly nameEn: string;
  readonly provinceCode: string;
  readonly communeCode: string;
  readonly address: string;
  readonly taxCode?: string;
  readonly phone: string;
  readonly email: string;
  readonly description?: Bilingual;
};

export type DemoCooperative = DemoOrganization & {
  readonly kind: CooperativeKind;
  readonly foundedOn: string;
  readonly memberCount: number;
};

export type DemoPerson = Keyed & {
  readonly organization: string;
  readonly role: MemberRole;
  readonly name: string;
  readonly email: string;
};

export type DemoCertificate = Keyed & {
  readonly cooperative: string;
  readonly issuedOn: DayOffset;
  readonly expiresOn: DayOffset;
  readonly products: readonly string[];
};

export type DemoProduct = Keyed & {
  readonly cooperative: string;
  readonly name: Bilingual;
  readonly category: string;
  readonly brand: string;
  readonly netContent: Quantity;
  readonly ocop?: { readonly stars: number; readonly issuedOn: DayOffset; readonly expiresOn: DayOffset };
};

export type DemoEvent = {
  readonly step: string;
  readonly occurredAt: DayOffset;
  /** `HH:MM` in Vietnam. */
  readonly timeOfDay: string;
  readonly quantity?: Quantity;
  /** How long it took until it was written down, where that was longer than usual. */
  readonly recordedAfterHours?: number;
};

export type DemoBatch = Keyed & {
  readonly product: string;
  readonly lotNumber: string;
  readonly quantity: Quantity;
  readonly packs?: number;
  readonly producedOn: DayOffset;
  readonly expiresOn?: DayOffset;
  readonly inputs?: readonly { readonly batch: string; readonly quantity: Quantity }[];
  /** How many packs have a code of their own. */
  readonly unitLabels?: number;
  readonly otherInputs?: readonly { readonly name: Bilingual; readonly quantity: Quantity }[];
  readonly status: 'open' | 'closed';
  readonly events: readonly DemoEvent[];
};

export type DemoCorrection = Keyed & {
  readonly batch: string;
  /** Index from 0 among the batch's events. */
  readonly event: number;
  readonly reason: Bilingual;
  readonly recordedWrong: Quantity;
};

export type DemoData = {
  readonly _meta: {
    readonly expected: Readonly<Record<string, readonly string[]>>;
    readonly checks: Readonly<Record<string, number>>;
  };
  readonly unions: readonly DemoOrganization[];
  readonly retailers: readonly DemoOrganization[];
  readonly cooperatives: readonly DemoCooperative[];
  readonly accounts: readonly DemoPerson[];
  readonly certificates: readonly DemoCertificate[];
  readonly products: readonly DemoProduct[];
  readonly batches: readonly DemoBatch[];
  readonly corrections: readonly DemoCorrection[];
};

/** Reads the file anew: it is needed at the first start only, so nothing keeps it in memory. */
export function readDemoData(): DemoData {
  const file = join(packageRoot, 'reference', 'demo-cooperatives.json');
  return JSON.parse(readFileSync(file, 'utf8')) as DemoData;
}
