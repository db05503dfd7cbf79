import { z } from 'zod';
import {
  dateField,
  emailField,
  line,
  paragraph,
  paragraphText,
  passwordField,
  phoneField,
  taxCodeField,
} from '../../platform/fields.ts';
import { listQuery } from '../../platform/list-page.ts';
import { rule } from '../../platform/validate.ts';
import { COOPERATIVE_KINDS } from './contract.ts';

/** What an address is checked against. */
export type Places = {
  isProvince(code: string): boolean;
  commune(code: string): { readonly provinceCode: string } | null;
};

export const MEMBER_COUNT_MAX = 1_000_000;

const knownProvince = rule({
  vi: 'Không có tỉnh, thành phố mang mã này.',
  en: 'There is no province with this code.',
});
const knownCommune = rule({
  vi: 'Không có xã, phường mang mã này.',
  en: 'There is no commune with this code.',
});
const communeElsewhere = rule({
  vi: 'Xã, phường này không thuộc tỉnh, thành phố đã chọn.',
  en: 'This commune is not in the chosen province.',
});

/** The schemas of this feature's requests. */
export function organizationInputs(places: Places) {
  const provinceCode = z.string().max(10).refine(places.isProvince, knownProvince);
  const communeCode = z
    .string()
    .max(10)
    .refine((code) => places.commune(code) !== null, knownCommune);
  const inProvince = (value: { provinceCode: string; communeCode?: string | undefined }) =>
    value.communeCode === undefined || places.commune(value.communeCode)?.provinceCode === value.provinceCode;
  const optional = {
    nameEn: line(200).optional(),
    communeCode: communeCode.optional(),
    taxCode: taxCodeField.optional(),
    phone: phoneField.optional(),
    email: emailField.optional(),
    foundedOn: dateField.optional(),
    memberCount: z.number().int().min(1).max(MEMBER_COUNT_MAX).optional(),
    description: paragraphText(3_000).optional(),
  };
  /** `null` takes away what a cooperative no longer says of itself. */
  const removable = {
    nameEn: optional.nameEn.nullable(),
    communeCode: optional.communeCode.nullable(),
    taxCode: optional.taxCode.nullable(),
    phone: optional.phone.nullable(),
    email: optional.email.nullable(),
    foundedOn: optional.foundedOn.nullable(),
    memberCount: optional.memberCount.nullable(),
    description: optional.description.nullable(),
  };
  const address = line(300);
  const cooperative = z
    .strictObject({ name: line(200), kind: z.enum(COOPERATIVE_KINDS), provinceCode, address, ...optional })
    .refine(inProvince, { ...communeElsewhere, path: ['communeCode'] });
  const manager = z.strictObject({
    name: line(120),
    email: emailField,
    phone: phoneField.optional(),
    password: passwordField,
  });
  return {
    cooperative,
    registration: z.strictObject({ cooperative, manager }),
    union: z.strictObject({
      provinceCode,
      name: line(200),
      nameEn: line(200).optional(),
      address: address.optional(),
    }),
    retailer: z
      .strictObject({ name: line(200), provinceCode, address: address.optional(), ...optional })
      .refine(inProvince, { ...communeElsewhere, path: ['communeCode'] }),
    approval: z.strictObject({
      decision: z.enum(['approve', 'reject']),
      note: paragraph(1_000).optional(),
      version: z.number().int().min(1).optional(),
    }),
    /** What may change after the approval; the province may not, since an officer approved it there. */
    change: z.strictObject({
      name: line(200).optional(),
      kind: z.enum(COOPERATIVE_KINDS).optional(),
      address: address.optional(),
      ...removable,
      /** The version that the change was made of; another one by now is 409. */
      version: z.number().int().min(1).optional(),
    }),
    list: z.object({
      ...listQuery,
      province: z.string().max(10).optional(),
      q: z.string().max(200).optional(),
    }),
  };
}

export type OrganizationInputs = ReturnType<typeof organizationInputs>;
export type NewCooperative = z.output<OrganizationInputs['cooperative']>;
export type NewRegistration = z.output<OrganizationInputs['registration']>;
export type NewUnion = z.output<OrganizationInputs['union']>;
export type NewRetailer = z.output<OrganizationInputs['retailer']>;
export type Approval = z.output<OrganizationInputs['approval']>;
export type CooperativeChange = z.output<OrganizationInputs['change']>;
