import { Problem } from '../../platform/problem.ts';
import { inputFromForm, typedValues } from '../../platform/form.ts';
import { localInputValue } from '../../platform/format.ts';
import type { Language } from '../../platform/i18n.ts';
import type { Batch, EventContent, EventPlace } from './contract.ts';

/** How the forms of batches and events become the input of the API, and back. */

type Tree = Record<string, unknown>;
type Values = Readonly<Record<string, string>>;

/** Lines for bought-in materials on the form; the API takes more. */
export const BOUGHT_IN_ROWS = 3;

/** The name of the field that says how much is taken of a batch. */
export const takenField = (batchId: string): string => `take.${batchId}`;

const isFilled = (part: unknown): boolean =>
  typeof part === 'object' && part !== null && (part as Tree)['value'] !== undefined;

/** A unit alone, which a select always sends, is no quantity. */
function withoutEmptyQuantity(tree: Tree): Tree {
  const { quantity, ...rest } = tree;
  return isFilled(quantity) ? tree : rest;
}

/** The unit that every line for bought-in materials begins with. */
export const boughtInUnits = (unit: string): Values =>
  Object.fromEntries(
    Array.from({ length: BOUGHT_IN_ROWS }, (_, row) => [`boughtIn.${row}.quantity.unit`, unit]),
  );

export type ReadForm = {
  readonly input: Tree;
  /** Field name of the form for the start of a pointer of the API, such as `inputs.0`. */
  readonly fields: ReadonlyMap<string, string>;
};

/** A new batch: amounts beside each own batch become `inputs`, filled lines become `boughtIn`. */
export function newBatchForm(body: unknown, sources: readonly Batch[], language: Language): ReadForm {
  const taken = sources.map((source) => takenField(source.id));
  const rows = Array.from({ length: BOUGHT_IN_ROWS }, (_, row) => `boughtIn.${row}`);
  const numbers = ['quantity.value', 'packs', ...taken, ...rows.map((row) => `${row}.quantity.value`)];
  const { take, boughtIn, ...input } = inputFromForm(body, language, { numbers });
  const fields = new Map<string, string>();
  const amounts = (take ?? {}) as Tree;
  const inputs = sources
    .filter((source) => amounts[source.id] !== undefined)
    .map((source, index) => {
      fields.set(`inputs.${index}`, takenField(source.id));
      return { batchId: source.id, quantity: { value: amounts[source.id], unit: source.quantity.unit } };
    });
  const materials = rows
    .map((name, row) => ({ name, told: ((boughtIn ?? {}) as Tree)[String(row)] as Tree | undefined }))
    .filter(({ told }) => told?.['name'] !== undefined || isFilled(told?.['quantity']))
    .map(({ name, told }, index) => {
      fields.set(`boughtIn.${index}`, name);
      return told;
    });
  return {
    input: {
      ...input,
      ...(inputs.length === 0 ? {} : { inputs }),
      ...(materials.length === 0 ? {} : { boughtIn: materials }),
    },
    fields,
  };
}

/** The problem with its pointers on the fields of the form. */
export function onFormFields(problem: Problem, fields: ReadonlyMap<string, string>): Problem {
  const { errors } = problem.options;
  if (errors === undefined || fields.size === 0) return problem;
  const moved = errors.map((error) => {
    const name = error.pointer.slice(1).replaceAll('/', '.');
    const start = [...fields.keys()].find((key) => name === key || name.startsWith(`${key}.`));
    if (start === undefined) return error;
    const field = fields.get(start) ?? '';
    const rest = field.startsWith('take.') ? '' : name.slice(start.length);
    return { ...error, pointer: `/${(field + rest).replaceAll('.', '/')}` };
  });
  return new Problem(problem.code, { ...problem.options, errors: moved });
}

const EVENT_SHAPE = { numbers: ['quantity.value', 'place.lat', 'place.lon'], instants: ['occurredAt'] };

/** The photos' ids that a refused form sent on, so that nobody takes them again. */
export function keptPhotos(body: unknown): readonly string[] {
  const kept = (body as Tree | undefined)?.['kept'];
  return typeof kept === 'string' ? kept.split(',').filter((id) => /^[0-9a-z]{1,40}$/.test(id)) : [];
}

/** The place as told before where its name is unchanged: the person did not type its coordinates. */
function knownPlace(told: unknown, known: EventPlace | null): unknown {
  if (typeof told !== 'object' || told === null) return told;
  const { name, lat } = told as Tree;
  if (name === undefined) return undefined;
  return known !== null && name === known.name && lat === undefined ? known : told;
}

/** An event's form as the API's input. */
export function eventForm(
  body: unknown,
  language: Language,
  known: { readonly place: EventPlace | null; readonly photos: readonly string[] },
): Tree {
  const { kept: _, place, ...input } = withoutEmptyQuantity(inputFromForm(body, language, EVENT_SHAPE));
  const where = knownPlace(place, known.place);
  return {
    ...input,
    ...(where === undefined ? {} : { place: where }),
    ...(known.photos.length === 0 ? {} : { photos: known.photos }),
  };
}

/** What the form of an event has in its fields for a content. Numbers are plain, as typed in either language. */
export function eventValues(content: EventContent): Values {
  return {
    step: content.step,
    occurredAt: localInputValue(content.occurredAt),
    'place.name': content.place?.name ?? '',
    'quantity.value': content.quantity === undefined ? '' : String(content.quantity.value),
    'quantity.unit': content.quantity?.unit ?? '',
    'note.vi': content.note?.vi ?? '',
  };
}

/** Fields that belong together: a change of one tells all of them anew. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  step: ['step'],
  occurredAt: ['occurredAt'],
  place: ['place.name'],
  quantity: ['quantity.value', 'quantity.unit'],
  // English is not on the form: a note told anew drops a translation of what it no longer says.
  note: ['note.vi'],
};

/** Only what the person changed against `before`; a part that was emptied becomes null. */
export function correctionForm(body: unknown, before: EventContent, language: Language): Tree {
  const typed = typedValues(body);
  const shown = eventValues(before);
  const input = withoutEmptyQuantity(inputFromForm(body, language, EVENT_SHAPE));
  const same = (field: string) =>
    field === 'quantity.value'
      ? typed[field]?.replace(',', '.') === shown[field] || typed[field] === shown[field]
      : (typed[field] ?? '').replaceAll('\r\n', '\n').trim() === (shown[field] ?? '');
  const unitOnly = (part: string) => part === 'quantity' && (typed['quantity.value'] ?? '') === '';
  const changed = Object.entries(PARTS).filter(([part, fields]) =>
    unitOnly(part) ? shown['quantity.value'] !== '' : !fields.every(same),
  );
  return Object.fromEntries(changed.map(([part]) => [part, input[part] ?? null]));
}
