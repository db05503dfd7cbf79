import { everyone } from '../../platform/access.ts';
import { speak } from '../../platform/i18n.ts';
import { html, publicPage, type Route } from '../../platform/routing.ts';
import { recallsPage } from './page.ts';
import { recallStrings } from './strings.ts';
import type { RecallNoticeModel } from './view-model.ts';

/** A recall must be seen everywhere within two seconds. */
const RECALLS_SHARED_S = 2;

/** No batch can be recalled on this server yet, so no notice can exist. */
const NONE: readonly RecallNoticeModel[] = [];

/** The page of public recall notices. */
export function recallPublicRoutes(): readonly Route[] {
  return [
    html.get('/recalls', everyone(), (_request, context) => {
      const t = speak(recallStrings, context.language);
      const frame = context.frame({ title: t.title, description: t.lead });
      return publicPage('recalls/list', recallsPage(NONE, frame), RECALLS_SHARED_S);
    }),
  ];
}
