import type { FieldModel, FormModel } from '../../platform/form-view-model.ts';
import type { Spoken } from '../../platform/i18n.ts';
import type { PageFrame } from '../../platform/page-frame.ts';
import type { EmptyStateModel, LinkModel, NoticeModel } from '../../platform/view-parts.ts';
import type { WorkFrame } from '../../platform/workplace-view-model.ts';
import type { layoutStrings, libraryStrings } from './library-strings.ts';

type Around = {
  readonly page: PageFrame;
  readonly work: WorkFrame;
  readonly t: Spoken<typeof libraryStrings>;
};

/** A button that does one thing to a kept item. */
export type KeptDeedModel = {
  readonly action: string;
  readonly label: string;
  /** What a screen reader hears: the deed and whose it is. */
  readonly spoken: string;
  readonly fields: readonly { readonly name: string; readonly value: string }[];
};

/** A kept layout, paper or printer with its picture. */
export type KeptModel = {
  readonly name: string;
  readonly picture: { readonly src: string; readonly alt: string } | null;
  readonly chip: string | null;
  readonly line: string;
  readonly links: readonly LinkModel[];
  readonly deeds: readonly KeptDeedModel[];
};

export type KeptGroupModel = {
  readonly id: string;
  readonly title: string;
  readonly items: readonly KeptModel[];
  readonly empty: EmptyStateModel | null;
  readonly add: readonly LinkModel[];
};

/** `views/manage/label-library/list.eta` */
export type LibraryPageModel = Around & {
  readonly done: NoticeModel | null;
  readonly undo: KeptDeedModel | null;
  readonly groups: readonly KeptGroupModel[];
  readonly hidden: readonly KeptModel[];
  readonly standardTitle: string;
  readonly standard: readonly string[];
};

/** The picture of what is being entered; `refused` says why there is none. */
export type LibraryProofModel = {
  readonly picture: { readonly src: string; readonly alt: string } | null;
  readonly refused: string | null;
  readonly caption: string;
};

/** `views/manage/label-library/form.eta`: paper or a printer. */
export type KeptFormPageModel = Around & {
  readonly title: string;
  readonly lead: string;
  readonly form: FormModel;
  readonly proof: LibraryProofModel | null;
  readonly pages: readonly LinkModel[];
};

/** One field that a layout may have. */
export type LayoutRowModel = {
  readonly field: string;
  readonly label: string;
  readonly isShown: boolean;
  readonly isBold: boolean;
  readonly sizes: readonly { readonly value: string; readonly label: string; readonly selected: boolean }[];
  readonly sizeLabel: string;
  readonly boldLabel: string;
  readonly up: string;
  readonly down: string;
};

/** `views/manage/label-library/layout.eta` */
export type LayoutPageModel = Around & {
  readonly words: Spoken<typeof layoutStrings>;
  readonly title: string;
  readonly form: FormModel;
  readonly nameField: FieldModel;
  readonly rows: readonly LayoutRowModel[];
  readonly rowsError: string | null;
  readonly symbolFields: readonly FieldModel[];
  readonly proofFields: readonly FieldModel[];
  readonly proof: LibraryProofModel;
};
