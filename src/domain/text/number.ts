const SIGNS = { vi: { group: '.', point: ',' }, en: { group: ',', point: '.' } } as const;

/**
 * `1.234,5` or `1,234.5`; at most `decimals` decimals, of 0 to 6. `value` is below 10²¹.
 * Source: Unicode CLDR, numbers of `vi` and `en-GB`. `Intl.NumberFormat` writes the same and takes 7 MB.
 */
export function formatNumber(value: number, language: 'vi' | 'en', decimals = 6): string {
  const { group, point } = SIGNS[language];
  const [whole = '', fraction] = String(Number(value.toFixed(decimals))).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, group);
  return fraction === undefined ? grouped : `${grouped}${point}${fraction}`;
}
