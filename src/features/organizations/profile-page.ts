import { fieldMaker, formModel, type FormState } from '../../platform/form-state.ts';
import { formatInstant, formatNumber } from '../../platform/format.ts';
import { speak } from '../../platform/i18n.ts';
import { deed, section } from '../../platform/plain-page.ts';
import type { PartModel, PlainPageModel } from '../../platform/plain-page-view-model.ts';
import type { Revision } from '../../store/revisions.ts';
import type { Around, Names } from './approval-page.ts';
import { cooperativeGroups } from './fields.ts';
import { organizationFormStrings } from './form-strings.ts';
import type { FormPlaces } from './places.ts';
import type { StoredOrganization } from './store.ts';
import { organizationWorkStrings } from './work-strings.ts';

/** What the form's fields hold at first. */
export function profileValues(
  organization: StoredOrganization,
  names: Names,
): Readonly<Record<string, string>> {
  const { name, cooperativeKind, communeCode, address, taxCode, phone, email } = organization;
  const { foundedOn, memberCount, nameEn, description } = organization;
  return {
    name,
    kind: cooperativeKind ?? '',
    communeCode: communeCode === undefined ? '' : (names.communeName(communeCode) ?? communeCode),
    address,
    taxCode: taxCode ?? '',
    phone: phone ?? '',
    email: email ?? '',
    foundedOn: foundedOn ?? '',
    memberCount: memberCount === undefined ? '' : String(memberCount),
    nameEn: nameEn ?? '',
    'description.vi': description?.vi ?? '',
    'description.en': description?.en ?? '',
  };
}

type Form = {
  readonly state: FormState;
  readonly idempotencyKey: string;
  readonly places: FormPlaces;
  readonly names: Names;
};

function stateParts(organization: StoredOrganization, { frame }: Around): readonly PartModel[] {
  const t = speak(organizationWorkStrings, frame.language);
  const { status, decision, name } = organization;
  if (status === 'active') return [];
  const title = status === 'pending' ? t.profileWaits : t.profileRejected;
  const sentence = status === 'rejected' ? (decision?.note ?? null) : null;
  const notice: PartModel = { kind: 'notice', notice: { tone: 'late', title, sentence, action: null } };
  const again = deed(frame, '/manage/cooperative/resubmission', { label: t.askAgain, about: name });
  return status === 'rejected' ? [notice, { kind: 'deeds', deeds: [again] }] : [notice];
}

function historyParts(history: readonly Revision[], { frame }: Around): readonly PartModel[] {
  if (history.length === 0) return [];
  const { language } = frame;
  const t = speak(organizationWorkStrings, language);
  const rows = history.map(({ version, at, before }) => ({
    title: t.historyName({ version: formatNumber(version, language) }),
    href: null,
    detail: [formatInstant(at), String(before['name'] ?? ''), String(before['address'] ?? '')].join(' · '),
    chip: null,
    copy: null,
    deeds: [],
  }));
  return [{ kind: 'rows', rows }];
}

/** A cooperative's own record, to be changed by its manager. */
export function profilePage(
  { organization, history }: { organization: StoredOrganization; history: readonly Revision[] },
  around: Around,
  { state, idempotencyKey, places, names }: Form,
): PlainPageModel {
  const { frame, work, done } = around;
  const { language } = frame;
  const t = speak(organizationWorkStrings, language);
  const words = speak(organizationFormStrings, language);
  const groups = cooperativeGroups(
    { t: words, language, places, field: fieldMaker(state), prefix: '' },
    true,
  );
  const province = t.provinceFixed({ province: names.provinceName(organization.provinceCode) });
  const model = formModel(state, language, {
    action: '/manage/cooperative',
    csrfToken: frame.csrfToken,
    idempotencyKey,
    hidden: [
      { name: 'version', value: String(organization.version) },
      { name: 'provinceCode', value: organization.provinceCode },
    ],
    groups: groups.map((group, index) => (index === 0 ? { ...group, hint: province } : group)),
    submit: t.save,
  });
  const before = historyParts(history, around);
  return {
    page: frame,
    work,
    done,
    back: null,
    title: t.profileTitle,
    lead: t.profileLead,
    sections: [
      section(null, [...stateParts(organization, around), { kind: 'form', form: model, showPassword: null }]),
      ...(before.length === 0 ? [] : [section(t.history, before)]),
    ],
  };
}
