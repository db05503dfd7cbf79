import { byAlphabet } from '../../domain/text/alphabet.ts';
import { foldedGroup, type fieldMaker } from '../../platform/form-state.ts';
import type { FieldGroupModel, FieldModel, OptionModel } from '../../platform/form-view-model.ts';
import type { Language, Spoken } from '../../platform/i18n.ts';
import { COOPERATIVE_KINDS, type CooperativeKind } from './contract.ts';
import type { FormPlaces } from './places.ts';
import type { organizationFormStrings } from './form-strings.ts';

type Making = {
  readonly t: Spoken<typeof organizationFormStrings>;
  readonly language: Language;
  readonly field: ReturnType<typeof fieldMaker>;
  readonly places: FormPlaces;
  /** What stands before each name: `cooperative.` in a registration. */
  readonly prefix: string;
};

/** What kind of organisation it is, in words. */
export function kindName(kind: CooperativeKind, t: Spoken<typeof organizationFormStrings>): string {
  return { cooperative: t.kindCooperative, federation: t.kindFederation, group: t.kindGroup }[kind];
}

/** The provinces by region, the way people look for theirs. */
export function provinceOptions(
  places: FormPlaces,
  language: Language,
  first: string,
): readonly OptionModel[] {
  const regions = [...new Set(places.provinces.map(({ region }) => region.vi))].sort(byAlphabet);
  const inOrder = regions.flatMap((name) => places.provinces.filter(({ region }) => region.vi === name));
  return [
    { value: '', label: first, selected: false },
    ...inOrder.map(({ code, name, region }) => ({
      value: code,
      label: name,
      selected: false,
      group: region[language],
    })),
  ];
}

function placeFields(
  { t, field, places, language, prefix }: Making,
  fixedProvince: boolean,
): readonly FieldModel[] {
  const province = field(`${prefix}provinceCode`, {
    label: t.province,
    kind: 'select',
    required: true,
    options: provinceOptions(places, language, t.provinceChoose),
  });
  return [
    ...(fixedProvince ? [] : [province]),
    field(`${prefix}communeCode`, { label: t.optional(t.commune), hint: t.communeHint, maxlength: 60 }),
    field(`${prefix}address`, {
      label: t.address,
      hint: t.addressHint,
      required: true,
      autocomplete: 'street-address',
      maxlength: 300,
    }),
  ];
}

/** What a cooperative says of itself; with `fixedProvince` the province is not asked. */
export function cooperativeGroups(making: Making, fixedProvince = false): readonly FieldGroupModel[] {
  const { t, field, prefix } = making;
  const name = field(`${prefix}name`, {
    label: t.name,
    hint: t.nameHint,
    required: true,
    autocomplete: 'organization',
    maxlength: 200,
  });
  const kind = field(`${prefix}kind`, {
    label: t.kind,
    hint: t.kindHint,
    kind: 'select',
    required: true,
    options: COOPERATIVE_KINDS.map((value) => ({ value, label: kindName(value, t), selected: false })),
  });
  const main: FieldGroupModel = {
    legend: t.cooperativeLegend,
    hint: null,
    fields: [name, kind, ...placeFields(making, fixedProvince)],
  };
  return [main, ...contactGroups(making)];
}

/** What may be left out at first. */
export function contactGroups({ t, field, prefix }: Making): readonly FieldGroupModel[] {
  const contact: FieldGroupModel = {
    legend: t.contactLegend,
    hint: t.contactHint,
    fields: [
      field(`${prefix}taxCode`, { label: t.optional(t.taxCode), hint: t.taxCodeHint, inputmode: 'numeric' }),
      field(`${prefix}phone`, {
        label: t.optional(t.phone),
        kind: 'tel',
        inputmode: 'tel',
        autocomplete: 'tel',
      }),
      field(`${prefix}email`, { label: t.optional(t.email), kind: 'email', inputmode: 'email' }),
      field(`${prefix}foundedOn`, { label: t.optional(t.foundedOn), kind: 'date' }),
      field(`${prefix}memberCount`, { label: t.optional(t.memberCount), inputmode: 'numeric' }),
      field(`${prefix}nameEn`, { label: t.optional(t.nameEn), maxlength: 200 }),
      field(`${prefix}description.vi`, { label: t.optional(t.descriptionVi), kind: 'textarea', rows: 3 }),
      field(`${prefix}description.en`, { label: t.optional(t.descriptionEn), kind: 'textarea', rows: 3 }),
    ],
  };
  return [foldedGroup(contact)];
}

/** A retailer's few fields. */
export function retailerGroups(making: Making): readonly FieldGroupModel[] {
  const { t, field, prefix } = making;
  return [
    {
      legend: t.retailerLegend,
      hint: null,
      fields: [
        field(`${prefix}name`, {
          label: t.retailerName,
          required: true,
          autocomplete: 'organization',
          maxlength: 200,
        }),
        ...placeFields(making, false),
        field(`${prefix}taxCode`, {
          label: t.optional(t.taxCode),
          hint: t.taxCodeHint,
          inputmode: 'numeric',
        }),
        field(`${prefix}phone`, { label: t.optional(t.phone), kind: 'tel', inputmode: 'tel' }),
        field(`${prefix}email`, { label: t.optional(t.email), kind: 'email', inputmode: 'email' }),
      ],
    },
  ];
}

/** A union's few fields. */
export function unionGroups({ t, field, places, language, prefix }: Making): readonly FieldGroupModel[] {
  return [
    {
      legend: t.unionLegend,
      hint: t.unionHint,
      fields: [
        field(`${prefix}provinceCode`, {
          label: t.province,
          kind: 'select',
          required: true,
          options: provinceOptions(places, language, t.provinceChoose),
        }),
        field(`${prefix}name`, { label: t.unionName, required: true, maxlength: 200 }),
        field(`${prefix}nameEn`, { label: t.optional(t.nameEn), maxlength: 200 }),
        field(`${prefix}address`, { label: t.optional(t.address), maxlength: 300 }),
      ],
    },
  ];
}
