/** The most characters of a lot number, AI (10). Source: GS1 General Specifications §3.4.1 */
export const LOT_MAX_LENGTH = 20;

// GS1 AI encodable character set 82. Source: GS1 General Specifications §7.11, figure 7.11-1
const CHARACTER_SET_82 = /^[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]+$/;

/** Whether `text` has only characters that element strings may hold, and at least one. */
export function isCharacterSet82(text: string): boolean {
  return CHARACTER_SET_82.test(text);
}

/** Whether `text` can be a lot number in an element string. */
export function isLot(text: string): boolean {
  return text.length <= LOT_MAX_LENGTH && isCharacterSet82(text);
}
