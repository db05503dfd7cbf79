import { existsSync, readFileSync } from 'node:fs';
import type { Language } from '../../src/platform/i18n.ts';

function read(name: string): string {
  const file = new URL(`../../.cache/${name}.svg`, import.meta.url);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

export function vietnamMap(options: { filled?: string; links?: boolean; language: Language }): string {
  return read(options.links === true ? 'map-links' : 'map-08');
}
