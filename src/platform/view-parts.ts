/**
 * The shapes that `views/partials/*.eta` draw. A page's view model is made of these, already formatted: words in the
 * reader's language, dates and numbers as text, links as paths. Raw SVG comes only from our own drawings and maps.
 */

/** A photo in several encodings; `width` and `height` are of `src`, so that nothing jumps while it loads. */
export type PhotoModel = {
  readonly sources: readonly { readonly type: string; readonly srcset: string }[];
  readonly src: string;
  readonly width: number;
  readonly height: number;
  readonly alt: string;
};

/** A product's face: its photo, or our drawing of its product group (`illustration()`). */
export type PictureModel = { readonly photo: PhotoModel | null; readonly drawing: string };

export type LinkModel = { readonly label: string; readonly href: string };

/** OCOP rank valid on the day of viewing. `lapsed` replaces the badge by one sentence when it is not. */
export type OcopModel =
  | {
      readonly kind: 'valid';
      readonly stars: 3 | 4 | 5;
      /** The stars in words, for those who do not see them: “4 sao”. */
      readonly starsText: string;
      /** “đến 06/2028” */
      readonly until: string;
      /** “Quyết định 1234/QĐ-UBND”; null where the place is too small for it. */
      readonly decision: string | null;
    }
  | { readonly kind: 'lapsed'; readonly text: string };

export type ChipTone = 'plain' | 'good' | 'bad' | 'late' | 'press';
export type ChipModel = { readonly label: string; readonly tone: ChipTone };

/** One product in a list. */
export type ProductCardModel = {
  readonly name: string;
  readonly href: string;
  readonly picture: PictureModel;
  readonly tier: string;
  readonly ocop: OcopModel | null;
  /** Who and where, one line: “HTX Mây Ngủ, Tuyên Quang”. */
  readonly madeBy: string;
};

/** One cooperative in a list. */
export type CooperativeCardModel = {
  readonly name: string;
  readonly href: string;
  /** “xã Lũng Phìn, Tuyên Quang” */
  readonly place: string;
  /** “64 thành viên, từ 2016, 3 sản phẩm” */
  readonly about: string;
};

export type StatModel = { readonly value: string; readonly label: string; readonly href: string | null };

/** One label and its value in a list of facts. */
export type FactModel = {
  readonly label: string;
  readonly value: string;
  /** Never broken over two lines: a number that somebody reads out. */
  readonly isWhole?: boolean | undefined;
};

/** Where the next and previous page are; `position` says “21–40 trong 312”. */
export type PaginationModel = {
  readonly label: string;
  readonly position: string;
  readonly previous: LinkModel | null;
  readonly next: LinkModel | null;
};

/** What stands where a list has nothing: what belongs here, and the first step. */
export type EmptyStateModel = {
  readonly title: string;
  readonly sentence: string;
  readonly action: LinkModel | null;
};

/**
 * A bar of one or two lengths. `partPercent` is drawn behind `donePercent`, so it is the larger one or null.
 * Percentages are whole numbers 0–100; `label` says the same in words.
 */
export type BarModel = {
  readonly label: string;
  readonly donePercent: number;
  readonly partPercent: number | null;
};

export type NoticeModel = {
  readonly tone: 'plain' | 'good' | 'bad' | 'late';
  readonly title: string;
  readonly sentence: string | null;
  /** A step back or onward: “Hoàn tác”. */
  readonly action: LinkModel | null;
};

/** The box for typing the code on a label: a GET to `action` with the parameter `code`. */
export type CodeBoxModel = {
  readonly action: string;
  readonly label: string;
  readonly hint: string;
  readonly button: string;
  readonly value: string;
  readonly error: string | null;
};
