import { speak } from '../../platform/i18n.ts';
import type { PageFrame } from '../../platform/page-frame.ts';
import { recallStrings } from './strings.ts';
import type { RecallNoticeModel, RecallsPageModel } from './view-model.ts';

/** Public notices, those in force first. */
export function recallsPage(notices: readonly RecallNoticeModel[], frame: PageFrame): RecallsPageModel {
  const t = speak(recallStrings, frame.language);
  return {
    page: frame,
    t,
    notices,
    empty: { title: t.emptyTitle, sentence: t.emptySentence, action: { label: t.verify, href: '/verify' } },
    pagination: null,
  };
}
