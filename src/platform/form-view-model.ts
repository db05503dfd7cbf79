import type { LinkModel, NoticeModel } from './view-parts.ts';

/** One choice of a select or one box of a group of checkboxes. `group` starts an optgroup of that name. */
export type OptionModel = {
  readonly value: string;
  readonly label: string;
  readonly selected: boolean;
  readonly group?: string | undefined;
};

/**
 * One field of a form, drawn by `partials/field.eta`: label above, hint below it, error beside the field. `error` also
 * sets `aria-invalid`, and the field keeps `value`, what the person typed.
 */
export type FieldModel = {
  /** Unique on the page; the ids of hint and error are made from it. */
  readonly id: string;
  readonly name: string;
  readonly kind:
    | 'text'
    | 'email'
    | 'tel'
    | 'password'
    | 'number'
    | 'date'
    | 'datetime-local'
    | 'textarea'
    | 'select'
    | 'checkboxes'
    | 'file';
  readonly label: string;
  readonly hint: string | null;
  readonly error: string | null;
  readonly value: string;
  readonly required: boolean;
  readonly options?: readonly OptionModel[] | undefined;
  readonly autocomplete?: string | undefined;
  readonly inputmode?: 'numeric' | 'decimal' | 'tel' | 'email' | 'text' | undefined;
  readonly maxlength?: number | undefined;
  readonly min?: string | undefined;
  readonly max?: string | undefined;
  readonly step?: string | undefined;
  readonly rows?: number | undefined;
  readonly accept?: string | undefined;
  /** Opens the camera at once on a phone. */
  readonly capture?: 'environment' | undefined;
  readonly multiple?: boolean | undefined;
  /** A line of its own also on a desk, as long texts and files have. */
  readonly wide?: boolean | undefined;
  /** Unit after the number: “kg”. */
  readonly suffix?: string | undefined;
};

/**
 * Fields that belong together under one legend. A group with `folded` is drawn as `<details>` under its legend: it
 * must be `open` when one of its fields has a mistake or is led to from elsewhere.
 */
export type FieldGroupModel = {
  readonly legend: string;
  readonly hint: string | null;
  readonly fields: readonly FieldModel[];
  readonly folded?: 'open' | 'closed' | undefined;
};

/**
 * A whole form, drawn by `partials/form.eta`. `errors` lists every mistake at the top, each a link to its field;
 * `idempotencyKey` makes a double tap one deed.
 */
export type FormModel = {
  readonly action: string;
  readonly csrfToken: string;
  readonly idempotencyKey: string | null;
  /** What goes along unseen, such as the version that is being changed. */
  readonly hidden?: readonly { readonly name: string; readonly value: string }[] | undefined;
  readonly multipart: boolean;
  readonly errorTitle: string;
  readonly errors: readonly LinkModel[];
  readonly notice: NoticeModel | null;
  readonly groups: readonly FieldGroupModel[];
  readonly submit: string;
  readonly cancel: LinkModel | null;
};
