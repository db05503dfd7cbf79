import type { Quantity } from '../../domain/quantity/quantity.ts';

/** Exact arithmetic on quantities, in whole millionths of a unit's base. */
export type Measures = {
  /** Null beyond what an exact integer holds (about nine million tonnes). */
  toMicro(quantity: Quantity): number | null;
  fromMicro(micro: number, unit: string): Quantity;
  comparable(unitA: string, unitB: string): boolean;
  /** Whole packs of `netContent` in `quantity`; null where the units do not convert exactly. */
  packsOf(quantity: Quantity, netContent: Quantity | undefined): number | null;
  format(quantity: Quantity, language: 'vi' | 'en'): string;
};
