import { loadSharp } from '../../../platform/sharp.ts';
import type { DemoProduct } from '../data.ts';
import type { Lettering } from './lettering.ts';
import type { Scene } from './scene-kit.ts';
import { sceneOf } from './scenes.ts';
import { HEIGHT, WIDTH, put, shade, times } from './shapes.ts';

/** Where the goods stand. */
const TABLE_TOP = 792;
const PACK_FOOT = 868;

function table([light, dark]: Scene['table']): string {
  const { defs, fill } = shade('board', [light, dark]);
  const grain = times(5, (index) => {
    const y = TABLE_TOP + 26 + index * 30;
    return `<path d="M0 ${y}q320 ${index % 2 === 0 ? 10 : -8} 640 0t640 0" fill="none" stroke="#000000" stroke-width="2" opacity=".10"/>`;
  });
  return (
    `<defs>${defs}</defs><rect y="${TABLE_TOP}" width="${WIDTH}" height="${HEIGHT - TABLE_TOP}" fill="${fill}"/>` +
    `<rect y="${TABLE_TOP}" width="${WIDTH}" height="7" fill="#ffffff" opacity=".22"/>${grain}`
  );
}

/** The picture of a product as SVG; null for one that nobody has drawn. */
export function drawProduct(product: DemoProduct, letter: Lettering): string | null {
  const scene = sceneOf(product);
  if (scene === null) return null;
  const { name, ...wrapping } = scene.wrapping;
  const { value, unit } = product.netContent;
  const weight = `${value} ${unit === 'piece' ? 'chiếc' : unit}`;
  const words = { brand: product.brand, name, weight };
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}">` +
    scene.landscape(scene.air) +
    table(scene.table) +
    scene.behind +
    put(scene.packAt.x, PACK_FOOT, scene.pack({ ...wrapping, words, letter }), {
      scale: scene.packAt.scale,
    }) +
    scene.before +
    '</svg>'
  );
}

/** The same as a PNG file, as if somebody had uploaded it. */
export async function paintProduct(product: DemoProduct, letter: Lettering): Promise<Buffer | null> {
  const svg = drawProduct(product, letter);
  if (svg === null) return null;
  const sharp = await loadSharp();
  return sharp(Buffer.from(svg)).png({ compressionLevel: 1 }).toBuffer();
}
