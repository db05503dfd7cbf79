import { searchKey } from '../../domain/text/search-key.ts';
import type { Bilingual, Language } from '../../platform/i18n.ts';
import { loadReference, type ChainTemplate, type Step } from './load.ts';

/** A province or city of today, with those of before 1 July 2025 that lead to it. */
export type Province = {
  readonly code: string;
  readonly name: string;
  /** With its type: “Tỉnh Tuyên Quang”. */
  readonly fullName: string;
  readonly nameEn: string;
  readonly slug: string;
  readonly type: string;
  readonly region: Bilingual;
  readonly regionId: string;
  readonly formerProvinces: readonly {
    readonly code: string;
    readonly name: string;
    readonly slug: string;
  }[];
};

export type Commune = { readonly code: string; readonly name: string; readonly provinceCode: string };
export type NamedCode = { readonly code: string; readonly name: Bilingual };
export type { Step, ChainTemplate };

/** A province found by an address of today or of before; `former` names the one that was asked for. */
export type FoundProvince = { readonly province: Province; readonly former: string | null };

/** The same, with the code that the former province had. */
export type FoundByKey = {
  readonly province: Province;
  readonly former: { readonly code: string; readonly name: string } | null;
};

const byCode = <T extends { readonly code: string }>(items: readonly T[]): ReadonlyMap<string, T> =>
  new Map(items.map((item) => [item.code, item]));

function byProvince(communes: readonly Commune[]): ReadonlyMap<string, readonly Commune[]> {
  const found = new Map<string, Commune[]>();
  for (const commune of communes) {
    found.set(commune.provinceCode, [...(found.get(commune.provinceCode) ?? []), commune]);
  }
  return found;
}

/** Names to look for in an address, longest first so that “Hà Giang” is not taken for “Hà”. */
function namesInAddresses(
  provinces: readonly Province[],
  former: ReturnType<typeof loadReference>['formerProvinces'],
) {
  const nameOf = new Map(provinces.map(({ code, name }) => [code, name]));
  return [
    ...provinces.map(({ code, name }) => ({ key: ` ${searchKey(name)} `, code, former: null })),
    ...former.map(({ name, mergedInto }) => ({
      key: ` ${searchKey(name)} `,
      code: mergedInto,
      former: nameOf.get(mergedInto) === name ? null : name,
    })),
  ].sort((a, b) => b.key.length - a.key.length);
}

/** Every code list of the product, read once at the start. */
export function codeLists() {
  const data = loadReference();
  const former = byCode(data.formerProvinces);
  const provinces: readonly Province[] = data.provinces.map((row) => ({
    code: row.code,
    name: row.name,
    fullName: row.fullName,
    nameEn: row.nameEn,
    slug: row.slug,
    type: row.type,
    region: { vi: row.region, en: row.regionEn },
    regionId: row.regionId,
    formerProvinces: row.formerCodes.flatMap((code) => {
      const found = former.get(code);
      return found === undefined ? [] : [{ code, name: found.name, slug: found.slug }];
    }),
  }));
  const communes = data.communes.map(([code, name, provinceCode]): Commune => ({ code, name, provinceCode }));
  const communesOf = byProvince(communes);

  const provinceByCode = byCode(provinces);
  const provinceBySlug = new Map(provinces.map((province) => [province.slug, province]));
  const formerBySlug = new Map(data.formerProvinces.map((row) => [row.slug, row]));
  const communeByCode = byCode(communes);
  const categories = data.groups.flatMap((group) =>
    group.subgroups.map((subgroup) => ({ ...subgroup, group: group.name })),
  );
  const categoryByCode = byCode(categories);
  const keyProductByCode = byCode(data.keyProducts);
  const indicationByCode = byCode(data.indications);
  const unitByCode = byCode(data.units);
  const stepByCode = byCode(data.steps);
  const templateByCode = byCode(data.templates);
  const nameIn = (found: NamedCode | undefined, code: string, language: Language) =>
    found?.name[language] ?? code;

  const names = namesInAddresses(provinces, data.formerProvinces);

  return {
    provinces,
    province: (code: string) => provinceByCode.get(code) ?? null,
    isProvince: (code: string) => provinceByCode.has(code),

    /**
     * By code or slug, of today or of before 1 July 2025. A code that both lists have is today's: where a number was
     * kept, the unit of today contains the one of before.
     */
    findProvince(key: string): FoundByKey | null {
      const today = provinceByCode.get(key) ?? provinceBySlug.get(key);
      if (today !== undefined) return { province: today, former: null };
      const old = former.get(key) ?? formerBySlug.get(key);
      const province = old === undefined ? undefined : provinceByCode.get(old.mergedInto);
      return old === undefined || province === undefined
        ? null
        : { province, former: { code: old.code, name: old.name } };
    },

    /** The province that an address names, read from its end: “…, huyện Đồng Văn, Hà Giang” is in Tuyên Quang now. */
    provinceOfAddress(address: string): FoundProvince | null {
      const text = ` ${searchKey(address)} `;
      const found = names
        .map((name) => ({ name, at: text.lastIndexOf(name.key) + name.key.length }))
        .filter(({ name }) => text.includes(name.key))
        .sort((a, b) => b.at - a.at || b.name.key.length - a.name.key.length)[0]?.name;
      const province = found === undefined ? undefined : provinceByCode.get(found.code);
      return found === undefined || province === undefined ? null : { province, former: found.former };
    },

    communesOf: (provinceCode: string): readonly Commune[] => communesOf.get(provinceCode) ?? [],
    commune: (code: string) => communeByCode.get(code) ?? null,

    categories,
    isCategory: (code: string) => categoryByCode.has(code),
    categoryName: (code: string, language: Language) => nameIn(categoryByCode.get(code), code, language),

    keyProducts: data.keyProducts,
    isKeyProduct: (code: string) => keyProductByCode.has(code),
    keyProductName: (code: string, language: Language) => nameIn(keyProductByCode.get(code), code, language),

    indications: data.indications,
    isIndication: (code: string) => indicationByCode.has(code),
    indication: (code: string) => indicationByCode.get(code) ?? null,

    units: data.units,
    unitTable: unitByCode,
    isUnit: (code: string) => unitByCode.has(code),

    steps: data.steps,
    stages: data.stages,
    isStep: (code: string) => stepByCode.has(code),
    step: (code: string): Step | null => stepByCode.get(code) ?? null,
    stepName: (code: string, language: Language) => nameIn(stepByCode.get(code), code, language),
    templates: data.templates,
    isTemplate: (code: string) => templateByCode.has(code),

    /** The steps offered for a product: of its own chain, else of its group's, else all, in the chain's order. */
    chainFor(product: {
      readonly valueChain?: string | undefined;
      readonly category: string;
    }): readonly Step[] {
      const template =
        templateByCode.get(product.valueChain ?? '') ??
        data.templates.find((one) => one.productGroup === product.category);
      const codes = template?.steps ?? data.steps.map((step) => step.code);
      return codes.flatMap((code) => stepByCode.get(code) ?? []);
    },
  };
}

export type CodeLists = ReturnType<typeof codeLists>;
