/**
 * Our own drawings, one per kind of product, in a box of 96 × 96. Each names its tones; `#0` is the
 * background, `#1` the ground and soft parts, `#2` the main tone, `#3` the accent. Written for this project.
 */
export type Drawing = { readonly tones: keyof typeof TONES; readonly shapes: string };

/** Background, soft, main, accent. */
export const TONES = {
  leaf: ['#e3ecdc', '#a9c49b', '#2f6b45', '#e2b84a'],
  grain: ['#f6ebcb', '#e3c67c', '#a8761c', '#fffaf0'],
  earth: ['#efe3d6', '#cfb094', '#6d4228', '#b3472c'],
  sea: ['#dcebee', '#9cc5cc', '#22606f', '#f0b35a'],
  berry: ['#f7e3dc', '#e5a892', '#a63a2b', '#3f7a4c'],
  weave: ['#e6e4ef', '#b3b0d2', '#2d3b6b', '#c9502f'],
  bloom: ['#f8e6ea', '#e8a9b8', '#b04467', '#4c8054'],
} as const;

const HILLS = '<path fill="#1" d="M0 72q24-14 48-6t48-6v36H0z"/>';
const TABLE = '<path fill="#1" d="M0 76h96v20H0z"/>';

export const DRAWINGS = {
  tea: {
    tones: 'leaf',
    shapes:
      `${HILLS}<path fill="#2" d="M46 82c1-16 1-24 1-34h3c0 10 0 18 1 34z"/>` +
      '<path fill="#2" d="M48 50c-9-10-8-24 1-34 8 10 8 24-1 34Z"/>' +
      '<path fill="#2" d="M46 62C30 62 21 53 19 39c15 0 25 8 27 23Zm5-6c1-14 10-23 25-24-1 15-10 ' +
      '23-25 24Z"/>' +
      '<path fill="none" stroke="#0" stroke-width="1.5" d="M48 46V26M44 59 27 45m26 9 15-15"/>',
  },
  herbalTea: {
    tones: 'leaf',
    shapes:
      `${TABLE}<path fill="#2" d="M20 44h48v12a22 22 0 0 1-22 22h-4a22 22 0 0 1-22-22z"/>` +
      '<path fill="none" stroke="#2" stroke-width="5" d="M67 49h5a8 8 0 0 1 0 16h-6"/>' +
      '<path fill="#3" d="M26 44h36c-3 5-33 5-36 0Z"/><path fill="#1" d="M44 38c-10-6-10-16-4-24 8 ' +
      '6 10 14 4 24Z"/>' +
      '<path fill="#2" d="M47 38c0-10 6-15 16-16-1 10-6 15-16 16Z"/>',
  },
  coffee: {
    tones: 'earth',
    shapes:
      `${TABLE}<g transform="rotate(-24 35 46)"><ellipse cx="35" cy="46" rx="15" ry="21" fill="#2"/>` +
      '<path fill="none" stroke="#0" stroke-width="2.5" d="M37 26c-8 12 6 26-3 40"/></g>' +
      '<g transform="rotate(32 63 58)"><ellipse cx="63" cy="58" rx="13" ry="18" fill="#2"/>' +
      '<path fill="none" stroke="#0" stroke-width="2.5" d="M65 41c-7 10 5 22-3 34"/></g>' +
      '<circle cx="70" cy="26" r="8" fill="#3"/><circle cx="57" cy="20" r="7" fill="#3"/>' +
      '<path fill="none" stroke="#2" stroke-width="2.5" d="M48 12q14-4 30 4"/>',
  },
  honey: {
    tones: 'grain',
    shapes:
      `${TABLE}<path fill="#2" d="M28 36h40c6 6 8 14 8 22 0 11-4 19-10 24H30c-6-5-10-13-10-24 0-8 ` +
      '2-16 8-22Z"/>' +
      '<path fill="#3" d="M28 24h40v9H28z"/><path fill="#1" d="m48 44 12 7v14l-12 7-12-7V51z"/>' +
      '<path fill="#3" d="m48 51 6 3.500v7L48 65l-6-3.500v-7z"/>',
  },
  rice: {
    tones: 'grain',
    shapes:
      '<path fill="#1" d="M0 74q24-10 48-4t48-4v30H0z"/>' +
      '<path fill="none" stroke="#2" stroke-width="3" stroke-linecap="round" d="M38 88c-2-32 4-58 ' +
      '34-66"/>' +
      '<g fill="#2"><ellipse cx="70" cy="30" rx="4" ry="8" transform="rotate(-30 70 30)"/>' +
      '<ellipse cx="60" cy="22" rx="4" ry="8" transform="rotate(58 60 22)"/>' +
      '<ellipse cx="60" cy="39" rx="4" ry="8" transform="rotate(-24 60 39)"/>' +
      '<ellipse cx="48" cy="31" rx="4" ry="8" transform="rotate(40 48 31)"/>' +
      '<ellipse cx="52" cy="50" rx="4" ry="8" transform="rotate(-20 52 50)"/>' +
      '<ellipse cx="40" cy="44" rx="4" ry="8" transform="rotate(24 40 44)"/></g>' +
      '<path fill="#3" d="M38 86c-14-6-20-18-20-32 12 6 18 18 20 32Z"/>',
  },
  fruit: {
    tones: 'leaf',
    shapes:
      `${HILLS}<circle cx="42" cy="54" r="25" fill="#3"/><path fill="#2" d="M42 30c0-12 8-18 ` +
      '22-18-1 12-8 18-22 18Z"/>' +
      '<path fill="none" stroke="#2" stroke-width="3" d="M42 34V24"/>' +
      '<circle cx="68" cy="66" r="17" fill="#0"/>' +
      '<circle cx="68" cy="66" r="14" fill="#3"/>' +
      '<path fill="none" stroke="#0" stroke-width="2" d="M68 52v28M56 59l24 14m-24 0 24-14"/>',
  },
  driedFruit: {
    tones: 'berry',
    shapes:
      `${TABLE}<path fill="#2" d="M26 22h44l4 60H22z"/><path fill="#1" d="M24 16h48v9H24z"/>` +
      '<circle cx="48" cy="54" r="15" fill="#0"/><path fill="#2" d="M40 58c-3-8 3-14 9-11 6-3 12 3 ' +
      '9 11-4 7-14 7-18 0Z"/>' +
      '<path fill="#3" d="M49 46c0-6 4-9 10-9 0 6-4 9-10 9Z"/>',
  },
  vegetables: {
    tones: 'leaf',
    shapes:
      `${HILLS}<path fill="#2" d="M48 54C28 54 16 42 18 24c8-8 20-6 24 2 4-12 20-14 26-2 12 0 16 ` +
      '22-20 30Z"/>' +
      '<path fill="#0" d="M38 46c4 4 16 4 20 0 4 14 4 28-2 38H40c-6-10-6-24-2-38Z"/>' +
      '<path fill="none" stroke="#1" stroke-width="2.5" d="M45 56c-2 10-1 18 1 26m6-26c1 10 0 18-1 ' +
      '26M48 50V30m-4 14L32 32m20 12 11-12"/>',
  },
  fish: {
    tones: 'sea',
    shapes:
      '<path fill="#2" d="M14 48c10-20 38-24 54-4l16-12v32L68 52c-16 20-44 16-54-4Z"/>' +
      '<circle cx="29" cy="43" r="3.5" fill="#0"/><path fill="none" stroke="#0" stroke-width="2.5" ' +
      'd="M40 34c5 9 5 18 0 27m12-24c3 7 3 14 0 20"/>' +
      '<path fill="#3" d="M36 32c6-10 18-12 24-4-8-2-14 0-18 4z"/>' +
      '<path fill="none" stroke="#1" stroke-width="4" stroke-linecap="round" d="M10 78q9-7 19 0t19 ' +
      '0 19 0 19 0M18 18q6-5 12 0t12 0"/>',
  },
  meat: {
    tones: 'berry',
    shapes:
      `${TABLE}<path fill="none" stroke="#1" stroke-width="3" d="M14 14h68"/>` +
      '<path fill="none" stroke="#2" stroke-width="2" d="M30 14v10m22-10v6m20-6v10"/>' +
      '<g fill="none" stroke="#2" stroke-width="13" stroke-linecap="round">' +
      '<path d="M30 32q-6 16 2 32M52 28q7 20-1 44m21-40q-6 16 1 30"/></g>' +
      '<path fill="none" stroke="#1" stroke-width="2" stroke-linecap="round" d="M27 38q-2 8 0 ' +
      '16m26-18q2 12 0 24m17-22q-2 7-1 14"/>',
  },
  fishSauce: {
    tones: 'grain',
    shapes:
      `${TABLE}<path fill="#2" d="M42 12h14v16c10 6 14 12 14 20v36H28V48c0-8 4-14 14-20z"/>` +
      '<path fill="#1" d="M40 8h18v8H40z"/><path fill="#3" d="M28 50h42v24H28z"/>' +
      '<path fill="#2" d="M35 62c5-8 17-9 23-1l6-5v13l-6-5c-6 7-18 6-23-2Z"/>',
  },
  spice: {
    tones: 'earth',
    shapes:
      `${TABLE}<g fill="#2"><path d="M46 42c-7-8-7-20-1-30 7 10 8 22 1 30Z"/>` +
      '<path d="M53 44c4-9 14-16 26-16-2 12-14 19-26 16Zm1 7c10 0 20 6 25 16-11 2-21-5-25-16Zm-8 ' +
      '3c5 9 5 21-2 30-7-9-6-22 2-30Z"/>' +
      '<path d="M40 52c-6 8-17 13-28 11 4-11 17-16 28-11Zm-1-6c-10-1-19-9-23-19 12-1 22 7 23 19Z"/></g>' +
      '<circle cx="46" cy="48" r="7" fill="#3"/><g fill="#3"><circle cx="72" cy="80" r="5"/>' +
      '<circle cx="83" cy="76" r="4"/><circle cx="26" cy="82" r="4"/></g>',
  },
  medicine: {
    tones: 'leaf',
    shapes:
      `${TABLE}<path fill="#2" d="M20 48h56c0 16-6 26-16 30v4H36v-4c-10-4-16-14-16-30Z"/>` +
      '<path fill="#1" d="M16 42h64v8H16z"/><path fill="none" stroke="#3" stroke-width="7" ' +
      'stroke-linecap="round" d="m54 40 18-28"/>' +
      '<path fill="#2" d="M40 40c-14-2-20-11-18-24 13 2 19 11 18 24Z"/>' +
      '<path fill="none" stroke="#0" stroke-width="1.5" d="M38 36 26 22"/>',
  },
  soap: {
    tones: 'leaf',
    shapes:
      `${TABLE}<rect x="16" y="46" width="64" height="34" rx="12" fill="#2"/>` +
      '<path fill="#1" d="M40 70c-4-11 2-18 16-18 1 13-5 19-16 18Z"/><g fill="#3">' +
      '<circle cx="32" cy="34" r="8"/><circle cx="50" cy="22" r="6"/>' +
      '<circle cx="62" cy="36" r="5"/></g>',
  },
  oil: {
    tones: 'leaf',
    shapes:
      `${TABLE}<path fill="#2" d="M34 36h28l4 8v36a4 4 0 0 1-4 4H34a4 4 0 0 1-4-4V44z"/>` +
      '<path fill="#3" d="M40 24h16v12H40z"/><path fill="#2" d="M44 8h8q3 8 0 16h-8q-3-8 0-16Z"/>' +
      '<path fill="#0" d="M30 54h36v20H30z"/><path fill="#2" d="M48 57q7 8 0 14-7-6 0-14Z"/>',
  },
  spirits: {
    tones: 'earth',
    shapes:
      `${TABLE}<path fill="#2" d="M40 16h16v8c0 6 6 8 6 16 0 5-3 8-3 8 10 3 15 11 15 19 0 11-9 ` +
      '17-26 17s-26-6-26-17c0-8 5-16 15-19 0 0-3-3-3-8 0-8 6-10 6-16z"/>' +
      '<path fill="#3" d="M39 10h18v8H39zm-4 35h26v6H35z"/><path fill="#1" d="m48 58 9 9-9 9-9-9z"/>',
  },
  wine: {
    tones: 'berry',
    shapes:
      `${TABLE}<path fill="#2" d="M24 10h12v18c6 5 8 10 8 16v40H16V44c0-6 2-11 8-16z"/>` +
      '<path fill="#0" d="M16 52h28v18H16z"/>' +
      '<path fill="#2" d="M54 34h28c0 16-4 24-11 26v18h8v5H57v-5h8V60c-7-2-11-10-11-26Z"/>' +
      '<path fill="#1" d="M57 34h22l-1 8H58z"/>',
  },
  water: {
    tones: 'sea',
    shapes:
      `${TABLE}<path fill="#2" d="M40 16h16v10c8 4 10 9 10 15v43H30V41c0-6 2-11 10-15z"/>` +
      '<path fill="#3" d="M40 9h16v8H40z"/>' +
      '<path fill="#0" d="M30 46h36v24H30z"/><path fill="#2" d="M48 49q9 11 0 18-9-7 0-18Z"/>',
  },
  juice: {
    tones: 'leaf',
    shapes:
      `${TABLE}<path fill="#0" stroke="#2" stroke-width="3" d="M28 30h40l-5 52H33z"/>` +
      '<path fill="#3" d="M31 42h34l-4 38H35z"/>' +
      '<path fill="none" stroke="#2" stroke-width="4" d="M46 70 56 12h12"/>' +
      '<circle cx="68" cy="32" r="12" fill="#2"/><circle cx="68" cy="32" r="8" fill="#1"/>',
  },
  noodles: {
    tones: 'berry',
    shapes:
      `${TABLE}<path fill="#0" d="M26 44q0-14 22-14t22 14z"/><path fill="none" stroke="#1" ` +
      'stroke-width="3" d="M30 44q0-10 9-10t9 10m-9 0q0-10 9-10t9 10m-9 0q0-8 9-8t9 8"/>' +
      '<path fill="#2" d="M14 44h68c0 18-9 30-20 34v4H34v-4c-11-4-20-16-20-34Z"/>' +
      '<path fill="none" stroke="#2" stroke-width="3.5" stroke-linecap="round" d="m52 34 28-22M60 ' +
      '36l26-16"/><path fill="#3" d="M44 34c-2-8 3-13 11-14 1 8-3 13-11 14Z"/>',
  },
  craft: {
    tones: 'grain',
    shapes:
      `${TABLE}<path fill="#2" d="M16 44h64l-9 38a4 4 0 0 1-4 3H29a4 4 0 0 1-4-3z"/>` +
      '<path fill="none" stroke="#2" stroke-width="5" d="M28 44c0-34 40-34 40 0"/>' +
      '<path fill="none" stroke="#1" stroke-width="3" d="M20 54h56M22 65h52M25 76h46M36 46l4 ' +
      '38m8-38v38m12-38-4 38"/><path fill="#3" d="M14 40h68v7H14z"/>',
  },
  textile: {
    tones: 'weave',
    shapes:
      '<path fill="#2" d="M18 14h60v64H18z"/><path fill="#1" d="M18 22h60v5H18zm0 43h60v5H18z"/>' +
      '<path fill="#3" d="m33 46 15-15 15 15-15 15z"/><path fill="#0" d="m40 46 8-8 8 8-8 8z"/>' +
      '<path fill="#1" d="m18 36 10 10-10 10zm60 0L68 46l10 10z"/>' +
      '<path stroke="#2" stroke-width="3" d="M22 78v9m9-9v9m9-9v9m8-9v9m9-9v9m9-9v9m8-9v9"/>',
  },
  flowers: {
    tones: 'bloom',
    shapes:
      '<path fill="none" stroke="#3" stroke-width="4" d="M48 58q2 16-3 38"/>' +
      '<path fill="#3" d="M46 82c4-14 14-18 28-16-4 13-14 18-28 16Z"/>' +
      '<path fill="#1" d="M48 60C28 58 16 46 14 32c16-1 30 9 34 28Zm0 0c20-2 32-14 34-28-16-1-30 ' +
      '9-34 28Z"/>' +
      '<path fill="#2" d="M48 62C34 52 28 38 32 22c10 5 16 16 16 40Zm0 0c14-10 20-24 16-40-10 5-16 ' +
      '16-16 40Z"/><path fill="#1" d="M48 60c-9-14-9-32 0-46 9 14 9 32 0 46Z"/>',
  },
  tree: {
    tones: 'leaf',
    shapes:
      `${TABLE}<path fill="none" stroke="#2" stroke-width="6" stroke-linecap="round" d="M46 ` +
      '70c8-12-8-18 2-34m-1 20q10-2 16-12"/>' +
      '<g fill="#2"><ellipse cx="44" cy="26" rx="24" ry="12"/><ellipse cx="68" cy="42" rx="16" ' +
      'ry="8"/><ellipse cx="30" cy="48" rx="14" ry="7"/></g>' +
      '<path fill="#3" d="M26 68h44l-6 16H32z"/>',
  },
  pet: {
    tones: 'sea',
    shapes:
      '<path fill="#3" d="M20 46c10-16 30-18 42-2 8-12 16-14 22-12-4 6-4 22 0 32-8 2-16-2-22-12-12 ' +
      '14-32 12-42-6Z"/>' +
      '<path fill="#0" d="M38 33q8-14 22-10l-8 13zm4 24q2 12 14 12l-2-13z"/>' +
      '<circle cx="32" cy="43" r="3" fill="#2"/>' +
      '<path fill="none" stroke="#2" stroke-width="3" d="M22 96q-6-12 0-22m52 22q6-10 0-18m-8 ' +
      '18q-4-8 0-14"/><g fill="none" stroke="#2" stroke-width="2"><circle cx="14" cy="30" r="4"/>' +
      '<circle cx="22" cy="18" r="3"/></g>',
  },
  tourism: {
    tones: 'leaf',
    shapes:
      '<circle cx="74" cy="22" r="9" fill="#3"/><path fill="#1" d="M0 60 26 28l20 22 16-16 34 ' +
      '28v34H0z"/>' +
      '<path fill="#2" d="M20 50 48 28l28 22-4 4v14H24V54z"/><path fill="#0" d="M30 54h8v9h-8zm14 ' +
      '0h8v14h-8zm14 0h8v9h-8z"/>' +
      '<path stroke="#2" stroke-width="4" d="M28 68v18m13-18v18m14-18v18m13-18v18"/>' +
      '<path fill="#2" d="M0 84h96v12H0z"/>',
  },
} as const satisfies Record<string, Drawing>;

export type DrawingName = keyof typeof DRAWINGS;
