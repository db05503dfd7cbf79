import * as land from './landscapes.ts';
import * as packs from './packages.ts';
import * as good from './produce.ts';
import { AIRS, BOARDS, beside, scene, type Scene } from './scene-kit.ts';
import { put } from './shapes.ts';

const curls = [good.teaCurl('#3f5a3a', '#7f9a6c'), good.teaCurl('#57704a', '#a3b88c')];
const darkCurls = [good.teaCurl('#4b2c1d', '#8a5a3c'), good.teaCurl('#6a3d24', '#a8744e')];
const roasted = [good.coffeeBean('#5a3521', '#2f1a0f'), good.coffeeBean('#6d4228', '#3a2114')];
const green = [good.coffeeBean('#a8ab7c', '#767a4e'), good.coffeeBean('#b9b88c', '#83855a')];

/** Tea, honey and coffee. */
export const DRINK_SCENES: Readonly<Record<string, Scene>> = {
  'p-che-xanh': scene({
    landscape: land.teaHills,
    air: AIRS.morning,
    table: BOARDS.oak,
    pack: packs.carton,
    body: ['#3f7049', '#2b5536'],
    trim: '#1f4a2f',
    ink: '#2a3b2c',
    name: ['Chè xanh', 'Shan tuyết cổ thụ'],
    mark: good.teaSprig('#3f7049', '#dfe9cf'),
    behind:
      put(330, 720, good.teaSprig('#2f6b3f', '#b9d49a'), { turn: -24, scale: 1.7 }) +
      put(1010, 740, good.teaSprig('#2a6038', '#a9c88c'), { turn: 26, scale: 1.5 }),
    before: beside(curls, 3, 1.1),
  }),
  'p-hong-tra': scene({
    landscape: land.teaHills,
    air: AIRS.dusk,
    table: BOARDS.dark,
    pack: packs.pouch,
    body: ['#a5452c', '#7c2f1d'],
    trim: '#6a2517',
    ink: '#4b2418',
    name: ['Hồng trà', 'Shan tuyết'],
    mark: good.teaSprig('#8a3a22', '#f3d9b8'),
    behind: put(1000, 730, good.teaSprig('#4a6a34', '#c9c98a'), { turn: 24, scale: 1.6 }),
    before: beside(darkCurls, 8, 1.15),
  }),
  'p-mat-ong': scene({
    landscape: land.teaHills,
    air: { ...AIRS.morning, land: ['#a9b7c4', '#a7b58a', '#b79fc0', '#8f78a4'] },
    table: BOARDS.pale,
    pack: packs.jar,
    body: ['#f2b23a', '#c9791a'],
    trim: '#7a5a2c',
    ink: '#55360f',
    name: ['Mật ong', 'bạc hà'],
    mark: good.bee('#e9a92f', '#3a2a17'),
    behind:
      put(240, 800, good.hive('#c79a63', '#7d5631'), { scale: 1.25 }) +
      put(1010, 716, good.mint('#5d8152', '#a783c4'), { turn: 10, scale: 1.5 }) +
      put(1100, 760, good.mint('#6b8f5c', '#b897d0'), { turn: 22, scale: 1.2 }),
    before:
      put(420, 470, good.bee('#e9a92f', '#3a2a17'), { turn: -16, scale: 1.1 }) +
      put(900, 400, good.bee('#e9a92f', '#3a2a17'), { turn: 14, scale: 0.8, flip: true }) +
      put(930, 880, good.mint('#5d8152', '#b08fd0'), { turn: 84, scale: 0.9 }),
  }),
  'p-nhan-arabica': scene({
    landscape: land.orchardHills,
    air: AIRS.morning,
    table: BOARDS.oak,
    pack: packs.sack,
    body: ['#d2b07a', '#b18a52'],
    trim: '#6b4a26',
    ink: '#4a3319',
    name: ['Cà phê nhân', 'Arabica'],
    paper: '#ead7b0',
    mark:
      put(-26, 0, good.coffeeBean('#8b8f5f', '#5f6340'), { turn: -20 }) +
      put(28, 4, good.coffeeBean('#9a9d6d', '#666a44'), { turn: 24 }),
    behind: put(300, 690, good.coffeeBranch('#3f7049', '#b3382c'), { turn: -12, scale: 1.3 }),
    before: beside(green, 12, 0.85, 12),
  }),
  'p-arabica-rang': scene({
    landscape: land.orchardHills,
    air: AIRS.dusk,
    table: BOARDS.dark,
    pack: packs.pouch,
    body: ['#3a2a22', '#231812'],
    trim: '#b5642f',
    ink: '#3a2418',
    name: ['Arabica', 'rang mộc'],
    mark:
      put(-26, 0, good.coffeeBean('#5a3521', '#e6cfae'), { turn: -20 }) +
      put(28, 4, good.coffeeBean('#6d4228', '#e6cfae'), { turn: 24 }),
    behind: put(1010, 700, good.coffeeBranch('#56703f', '#b3382c'), { turn: 14, scale: 1.25, flip: true }),
    before: beside(roasted, 17, 0.9, 12),
  }),
  'p-cascara': scene({
    landscape: land.orchardHills,
    air: AIRS.red,
    table: BOARDS.pale,
    pack: packs.carton,
    body: ['#c9523f', '#a03a2c'],
    trim: '#7e2b23',
    ink: '#5a211a',
    name: ['Trà', 'vỏ cà phê'],
    mark: put(0, 6, good.coffeeBranch('#4f7a48', '#c23c2e'), { scale: 0.62 }),
    behind:
      put(290, 720, good.coffeeBranch('#4f7a48', '#c23c2e'), { turn: -10, scale: 1.35 }) +
      put(1050, 720, good.coffeeBranch('#5b8650', '#b3382c'), { turn: 16, scale: 1.1, flip: true }),
    before: beside([good.teaCurl('#8c2f26', '#d0705c'), good.teaCurl('#a8402f', '#e08a70')], 23, 1.1),
  }),
  'p-ca-phe-rang-hat': scene({
    landscape: land.forestMountains,
    air: AIRS.dusk,
    table: BOARDS.oak,
    pack: packs.sack,
    body: ['#7d6a55', '#5c4a39'],
    trim: '#2f2219',
    ink: '#2f2219',
    name: ['Cà phê', 'rang hạt'],
    paper: '#efe3c8',
    mark:
      put(-26, 0, good.coffeeBean('#5a3521', '#e6cfae'), { turn: -20 }) +
      put(28, 4, good.coffeeBean('#6d4228', '#e6cfae'), { turn: 24 }),
    behind: '',
    before: beside(roasted, 31, 0.9, 14),
  }),
  'p-phoi-tron': scene({
    landscape: land.forestMountains,
    air: AIRS.morning,
    table: BOARDS.dark,
    pack: packs.pouch,
    body: ['#2f5d62', '#1d4347'],
    trim: '#d08a3a',
    ink: '#1f3a3d',
    name: ['Cà phê rang xay', 'phối trộn'],
    mark:
      put(-34, 2, good.coffeeBean('#6d4228', '#e6cfae'), { turn: -28, scale: 0.9 }) +
      put(4, -6, good.coffeeBean('#5a3521', '#e6cfae'), { scale: 0.95 }) +
      put(42, 4, good.coffeeBean('#8a5a38', '#f0dcbc'), { turn: 30, scale: 0.9 }),
    behind: put(300, 712, good.coffeeBranch('#3f7049', '#b3382c'), { turn: -8, scale: 1.2 }),
    before: beside(roasted, 37, 0.9, 12),
  }),
};
