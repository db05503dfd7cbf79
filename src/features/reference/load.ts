import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../platform/package-root.ts';
import type { Unit } from '../../domain/quantity/quantity.ts';
import type { Bilingual } from '../../platform/i18n.ts';

/** The files of `reference/`, as they are; `code-lists.ts` gives them their meaning. */

type ProvinceRow = {
  readonly code: string;
  readonly name: string;
  readonly fullName: string;
  readonly nameEn: string;
  readonly slug: string;
  readonly type: string;
  readonly formerCodes: readonly string[];
  readonly region: string;
  readonly regionEn: string;
  readonly regionId: string;
};
type FormerProvinceRow = {
  readonly code: string;
  readonly name: string;
  readonly slug: string;
  readonly mergedInto: string;
};
type CategoryRow = { readonly code: string; readonly name: Bilingual };
type GroupRow = CategoryRow & { readonly subgroups: readonly CategoryRow[] };
type IndicationRow = {
  readonly code: string;
  readonly name: string;
  readonly product: Bilingual;
  readonly provinceCode: string;
};
export type Step = {
  readonly code: string;
  readonly name: Bilingual;
  readonly publicWording: Bilingual;
  /** Business step of the Core Business Vocabulary 2.0; null where it has no word (farming). */
  readonly cbvBizStep: string | null;
  readonly epcisEventType: string;
  readonly stage: string;
};
export type ChainTemplate = {
  readonly code: string;
  readonly name: Bilingual;
  readonly productGroup: string;
  readonly steps: readonly string[];
};

function read<T>(name: string): T {
  return JSON.parse(readFileSync(join(packageRoot, 'reference', name), 'utf8')) as T;
}

/** The code lists as they stand in `reference/`. @throws Error when a file is missing or not JSON */
export function loadReference() {
  return {
    provinces: read<{ provinces: readonly ProvinceRow[] }>('provinces.json').provinces,
    formerProvinces: read<{ formerProvinces: readonly FormerProvinceRow[] }>('former-provinces.json')
      .formerProvinces,
    communes: read<{ communes: readonly (readonly [string, string, string])[] }>('communes.json').communes,
    groups: read<{ groups: readonly GroupRow[] }>('ocop-groups.json').groups,
    keyProducts: read<{ products: readonly CategoryRow[] }>('national-key-products.json').products,
    indications: read<{ indications: readonly IndicationRow[] }>('geographical-indications.json').indications,
    units: read<{ units: readonly Unit[] }>('units.json').units,
    ...read<{
      stages: readonly CategoryRow[];
      steps: readonly Step[];
      templates: readonly ChainTemplate[];
    }>('value-chain-steps.json'),
  };
}
