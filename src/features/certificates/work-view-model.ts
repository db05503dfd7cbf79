import type { FormModel } from '../../platform/form-view-model.ts';
import type { Spoken } from '../../platform/i18n.ts';
import type { PageFrame } from '../../platform/page-frame.ts';
import type { ChipModel, EmptyStateModel, LinkModel, NoticeModel } from '../../platform/view-parts.ts';
import type { WorkFrame } from '../../platform/workplace-view-model.ts';
import type { workCertificateStrings } from './work-strings.ts';

type Around = {
  readonly page: PageFrame;
  readonly work: WorkFrame;
  readonly t: Spoken<typeof workCertificateStrings>;
};

export type OwnCertificateModel = {
  readonly name: string;
  readonly chip: ChipModel;
  /** Number and issuer, term, what it covers: one line each. */
  readonly lines: readonly string[];
  readonly links: readonly LinkModel[];
};

/** `views/manage/certificates/list.eta` */
export type OwnCertificatesPageModel = Around & {
  readonly done: NoticeModel | null;
  readonly notice: NoticeModel | null;
  readonly addHref: string | null;
  readonly certificates: readonly OwnCertificateModel[];
  readonly empty: EmptyStateModel | null;
  readonly withdrawn: readonly OwnCertificateModel[];
};

/** `views/manage/certificates/new.eta`; `form` is null while the cooperative is not approved. */
export type NewCertificatePageModel = Around & {
  readonly form: FormModel | null;
  readonly notice: NoticeModel | null;
};

/** `views/manage/certificates/withdraw.eta` */
export type WithdrawCertificatePageModel = Around & {
  readonly certificate: OwnCertificateModel;
  readonly what: NoticeModel;
  readonly form: FormModel;
};
