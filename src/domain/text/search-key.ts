/**
 * A text folded for search: lower case, without diacritics, đ as d, single spaces. “Chè Shan tuyết” and
 * “che shan tuyet” are one.
 */
export function searchKey(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('đ', 'd')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** A name as part of an address: `che-shan-tuyet`; at most `most` characters, `fallback` where nothing is left. */
export function slugOf(name: string, fallback: string, most = 80): string {
  const slug = searchKey(name)
    .replace(/[^a-z0-9 ]/g, '')
    .trim()
    .replace(/ +/g, '-')
    .slice(0, most)
    .replace(/-+$/, '');
  return slug === '' ? fallback : slug;
}
