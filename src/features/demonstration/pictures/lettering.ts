/** Words as shapes: a machine that has just been set up has no font with every Vietnamese letter. */
export type Outlines = {
  /** A character's outline as an SVG path in font units, y upwards, and how far the next one stands in ems. */
  outline(
    weight: 'regular' | 'semibold',
    character: string,
  ): { readonly path: string; readonly advance: number };
  readonly unitsPerEm: number;
};

export type TextPlace = {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly most: number;
  readonly fill: string;
  readonly weight?: 'regular' | 'semibold';
};

/** `text` as outlines, centred on `x`, its baseline on `y`, made smaller where it would be wider than `most`. */
export type Lettering = (text: string, place: TextPlace) => string;

/** Sets words in the type of the labels. */
export function lettering(outlines: Outlines): Lettering {
  const { unitsPerEm } = outlines;
  return (text, { x, y, size, most, fill, weight = 'semibold' }) => {
    let width = 0;
    const glyphs = [...text.normalize('NFC')].map((character) => {
      const { path, advance } = outlines.outline(weight, character);
      const placed = `<path d="${path}" transform="translate(${width * unitsPerEm} 0)"/>`;
      width += advance;
      return placed;
    });
    const shown = Math.min(size, most / width);
    const scale = shown / unitsPerEm;
    const placing = `translate(${x - (width * shown) / 2} ${y}) scale(${scale} ${-scale})`;
    return `<g fill="${fill}" transform="${placing}">${glyphs.join('')}</g>`;
  };
}
