import { placesOf } from './geo-values.ts';
import type { IndexField, KeyTuples } from './index-keys.ts';
import { keyTuples } from './index-keys.ts';
import { someValueAt } from './paths.ts';

type GeoIndex = { readonly fields: readonly IndexField[]; readonly geoFields: readonly IndexField[] };

/**
 * The keys of a document in a unique geospatial index: each of its places with each value of the other fields; none
 * for a document without a place. MongoDB compares cells of a grid, a centimetre wide for points; here equal places are
 * the same.
 */
export function placeTuples(document: unknown, { fields, geoFields }: GeoIndex): KeyTuples {
  const values = fields.map((field) =>
    geoFields.includes(field) ? placesAt(document, field) : valuesAt(document, field),
  );
  const tuples = values.reduce<readonly (readonly unknown[])[]>(
    (begun, ofField) => begun.flatMap((tuple) => ofField.map((value) => [...tuple, value])),
    [[]],
  );
  return { tuples, isMultikey: tuples.length > 1 };
}

const valuesAt = (document: unknown, field: IndexField): readonly unknown[] =>
  keyTuples(document, [field]).tuples.map(([value]) => value);

function placesAt(document: unknown, { path }: IndexField): readonly unknown[] {
  const places = new Set<string>();
  someValueAt(document, path, (value) => {
    for (const { shape } of placesOf(value)) places.add(JSON.stringify(shape));
    return false;
  });
  return [...places];
}
