import type { Organization } from './contract.ts';
import type { StoredOrganization } from './store.ts';

/** A cooperative as everyone may see it. */
export function cooperativeAnswer(organization: Organization, publicUrl: string) {
  const { id, slug, name, nameEn, cooperativeKind, provinceCode, communeCode, address } = organization;
  const { taxCode, phone, email, foundedOn, memberCount, description, status, demo } = organization;
  return {
    id,
    slug,
    url: `${publicUrl}/cooperatives/${slug}`,
    name,
    nameEn: nameEn ?? null,
    kind: cooperativeKind ?? null,
    provinceCode,
    communeCode: communeCode ?? null,
    address,
    taxCode: taxCode ?? null,
    phone: phone ?? null,
    email: email ?? null,
    foundedOn: foundedOn ?? null,
    memberCount: memberCount ?? null,
    description: description ?? null,
    status,
    demo,
  };
}

/** A cooperative as its own people and officers see it: with its version and what was decided about it. */
export function ownCooperativeAnswer(organization: StoredOrganization, publicUrl: string) {
  const { version, decision } = organization;
  return {
    ...cooperativeAnswer(organization, publicUrl),
    version,
    decision: decision === undefined ? null : { at: decision.at, note: decision.note ?? null },
  };
}

/** A union or retailer for those who made it. */
export function organizationAnswer({ id, kind, slug, name, provinceCode, address, status }: Organization) {
  return { id, kind, slug, name, provinceCode, address, status };
}
