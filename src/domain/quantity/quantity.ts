import { formatNumber } from '../text/number.ts';

/** An amount with its unit's code. */
export type Quantity = { readonly value: number; readonly unit: string };

/** A unit of the code list: one of it is `factorToBase` of its dimension's base unit. */
export type Unit = {
  readonly code: string;
  readonly name: { readonly vi: string; readonly en: string };
  readonly symbol: string;
  readonly dimension: string;
  readonly factorToBase: number;
};

export type UnitTable = ReadonlyMap<string, Unit>;

/** Quantities are compared and subtracted in whole millionths of the base unit: 0.1 kg + 0.2 kg is 0.3 kg. */
const MICRO = 1_000_000n;
/** `factorToBase` has at most six decimals (the gram is 0.001 kg). */
const FACTOR_DECIMALS = 6;
const VALUE_DECIMALS = 6;

/** A decimal number as an integer of 10^-decimals; exact, because `toFixed` prints what was typed. */
function scaled(value: number, decimals: number): bigint {
  const text = value.toFixed(decimals);
  return BigInt(text.replace('.', ''));
}

function unitOf(units: UnitTable, code: string): Unit {
  const unit = units.get(code);
  if (unit === undefined) throw new RangeError(`There is no unit ${code}`);
  return unit;
}

/**
 * `quantity` in millionths of its base unit, or null when that is less than one of them or more than
 * 2^53 − 1 (about nine million tonnes).
 * @throws RangeError for a unit that the table does not have
 */
export function toMicro(units: UnitTable, quantity: Quantity): number | null {
  const factor = scaled(unitOf(units, quantity.unit).factorToBase, FACTOR_DECIMALS);
  const product = scaled(quantity.value, VALUE_DECIMALS) * factor;
  const divisor = 10n ** BigInt(FACTOR_DECIMALS + VALUE_DECIMALS) / MICRO;
  const micro = product / divisor;
  return micro === 0n || micro > BigInt(Number.MAX_SAFE_INTEGER) ? null : Number(micro);
}

/** The quantity in `unit` of `micro` millionths of its base; the inverse of `toMicro`. */
export function fromMicro(units: UnitTable, micro: number, unit: string): Quantity {
  const { factorToBase } = unitOf(units, unit);
  const value = micro / 1_000_000 / factorToBase;
  return { value: Number(value.toFixed(VALUE_DECIMALS)), unit };
}

/** Whether two units measure the same thing. */
export function comparable(units: UnitTable, unitA: string, unitB: string): boolean {
  return unitOf(units, unitA).dimension === unitOf(units, unitB).dimension;
}

/** How many whole packs of `netContent` there are in `quantity`; null where the units do not convert. */
export function packsOf(units: UnitTable, quantity: Quantity, netContent: Quantity): number | null {
  if (!comparable(units, quantity.unit, netContent.unit)) return null;
  const [all, one] = [toMicro(units, quantity), toMicro(units, netContent)];
  if (all === null || one === null || one === 0 || all < one) return null;
  return Math.floor(all / one);
}

/** `12,5 kg` or `12.5 kg`. */
export function formatQuantity(units: UnitTable, quantity: Quantity, language: 'vi' | 'en'): string {
  const unit = units.get(quantity.unit);
  const symbol = unit === undefined ? quantity.unit : unitWord(unit, language);
  return `${formatNumber(quantity.value, language, VALUE_DECIMALS)} ${symbol}`;
}

/** A symbol of the International System stands in both languages; a Vietnamese word is translated. */
function unitWord(unit: Unit, language: 'vi' | 'en'): string {
  return language === 'vi' || /^[a-zA-Z²³]{1,3}$/.test(unit.symbol) ? unit.symbol : unit.name.en;
}
