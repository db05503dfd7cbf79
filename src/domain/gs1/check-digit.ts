/**
 * The check digit of a GS1 key whose other digits are `body`: weights 3 and 1 from the right, modulo 10.
 * Source: GS1 General Specifications §7.9.1
 */
export function checkDigit(body: string): number {
  const sum = [...body]
    .reverse()
    .reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 3 : 1), 0);
  return (10 - (sum % 10)) % 10;
}
