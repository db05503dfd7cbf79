import { DRAWINGS, TONES, type DrawingName } from './illustration/drawings.ts';

/**
 * Which drawing stands for an OCOP product set. Source of the sets: Decision 26/2026/QĐ-TTg, Annex I; the codes are
 * those of `reference/ocop-groups.json`.
 */
const DRAWING_OF_CATEGORY: Readonly<Record<string, DrawingName>> = {
  '1.1': 'vegetables',
  '1.2': 'fish',
  '1.3': 'rice',
  '1.4': 'honey',
  '1.5': 'noodles',
  '1.6': 'noodles',
  '1.7': 'driedFruit',
  '1.8': 'meat',
  '1.9': 'fishSauce',
  '1.10': 'spice',
  '1.11': 'tea',
  '1.12': 'herbalTea',
  '1.13': 'coffee',
  '2.1': 'spirits',
  '2.2': 'wine',
  '2.3': 'water',
  '2.4': 'juice',
  '3.1': 'medicine',
  '3.2': 'soap',
  '3.3': 'oil',
  '4.1': 'craft',
  '4.2': 'textile',
  '5.1': 'flowers',
  '5.2': 'tree',
  '5.3': 'pet',
  '6.1': 'tourism',
};

/** For a set that Annex I does not have: a fruit, which most cooperatives grow. */
const DRAWING_OTHERWISE: DrawingName = 'fruit';

function draw(name: DrawingName): string {
  const { tones, shapes } = DRAWINGS[name];
  const colours = TONES[tones];
  const coloured = shapes.replace(/#([0-3])(?=")/g, (_, tone: string) => colours[Number(tone)] ?? colours[0]);
  return (
    '<svg class="drawing" viewBox="0 0 96 96" aria-hidden="true">' +
    `<path fill="${colours[0]}" d="M0 0h96v96H0z"/>${coloured}</svg>`
  );
}

const drawn = new Map<DrawingName, string>();

/**
 * A product without a photo is drawn by its group: an SVG of at most 1.5 kB in two or three flat tones, without text,
 * ids or inline styles, so that it may stand on a page many times.
 * @param categoryCode an OCOP product set such as `1.11`; an unknown one gets the general drawing
 */
export function illustration(categoryCode: string): string {
  const name = DRAWING_OF_CATEGORY[categoryCode] ?? DRAWING_OTHERWISE;
  const known = drawn.get(name);
  if (known !== undefined) return known;
  const svg = draw(name);
  drawn.set(name, svg);
  return svg;
}

/** Every category that has a drawing of its own, in the order of the annex. */
export const ILLUSTRATED_CATEGORIES: readonly string[] = Object.keys(DRAWING_OF_CATEGORY);
