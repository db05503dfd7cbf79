import { fieldMaker, type FormState } from '../../platform/form-state.ts';
import type { FieldModel, OptionModel } from '../../platform/form-view-model.ts';
import type { Language, Spoken } from '../../platform/i18n.ts';
import type { Unit } from '../../domain/quantity/quantity.ts';
import type { batchWorkStrings } from './work-strings.ts';

type Words = Spoken<typeof batchWorkStrings>;
export type Fields = {
  readonly field: ReturnType<typeof fieldMaker>;
  readonly t: Words;
  readonly language: Language;
  readonly units: readonly Unit[];
};

export const fieldsOf = (state: FormState, making: Omit<Fields, 'field'>): Fields => ({
  ...making,
  field: fieldMaker(state),
});

function dimensionName(dimension: string, t: Words): string {
  const names: Readonly<Record<string, string>> = {
    mass: t.dimensionMass,
    volume: t.dimensionVolume,
    length: t.dimensionLength,
    area: t.dimensionArea,
  };
  return names[dimension] ?? t.dimensionCount;
}

/** Units to choose from, those of one kind together; areas only where asked. */
export function unitOptions({ units, t, language }: Omit<Fields, 'field'>): readonly OptionModel[] {
  return units
    .filter((unit) => unit.dimension !== 'area')
    .map((unit) => ({
      value: unit.code,
      label: unit.symbol === unit.name[language] ? unit.symbol : `${unit.symbol} (${unit.name[language]})`,
      selected: false,
      group: dimensionName(unit.dimension, t),
    }));
}

/** A number and its unit; `name` is the quantity's. */
export function quantityFields(
  fields: Fields,
  name: string,
  own: { readonly label: string; readonly hint?: string | null; readonly required?: boolean },
): readonly FieldModel[] {
  const { field, t } = fields;
  return [
    field(`${name}.value`, {
      label: own.label,
      hint: own.hint ?? null,
      inputmode: 'decimal',
      maxlength: 20,
      required: own.required ?? false,
      autocomplete: 'off',
    }),
    field(`${name}.unit`, { kind: 'select', label: t.unit, options: unitOptions(fields) }),
  ];
}
