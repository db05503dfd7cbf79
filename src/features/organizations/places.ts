import type { Problem, FieldError } from '../../platform/problem.ts';
import type { Bilingual } from '../../platform/i18n.ts';
import { searchKey } from '../../domain/text/search-key.ts';

export type ProvinceChoice = { readonly code: string; readonly name: string; readonly region: Bilingual };
type NamedPlace = { readonly code: string; readonly name: string };

/** What forms ask of the lists of provinces and communes. */
export type FormPlaces = {
  readonly provinces: readonly ProvinceChoice[];
  communesOf(provinceCode: string): readonly NamedPlace[];
  /** The province that an address names today; `former` is the name of before that the address has. */
  provinceOfAddress(
    address: string,
  ): { readonly province: NamedPlace; readonly former: string | null } | null;
};

export type FormInput = Record<string, unknown>;

const KIND_OF_COMMUNE = /^(xa|phuong|dac khu|thi tran) /;
const bareName = (name: string) => searchKey(name).replace(KIND_OF_COMMUNE, '');

/** A commune as somebody typed it: its code, or its name with or without “xã”; the typed text where none fits. */
export function communeCodeOf(typed: string, communes: readonly NamedPlace[]): string {
  if (/^\d{5}$/.test(typed)) return typed;
  const exact = communes.filter(({ name }) => searchKey(name) === searchKey(typed));
  const found = exact.length > 0 ? exact : communes.filter(({ name }) => bareName(name) === bareName(typed));
  return found.length === 1 && found[0] !== undefined ? found[0].code : typed;
}

const namesFormer = (former: string, today: string): Bilingual => ({
  vi: `Địa chỉ nhắc đến ${former}; từ 01/07/2025 nơi này thuộc ${today}. Hãy kiểm tra mục tỉnh, thành phố rồi gửi lại.`,
  en: `The address names ${former}, which is part of ${today} since 01/07/2025. Check the province and send again.`,
});
const namesOther = (named: string): Bilingual => ({
  vi: `Địa chỉ nhắc đến ${named}. Hãy kiểm tra mục tỉnh, thành phố rồi gửi lại.`,
  en: `The address names ${named}. Check the province and send again.`,
});

/**
 * What to ask back when the address names another province than was chosen, or none was chosen.
 * @returns the province to suggest, and the sentence; null where they agree or the address names none
 */
export function provinceQuestion(
  chosen: { readonly provinceCode: string | undefined; readonly address: string | undefined },
  places: FormPlaces,
): { readonly suggested: string; readonly detail: Bilingual } | null {
  const found = chosen.address === undefined ? null : places.provinceOfAddress(chosen.address);
  if (found === null || found.province.code === chosen.provinceCode) return null;
  const { province, former } = found;
  const detail = former === null ? namesOther(province.name) : namesFormer(former, province.name);
  return { suggested: province.code, detail };
}

/** The problem's own errors with one more, which stands in the place of any about the same field. */
export function withError(problem: Problem | null, added: FieldError): readonly FieldError[] {
  const others = problem?.options.errors ?? [];
  return [...others.filter(({ pointer }) => pointer !== added.pointer), added];
}
