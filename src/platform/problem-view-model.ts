import type { Spoken } from './i18n.ts';
import type { PageFrame } from './page-frame.ts';
import type { problemStrings } from './strings.ts';
import type { CodeBoxModel, LinkModel } from './view-parts.ts';

/** `views/problem/page.eta`: something went wrong, said plainly, with the ways onward. */
export type ProblemPageModel = {
  readonly page: PageFrame;
  readonly t: Spoken<typeof problemStrings>;
  readonly status: number;
  /** The problem's title in the reader's language. */
  readonly title: string;
  /** What happened and what to do; null when the title says it all. */
  readonly detail: string | null;
  /** The id under which a 500 stands in the log; null for the others. */
  readonly reference: string | null;
  readonly links: readonly LinkModel[];
  /** On 404: perhaps they meant to type a code. */
  readonly codeBox: CodeBoxModel | null;
};
