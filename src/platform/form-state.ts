import { Problem } from './problem.ts';
import { typedValues } from './form.ts';
import { speak, type Language, type Strings } from './i18n.ts';
import type { FieldGroupModel, FieldModel, FormModel } from './form-view-model.ts';
import type { Answer } from './routing.ts';
import type { LinkModel } from './view-parts.ts';

/** What a form shows beside its labels: what was typed, and what is wrong with it. */
export type FormState = {
  readonly values: Readonly<Record<string, string>>;
  /** By field name with dots; the empty name is about the form as a whole. */
  readonly errors: ReadonlyMap<string, string>;
};

export const freshForm = (values: Readonly<Record<string, string>> = {}): FormState => ({
  values,
  errors: new Map(),
});

/** `/inputs/0/quantity/value` → `inputs.0.quantity.value`: a form's field has its pointer's name. */
const nameOfPointer = (pointer: string): string => pointer.slice(1).replaceAll('/', '.');

/** The form again, with what was typed and each error beside its field. */
export function refusedForm(problem: Problem, body: unknown, language: Language): FormState {
  const { errors, detail } = problem.options;
  const found = (errors ?? []).map(
    (error) => [nameOfPointer(error.pointer), error.detail[language]] as const,
  );
  const whole = detail === undefined ? problem.titleIn(language) : detail[language];
  return { values: typedValues(body), errors: new Map(found.length > 0 ? found : [['', whole]]) };
}

/** Whether a problem is one that the person can mend in the form. */
export function isMendable(error: unknown): error is Problem {
  return (
    error instanceof Problem &&
    [403, 409, 413, 415, 422].includes(error.status) &&
    error.code !== 'form-expired'
  );
}

type FieldOptions = Omit<Partial<FieldModel>, 'id' | 'name' | 'value' | 'error'> & { readonly label: string };

/** A field that may have several values has them joined by commas, as `typedValues` does. */
const isChosen = (kind: FieldModel['kind'] | undefined, value: string, option: string): boolean =>
  kind === 'checkboxes' ? value.split(',').includes(option) : option === value;

/** Makes the fields of one form. A select's chosen option, and the boxes that are ticked, are the value typed. */
export function fieldMaker(state: FormState): (name: string, options: FieldOptions) => FieldModel {
  return (name, options) => {
    const value = state.values[name] ?? '';
    return {
      kind: 'text',
      hint: null,
      required: false,
      ...options,
      ...(options.options === undefined
        ? {}
        : {
            options: options.options.map((option) => ({
              ...option,
              selected: isChosen(options.kind, value, option.value),
            })),
          }),
      id: fieldId(name),
      name,
      value,
      error: errorOf(state, name),
    };
  };
}

/** A field's id on its page; links that say what is missing lead to it. */
export const fieldId = (name: string): string => `field-${name}`;

/** An error about a part of the field, such as its unit, stands beside the field itself. */
function errorOf(state: FormState, name: string): string | null {
  const exact = state.errors.get(name);
  if (exact !== undefined) return exact;
  const inside = [...state.errors.entries()].find(([at]) => at.startsWith(`${name}.`));
  return inside?.[1] ?? null;
}

const formStrings = {
  mend: { vi: 'Có mục cần sửa', en: 'Something needs mending' },
} satisfies Strings;

type FormOptions = {
  readonly action: string;
  readonly csrfToken: string;
  readonly idempotencyKey: string | null;
  readonly groups: readonly FieldGroupModel[];
  readonly submit: string;
  readonly cancel?: LinkModel | null;
  readonly multipart?: boolean;
  readonly hidden?: FormModel['hidden'];
};

/** A group that is shut until it is wanted: open where something in it is filled in or wrong. */
export function foldedGroup(group: FieldGroupModel): FieldGroupModel {
  const inUse = group.fields.some((field) => field.value !== '' || field.error !== null);
  return { ...group, folded: inUse ? 'open' : 'closed' };
}

/** `Tem rộng: Vui lòng điền mục này.`: above the form an error must say which field it is about. */
const namedError = ({ label }: FieldModel, error: string): string =>
  /[?:]$/.test(label) ? `${label} ${error}` : `${label}: ${error}`;

/** A whole form; errors about no field of it are listed at its top. */
export function formModel(state: FormState, language: Language, options: FormOptions): FormModel {
  const fields = options.groups.flatMap((group) => group.fields);
  const fieldFor = (name: string) =>
    fields.find((field) => field.name === name || name.startsWith(`${field.name}.`));
  const errors = [...state.errors.entries()].map(([name, error]) => {
    const field = fieldFor(name);
    return field === undefined
      ? { label: error, href: '#content' }
      : { label: namedError(field, error), href: `#${field.id}` };
  });
  return {
    action: options.action,
    csrfToken: options.csrfToken,
    idempotencyKey: options.idempotencyKey,
    hidden: options.hidden ?? [],
    multipart: options.multipart ?? false,
    errorTitle: speak(formStrings, language).mend,
    errors,
    notice: null,
    groups: options.groups,
    submit: options.submit,
    cancel: options.cancel ?? null,
  };
}

/**
 * What a form's POST answers: where `work` leads, or the form again with each mistake beside its field and what
 * was typed still there, under the problem's own status.
 */
export async function formAnswer(
  work: () => Promise<Answer>,
  again: (problem: Problem) => Promise<Answer> | Answer,
): Promise<Answer> {
  try {
    return await work();
  } catch (error) {
    if (!isMendable(error)) throw error;
    return again(error);
  }
}
