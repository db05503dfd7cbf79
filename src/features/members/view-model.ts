import type { FormModel } from '../../platform/form-view-model.ts';
import type { Spoken } from '../../platform/i18n.ts';
import type { PageFrame } from '../../platform/page-frame.ts';
import type { NoticeModel } from '../../platform/view-parts.ts';
import type { memberStrings } from './strings.ts';

/** `views/invitation/page.eta`: accept an invitation; `form` is null when it is no longer good. */
export type InvitationPageModel = {
  readonly page: PageFrame;
  readonly t: Spoken<typeof memberStrings>;
  /** “Hợp tác xã Chè cổ thụ Mây Ngủ mời bạn làm người ghi chép.” */
  readonly sentence: string;
  readonly form: FormModel | null;
  readonly refused: NoticeModel | null;
};
