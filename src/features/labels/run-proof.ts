import { formatInstant, formatNumber } from '../../platform/format.ts';
import { speak, type Language } from '../../platform/i18n.ts';
import type { NoticeModel } from '../../platform/view-parts.ts';
import type { RunCheck } from './check-store.ts';
import { runStrings } from './run-strings.ts';
import type { PrintRunPageModel } from './run-view-model.ts';
import type { StoredRun } from './store.ts';

/** What stands between a run and its printer. */
export type RunRelease = {
  readonly run: StoredRun;
  /** How labels of it were read; null until they are. */
  readonly check: RunCheck | null;
  /** Whether its key is retired, so that its labels cannot be made. */
  readonly isRetired: boolean;
  /** Whether the reader may print more of the batch. */
  readonly mayPrint: boolean;
};

const isUnread = ({ check }: RunRelease): boolean => check !== null && check.failedNumber !== null;

/** Whether the run's files can be had. */
export const isReleased = (release: RunRelease): boolean => !release.isRetired && !isUnread(release);

/** Why nothing can be printed, and what to do; null where nothing is in the way. */
export function stoppedNotice(release: RunRelease, language: Language): NoticeModel | null {
  const { run, check, isRetired, mayPrint } = release;
  const t = speak(runStrings, language);
  const again = { label: t.another, href: `/manage/batches/${run.batchId}/labels` };
  const action = mayPrint ? again : null;
  if (isRetired) {
    const sentence = `${t.retired} ${mayPrint ? t.retiredNext : t.retiredEnd}`;
    return { tone: 'late', title: t.retiredTitle, sentence, action };
  }
  if (!isUnread(release) || check === null) return null;
  const why = t.unread({
    number: formatNumber(check.failedNumber ?? 1, language),
    dpi: formatNumber(check.dotsPerInch, language),
    at: formatInstant(check.checkedAt),
  });
  return { tone: 'bad', title: t.unreadTitle, sentence: `${why} ${t.unreadNext}`, action };
}

/** That labels of the run were read before anybody may print it, or will be. */
export function proofModel(release: RunRelease, language: Language): PrintRunPageModel['proof'] {
  if (!isReleased(release)) return null;
  const { check } = release;
  const t = speak(runStrings, language);
  if (check === null) return { label: t.proofWaits, detail: t.proofWaitsMore, isRead: false };
  const detail = t.proofMore({
    labels: formatNumber(check.labels, language),
    dpi: formatNumber(check.dotsPerInch, language),
    at: formatInstant(check.checkedAt),
  });
  return { label: t.proofRead, detail, isRead: true };
}
