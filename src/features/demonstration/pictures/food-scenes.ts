import * as land from './landscapes.ts';
import * as packs from './packages.ts';
import * as good from './produce.ts';
import { AIRS, BOARDS, beside, scene, type Scene } from './scene-kit.ts';
import { put } from './shapes.ts';

const anise = [good.starAnise('#7a4526', '#d9a05a'), good.starAnise('#8d532f', '#e0ad6a')];
const nuts = [good.cashew('#e7c48b', '#c2965a'), good.cashew('#efd3a0', '#cfa568')];
const driedShrimp = [good.shrimp('#e0764a', '#b9522d'), good.shrimp('#ea8a5c', '#c65f37')];
const rawShrimp = [good.shrimp('#a9b3a0', '#6f8078'), good.shrimp('#b8bda6', '#7d8a7c')];

/** Fruit, rice, shrimp, nuts, spices and noodles. */
export const FOOD_SCENES: Readonly<Record<string, Scene>> = {
  'p-thanh-long': scene({
    landscape: land.orchardHills,
    air: AIRS.red,
    table: BOARDS.bamboo,
    pack: packs.basket,
    body: ['#d8b070', '#b78a48'],
    trim: '#8f6a34',
    ink: '#6a1f38',
    name: ['Thanh long', 'ruột đỏ'],
    scale: 1.05,
    mark: put(0, 8, good.dragonFruit('#d23c6a', '#7fa653'), { scale: 0.62 }),
    behind:
      put(440, 600, good.dragonFruit('#d23c6a', '#86ab57'), { turn: -18, scale: 1.3 }) +
      put(640, 560, good.dragonFruit('#da4a76', '#8fb35e'), { scale: 1.42 }) +
      put(850, 604, good.dragonFruit('#c93562', '#7fa653'), { turn: 20, scale: 1.3 }),
    before: put(1010, 838, good.dragonFruitHalf('#d23c6a', '#a8174a'), { turn: 12, scale: 1.05 }),
  }),
  'p-lua': scene({
    landscape: land.ricePlain,
    air: AIRS.harvest,
    table: BOARDS.oak,
    pack: packs.sack,
    body: ['#efe7d2', '#d3c6a4'],
    trim: '#3f7049',
    ink: '#4a3d16',
    name: ['Lúa thơm'],
    mark: put(0, 6, good.riceEar('#8a8a3a', '#d9ae45'), { scale: 0.72 }),
    behind:
      put(310, 690, good.riceEar('#8f8f3f', '#d9ae45'), { turn: -16, scale: 1.9 }) +
      put(980, 690, good.riceEar('#8f8f3f', '#e0b850'), { turn: 20, scale: 1.8 }),
    before:
      put(330, 880, good.grains(41, '#c99a35', [170, 60])) +
      put(980, 884, good.grains(42, '#d2a53f', [170, 60])),
  }),
  'p-gao': scene({
    landscape: land.ricePlain,
    air: AIRS.green,
    table: BOARDS.pale,
    pack: packs.pillow,
    body: ['#dfeef0', '#a9cbd2'],
    trim: '#1f5f6b',
    ink: '#214a3a',
    name: ['Gạo thơm', 'lúa – tôm'],
    mark:
      put(-30, 8, good.riceEar('#7d8a3c', '#d9b55a'), { scale: 0.6 }) +
      put(46, 0, good.shrimp('#e0764a', '#b9522d'), { scale: 0.45 }),
    behind: put(320, 690, good.riceEar('#7d9a44', '#d9b95f'), { turn: -14, scale: 1.8 }),
    before:
      put(330, 884, good.grains(51, '#fbf6e6', [180, 56])) +
      put(960, 884, good.grains(52, '#fffaf0', [180, 56])),
  }),
  'p-gao-lut': scene({
    landscape: land.ricePlain,
    air: AIRS.dusk,
    table: BOARDS.dark,
    pack: packs.pouch,
    body: ['#b98a5a', '#94683c'],
    trim: '#4b6b35',
    ink: '#4a3318',
    name: ['Gạo lứt', 'hữu cơ'],
    mark: put(0, 6, good.riceEar('#6d7a34', '#9c5a35'), { scale: 0.72 }),
    behind: put(980, 690, good.riceEar('#8a7a3c', '#a8683f'), { turn: 18, scale: 1.8 }),
    before:
      put(330, 884, good.grains(61, '#a8683f', [180, 56])) +
      put(960, 884, good.grains(62, '#b8794a', [180, 56])),
  }),
  'p-tom-tuoi': scene({
    landscape: land.mangroves,
    air: AIRS.lagoon,
    table: BOARDS.stone,
    pack: packs.basket,
    body: ['#b99a66', '#8f7142'],
    trim: '#6b5430',
    ink: '#1f4a4a',
    name: ['Tôm đất', 'tươi'],
    scale: 1.05,
    mark: put(-10, -12, good.shrimp('#9fae9c', '#5f746c'), { scale: 0.56 }),
    behind:
      put(400, 640, rawShrimp[0] ?? '', { turn: -20, scale: 1.2 }) +
      put(560, 610, rawShrimp[1] ?? '', { turn: 12, scale: 1.25 }) +
      put(730, 612, rawShrimp[0] ?? '', { turn: -8, scale: 1.25, flip: true }) +
      put(890, 640, rawShrimp[1] ?? '', { turn: 18, scale: 1.2, flip: true }),
    before: put(1050, 866, rawShrimp[0] ?? '', { turn: 10, scale: 0.8 }),
  }),
  'p-tom-kho': scene({
    landscape: land.mangroves,
    air: AIRS.water,
    table: BOARDS.oak,
    pack: packs.pouch,
    body: ['#e6d3ae', '#cbb184'],
    trim: '#a5401f',
    ink: '#6a2a14',
    name: ['Tôm khô', 'tôm rừng'],
    mark: put(-10, -12, good.shrimp('#e0764a', '#b9522d'), { scale: 0.56 }),
    behind: '',
    before: beside(driedShrimp, 71, 0.62, 7),
  }),
  'p-banh-phong': scene({
    landscape: land.mangroves,
    air: AIRS.lagoon,
    table: BOARDS.bamboo,
    pack: packs.pillow,
    body: ['#f6d7b4', '#e5ab7a'],
    trim: '#c2512c',
    ink: '#7a2f18',
    name: ['Bánh phồng', 'tôm'],
    mark: put(0, 0, good.cracker('#f3c9a0', '#cf7a4a'), { scale: 0.78 }),
    behind:
      put(300, 830, good.cracker('#f0bf93', '#c96f40'), { scale: 1.2 }) +
      put(1000, 820, good.cracker('#f3c9a0', '#cf7a4a'), { scale: 1.25 }),
    before:
      put(400, 876, good.cracker('#f7d5b0', '#d98757'), { turn: 30, scale: 1 }) +
      put(900, 880, good.cracker('#f0bf93', '#c96f40'), { turn: 70, scale: 0.95 }),
  }),
  'p-hat-dieu': scene({
    landscape: land.orchardHills,
    air: AIRS.red,
    table: BOARDS.pale,
    pack: packs.jar,
    body: ['#f0dcb4', '#d8b57c'],
    trim: '#3f7049',
    ink: '#5a3d18',
    name: ['Hạt điều', 'rang muối'],
    mark: put(0, 4, good.cashew('#e7c48b', '#b98848'), { turn: -10, scale: 1.1 }),
    behind: '',
    before: beside(nuts, 81, 0.86, 9),
  }),
  'p-tieu-den': scene({
    landscape: land.orchardHills,
    air: AIRS.green,
    table: BOARDS.dark,
    pack: packs.pouch,
    body: ['#5f6b4a', '#434d33'],
    trim: '#26301f',
    ink: '#2a2a20',
    name: ['Tiêu đen', 'nguyên hạt'],
    mark: put(0, 22, good.pepperVine('#4f7a48', '#2f2a24'), { scale: 0.55 }),
    behind: put(1010, 690, good.pepperVine('#4f7a48', '#5f7a3c'), { turn: 12, scale: 1.5 }),
    before:
      put(320, 884, good.peppercorns(91, ['#2a211c', '#3a2e26', '#1f1916'], [170, 56])) +
      put(960, 888, good.peppercorns(92, ['#2a211c', '#3a2e26', '#463a30'], [160, 50])),
  }),
  'p-sau-rieng': scene({
    landscape: land.orchardHills,
    air: AIRS.harvest,
    table: BOARDS.oak,
    pack: packs.basket,
    body: ['#c9a262', '#a37c3e'],
    trim: '#7a5a2c',
    ink: '#4a5a1c',
    name: ['Sầu riêng', 'Ri6'],
    scale: 1.05,
    mark: put(0, 8, good.durian('#9aa24a', '#7d8738'), { scale: 0.52 }),
    behind:
      put(430, 580, good.durian('#a3aa50', '#838d3c'), { turn: -14, scale: 1.2 }) +
      put(860, 580, good.durian('#97a047', '#7a8436'), { turn: 16, scale: 1.2 }) +
      put(645, 545, good.durian('#aab156', '#8a9440'), { scale: 1.25 }),
    before: put(1030, 856, good.durianOpen('#8a943e', '#f2cf55')),
  }),
  'p-tinh-bot': scene({
    landscape: land.dryValley,
    air: AIRS.valley,
    table: BOARDS.stone,
    pack: packs.sack,
    body: ['#f4f1e6', '#d8d2bf'],
    trim: '#8a5a2c',
    ink: '#4a3a24',
    name: ['Tinh bột', 'dong riềng'],
    mark: put(0, 4, good.cannaLeaf('#4f7f4c', '#35603a', '#d2603a'), { scale: 0.52 }),
    behind: put(290, 650, good.cannaLeaf('#5a8a54', '#3f6b42', '#d2603a'), { turn: -6, scale: 1.7 }),
    before: put(980, 880, good.starchHeap('#fffdf6', '#d9d3c3'), { scale: 0.85 }),
  }),
  'p-mien': scene({
    landscape: land.dryValley,
    air: AIRS.morning,
    table: BOARDS.bamboo,
    pack: packs.pillow,
    body: ['#e9e4d2', '#c9c0a4'],
    trim: '#8f2f2a',
    ink: '#4a2a1c',
    name: ['Miến dong'],
    mark: put(0, 4, good.noodleNest('#e6dec6', '#a39672'), { scale: 0.66 }),
    behind: put(1000, 690, good.cannaLeaf('#5a8a54', '#3f6b42', '#d2603a'), { turn: 8, scale: 1.6 }),
    before:
      put(320, 864, good.noodleNest('#efe8d4', '#b3a684'), { scale: 1.15 }) +
      put(960, 880, good.noodleNest('#e9e1ca', '#ab9e7c'), { scale: 1.05 }),
  }),
  'p-hoi': scene({
    landscape: land.forestMountains,
    air: AIRS.mist,
    table: BOARDS.dark,
    pack: packs.carton,
    body: ['#8d5a34', '#6b4024'],
    trim: '#4a2a16',
    ink: '#4a2c18',
    name: ['Hoa hồi khô'],
    mark: put(0, 0, good.starAnise('#7a4526', '#d9a05a'), { scale: 1.05 }),
    behind: '',
    before: beside(anise, 101, 0.82, 6),
  }),
};
