import { comparable, formatQuantity, fromMicro, packsOf, toMicro } from '../../domain/quantity/quantity.ts';
import { codeLists } from './code-lists.ts';
import { mapMaker } from './map.ts';
import { referenceRoutes } from './routes.ts';
import type { Measures } from '../batches/contract.ts';

/** Provinces, communes, code lists, units and the map. */
export function referenceFeature() {
  const lists = codeLists();
  const units = lists.unitTable;
  const measures: Measures = {
    toMicro: (quantity) => toMicro(units, quantity),
    fromMicro: (micro, unit) => fromMicro(units, micro, unit),
    comparable: (unitA, unitB) => comparable(units, unitA, unitB),
    packsOf: (quantity, netContent) =>
      netContent === undefined ? null : packsOf(units, quantity, netContent),
    format: (quantity, language) => formatQuantity(units, quantity, language),
  };
  return {
    routes: referenceRoutes(lists),
    lists,
    measures,
    map: mapMaker(lists),
    /** A province as the API gives it inside other answers. */
    provinceAnswer(code: string) {
      const province = lists.province(code);
      return province === null
        ? null
        : { code: province.code, name: province.name, nameEn: province.nameEn, slug: province.slug };
    },
  };
}

export type Reference = ReturnType<typeof referenceFeature>;
