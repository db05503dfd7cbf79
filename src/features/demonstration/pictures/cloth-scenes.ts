import * as land from './landscapes.ts';
import * as packs from './packages.ts';
import * as good from './produce.ts';
import { AIRS, BOARDS, scene, type Scene } from './scene-kit.ts';
import { put, shade, times } from './shapes.ts';

/** Cloth. */
export const CLOTH_SCENES: Readonly<Record<string, Scene>> = {
  'p-vai': scene({
    landscape: land.forestMountains,
    air: AIRS.indigo,
    table: BOARDS.oak,
    pack: packs.tag,
    body: ['#39477c', '#28345f'],
    trim: '#9b2f2a',
    ink: '#28345f',
    name: ['Vải thổ cẩm', 'dệt tay'],
    packX: 640,
    scale: 0.94,
    mark: put(0, 4, good.wovenBand(190, 76, ['#28345f', '#e7b354', '#c2452f'])),
    behind: clothStack(),
    before:
      put(300, 880, good.shuttle('#a8764a', '#c2452f'), { turn: -10 }) +
      put(1010, 850, good.spool('#a8764a', '#2d3b6b')) +
      put(1095, 872, good.spool('#8f6238', '#c2452f'), { scale: 0.8 }),
  }),
  'p-khan': scene({
    landscape: land.dryValley,
    air: AIRS.indigo,
    table: BOARDS.pale,
    pack: packs.tag,
    body: ['#39477c', '#28345f'],
    trim: '#23395b',
    ink: '#23395b',
    name: ['Khăn thổ cẩm', 'nhuộm chàm'],
    packX: 905,
    scale: 0.86,
    mark: put(0, 4, good.wovenBand(190, 76, ['#23395b', '#e9e2cf', '#c9793a'])),
    behind: hangingScarf(),
    before:
      put(330, 872, good.spool('#a8764a', '#23395b'), { turn: 84 }) +
      put(220, 862, good.spool('#a8764a', '#4d6391'), { scale: 0.9 }),
  }),
};

/** Three folded lengths of cloth, one on another, figures outward. */
function clothStack(): string {
  const fold = (y: number, width: number, tones: readonly [string, string, string]) =>
    put(
      640,
      y,
      `<rect x="${-width / 2}" y="-66" width="${width}" height="132" rx="44" fill="${tones[0]}"/>` +
        good.wovenBand(width - 90, 76, tones),
    );
  return (
    fold(800, 860, ['#8f2f2a', '#f0c469', '#f6e3bd']) +
    fold(676, 800, ['#28345f', '#e7b354', '#c2452f']) +
    fold(552, 740, ['#2f5d4a', '#f3d58a', '#d9603a'])
  );
}

/** A scarf over a bamboo pole, its fringes down. */
function hangingScarf(): string {
  const { defs, fill } = shade('scarf', ['#2b4269', '#1b2c4a']);
  const bands = [300, 420, 640, 760].map((y, index) =>
    put(540, y, good.wovenBand(430, index % 2 === 0 ? 84 : 52, ['#1f3356', '#efe7d2', '#c9793a'])),
  );
  const fringe = times(
    27,
    (index) =>
      `<path d="M${330 + index * 16} 836q-4 24 2 46" stroke="#efe7d2" stroke-width="5" fill="none"/>`,
  );
  return (
    `<defs>${defs}</defs><rect x="150" y="176" width="900" height="30" rx="15" fill="#b98f4e"/>` +
    times(
      4,
      (index) => `<rect x="${250 + index * 220}" y="172" width="10" height="38" rx="5" fill="#8f6a34"/>`,
    ) +
    `<path d="M322 184Q540 150 758 184V836H322Z" fill="${fill}"/>${bands.join('')}${fringe}`
  );
}
