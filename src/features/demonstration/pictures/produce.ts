import { circle, ellipse, line, path, put, scatter, times } from './shapes.ts';

/** What is grown, caught and made, each drawn around 0 0 and about 120 across. */

export const teaSprig = (leaf: string, vein: string): string =>
  path('M0 60Q-10 0 4-66Q22-30 14 12Q10 40 0 60Z', leaf) +
  path('M2 44Q-70 40-92-16Q-36-22-8 12Q2 26 2 44Z', leaf) +
  path('M4 40Q66 26 84-28Q34-34 12 4Q4 20 4 40Z', leaf) +
  line('M2 70Q2 0 6-54M0 46Q-46 30-80-10M6 40Q46 18 74-20', vein, 3.5);

export const teaCurl = (fill: string, edge: string): string =>
  line('M-22 4Q-10-14 4-4T24-8', fill, 13) + line('M-18 0Q-8-12 4-4', edge, 3);

export const coffeeBean = (fill: string, groove: string): string =>
  ellipse(0, 0, [26, 36], fill) +
  line('M2-32Q-14-8 0 2T2 33', groove, 4.5) +
  path('M-14-24Q-22-8-20 10Q-12-8-14-24Z', '#ffffff', 'opacity=".16"');

export const coffeeBranch = (leaf: string, cherry: string): string =>
  line('M-120 14Q-20-30 110-18', '#5b4327', 8) +
  path('M-96 4Q-130-60-76-104Q-40-60-70-6Z', leaf) +
  path('M-20-20Q-30-84 30-112Q52-64 12-22Z', leaf) +
  path('M64-22Q90-84 146-80Q142-30 84-14Z', leaf) +
  [
    [-70, 26],
    [-40, 44],
    [-44, 8],
    [-8, 26],
    [22, 6],
    [30, 40],
    [62, 18],
    [84, 4],
  ]
    .map(([x = 0, y = 0]) => circle(x, y, 21, cherry) + circle(x - 7, y - 7, 5, '#ffffff', 'opacity=".35"'))
    .join('');

export const mint = (stem: string, bloom: string): string =>
  line('M0 90Q-6 20 0-70', stem, 6) +
  path('M0 60Q-50 50-62 14Q-16 14 0 46Z', stem) +
  path('M0 40Q46 26 58-6Q14-4 0 24Z', stem) +
  times(6, (row) =>
    times(5, (index) => circle((index - 2) * (13 - row * 1.6), -row * 19 + 2, 9 - row * 0.7, bloom)),
  );

export const bee = (body: string, stripe: string): string =>
  ellipse(-8, -20, [22, 13], '#ffffff') +
  ellipse(16, -22, [20, 12], '#ffffff') +
  ellipse(0, 0, [30, 19], body) +
  line('M-8-17V17M8-17V17', stripe, 8) +
  circle(26, -2, 12, stripe);

export const hive = (wood: string, dark: string): string =>
  path('M-90-120L0-176L90-120Z', dark) +
  `<rect x="-78" y="-120" width="156" height="120" fill="${wood}"/>` +
  line('M-78-80H78M-78-40H78', dark, 4) +
  `<rect x="-30" y="-28" width="60" height="12" rx="6" fill="${dark}"/>` +
  line('M-60 0V34M60 0V34', dark, 12);

export const dragonFruit = (skin: string, scale: string): string =>
  path('M0 84Q-84 76-84-4Q-80-76 0-84Q80-76 84-4Q84 76 0 84Z', skin) +
  [
    [-50, -40, -30],
    [0, -58, 0],
    [50, -40, 30],
    [-66, 10, -40],
    [-22, -8, -10],
    [26, -8, 12],
    [66, 12, 40],
    [-36, 46, -20],
    [8, 40, 4],
    [42, 48, 24],
  ]
    .map(([x = 0, y = 0, turn = 0]) =>
      put(x, y, path('M-18 20Q-20-14 6-44Q14-6 18 20Q0 30-18 20Z', scale), { turn }),
    )
    .join('') +
  path('M-20-78Q-44-120-30-150Q-8-120-4-84ZM4-84Q4-130 34-146Q40-110 20-78Z', scale);

export const dragonFruitHalf = (skin: string, flesh: string): string => {
  const random = scatter(5);
  return (
    ellipse(0, 0, [84, 92], skin) +
    ellipse(0, 0, [71, 79], flesh) +
    times(58, () => {
      const angle = random() * Math.PI * 2;
      const reach = Math.sqrt(random());
      return circle(Math.cos(angle) * reach * 62, Math.sin(angle) * reach * 69, 2.8, '#1d1216');
    })
  );
};

export const riceEar = (stem: string, grain: string): string =>
  line('M-20 120Q-26 0 40-84', stem, 5) +
  times(11, (index) => {
    const t = index / 10;
    const [x, y] = [-20 + t * 66 - (1 - t) * t * 40, 30 - t * 122];
    return (
      put(x, y, ellipse(13, -6, [8, 17], grain), { turn: 38 }) +
      put(x, y, ellipse(-13, -4, [8, 17], grain), { turn: -52 })
    );
  });

export const grains = (seed: number, fill: string, spread: readonly [number, number]): string => {
  const random = scatter(seed);
  return times(70, () => {
    const x = (random() + random() - 1) * spread[0];
    const y = (random() - 0.5) * spread[1];
    return put(x, y, ellipse(0, 0, [11, 4.6], fill), { turn: random() * 180 });
  });
};

export const shrimp = (shell: string, stripe: string): string =>
  line('M74-34Q130-70 150-30M70-28Q120-30 140 6', shell, 4) +
  path('M84-46Q30-78-30-52Q-92-20-86 44Q-84 66-70 78Q-62 40-34 24Q10 4 52-4Q84-14 84-46Z', shell) +
  line('M22-62Q34-30 30 0M-12-60Q4-28-2 12M-44-44Q-22-18-34 24M-70-14Q-46 2-60 48', stripe, 5) +
  path('M-72 72Q-104 88-112 116Q-84 110-70 96Q-60 116-40 116Q-44 88-64 66Z', stripe) +
  circle(62, -40, 7, '#1b1411') +
  line('M30 2Q30 24 18 34M8 8Q6 28-6 36M-16 18Q-20 34-30 42', stripe, 4);

export const cracker = (fill: string, edge: string): string =>
  path('M-70 8Q-84-34-40-48Q-10-84 34-56Q84-50 76 0Q92 42 44 54Q6 82-34 56Q-76 52-70 8Z', fill) +
  path(
    'M-46 6Q-50-20-22-28Q4-50 28-30Q54-24 48 2Q54 26 26 32Q0 48-22 32Q-48 28-46 6Z',
    edge,
    'opacity=".35"',
  ) +
  [
    [-18, -4],
    [14, -14],
    [20, 16],
    [-6, 18],
  ]
    .map(([x = 0, y = 0]) => circle(x, y, 5, edge))
    .join('');

export const cashew = (fill: string, edge: string): string =>
  path(
    'M-54 8Q-60-40-12-46Q40-50 58-14Q64 14 46 22Q30 24 26 8Q14-12-8-6Q-20 2-18 22Q-22 44-40 38Q-52 30-54 8Z',
    fill,
  ) + line('M-40 10Q-42-24-8-30Q26-32 42-10', edge, 4);

export const peppercorns = (
  seed: number,
  tones: readonly string[],
  spread: readonly [number, number],
): string => {
  const random = scatter(seed);
  return times(64, (index) => {
    const x = (random() + random() - 1) * spread[0];
    const y = (random() - 0.5) * spread[1];
    const r = 11 + random() * 5;
    return (
      circle(x, y, r, tones[index % tones.length] ?? '#2a211c') +
      line(`M${x - r * 0.5} ${y - 2}q${r * 0.5}-5 ${r} 0`, '#000000', 2).replace('/>', ' opacity=".3"/>')
    );
  });
};

export const pepperVine = (leaf: string, berry: string): string =>
  line('M-100-20Q0-60 110-34', '#5b4a2b', 6) +
  path('M-80-26Q-120-90-70-140Q-24-96-50-34Z', leaf) +
  path('M40-46Q40-116 108-130Q116-70 66-38Z', leaf) +
  times(3, (spike) =>
    times(14, (index) =>
      circle(-50 + spike * 52 + (index % 2) * 15 - 8, -24 + index * 9 + spike * 6, 9.5, berry),
    ),
  );

export const durian = (skin: string, thorn: string): string =>
  path('M0 110Q-110 96-112-6Q-104-104 0-110Q104-104 112-6Q110 96 0 110Z', skin) +
  times(6, (row) =>
    times(7, (column) => {
      const [x, y] = [(column - 3) * 31 + (row % 2) * 15 - 7, (row - 2.5) * 36];
      return Math.hypot(x / 108, y / 106) < 0.96
        ? path(
            `M${x - 15} ${y + 13}L${x} ${y - 21}L${x + 15} ${y + 13}Q${x} ${y + 20} ${x - 15} ${y + 13}Z`,
            thorn,
          )
        : '';
    }),
  ) +
  line('M0-108Q-4-140 12-160', '#6b5a2e', 15);

export const durianOpen = (skin: string, flesh: string): string =>
  path('M-104-30Q-90 66 0 76Q90 66 104-30Q60-8 0-8T-104-30Z', skin) +
  path('M-86-24Q-70 44 0 52Q70 44 86-24Q50-2 0-2T-86-24Z', '#f4ead0') +
  ellipse(-34, 8, [36, 26], flesh) +
  ellipse(36, 10, [36, 26], flesh) +
  path('M-58 0Q-40-12-14-2Q-36 0-58 0ZM14 2Q34-10 60 0Q38 2 14 2Z', '#ffffff', 'opacity=".45"');

export const starAnise = (fill: string, seed: string): string =>
  times(8, (index) =>
    put(0, 0, path('M-9-8Q-20-40 0-68Q20-40 9-8Z', fill) + ellipse(0, -36, [5.5, 10], seed), {
      turn: index * 45,
    }),
  ) + circle(0, 0, 11, fill);

export const noodleNest = (fill: string, edge: string): string =>
  ellipse(0, 0, [120, 46], fill) +
  times(7, (index) =>
    line(
      `M${-106 + index * 6} ${-8 + index * 2}C-50 ${-48 + index * 12} 50 ${-44 + index * 10} ${104 - index * 8} ${-2 + index * 4}`,
      edge,
      3,
    ),
  ) +
  times(6, (index) =>
    line(
      `M${-96 + index * 10} ${14 - index * 3}C-30 ${44 - index * 8} 40 ${40 - index * 10} ${98 - index * 6} ${8 - index * 4}`,
      edge,
      3,
    ),
  );

export const cannaLeaf = (leaf: string, vein: string, bloom: string): string =>
  line('M0 150V-40', vein, 9) +
  path('M0 60Q-96 20-110-96Q-30-70 0 10Z', leaf) +
  path('M0 30Q90-10 112-110Q24-96 0-20Z', leaf) +
  line('M-2 54Q-50 0-98-84M2 24Q60-30 102-100', vein, 4) +
  path('M-4-40Q-40-90-10-130Q10-96 6-50ZM2-44Q10-100 46-112Q46-74 14-42Z', bloom);

export const starchHeap = (fill: string, dark: string): string =>
  path('M-190 40Q-120-30-60-58Q0-98 58-56Q120-26 190 40Z', fill) +
  path('M20-70Q90-30 190 40H60Q70-20 20-70Z', dark, 'opacity=".5"');

/** A band of woven figures: lozenges, hooks and zigzags, as the looms of the central mountains make them. */
export const wovenBand = (
  width: number,
  height: number,
  tones: readonly [string, string, string],
): string => {
  const [ground, figure, accent] = tones;
  const size = height * 0.62;
  const count = Math.ceil(width / (size * 1.35));
  return (
    `<rect x="${-width / 2}" y="${-height / 2}" width="${width}" height="${height}" fill="${ground}"/>` +
    times(count, (index) => {
      const x = -width / 2 + (index + 0.5) * (width / count);
      const half = size / 2;
      return (
        path(`M${x} ${-half}L${x + half} 0L${x} ${half}L${x - half} 0Z`, index % 2 === 0 ? figure : accent) +
        path(`M${x} ${-half * 0.5}L${x + half * 0.5} 0L${x} ${half * 0.5}L${x - half * 0.5} 0Z`, ground) +
        path(
          `M${x} ${-half * 0.2}L${x + half * 0.2} 0L${x} ${half * 0.2}L${x - half * 0.2} 0Z`,
          index % 2 === 0 ? accent : figure,
        )
      );
    }) +
    line(
      `M${-width / 2} ${-height / 2 + 4}H${width / 2}M${-width / 2} ${height / 2 - 4}H${width / 2}`,
      accent,
      4,
    )
  );
};

export const shuttle = (wood: string, thread: string): string =>
  path('M-120 0Q-60-30 0-30T120 0Q60 30 0 30T-120 0Z', wood) +
  ellipse(0, 0, [52, 15], '#2b2119') +
  times(9, (index) => line(`M${-36 + index * 9}-12V12`, thread, 6));

export const spool = (wood: string, thread: string): string =>
  `<rect x="-34" y="-66" width="68" height="132" rx="18" fill="${thread}"/>` +
  times(7, (index) =>
    line(`M-33 ${-48 + index * 16}Q0 ${-40 + index * 16} 33 ${-48 + index * 16}`, '#000000', 2),
  ).replaceAll('/>', ' opacity=".2"/>') +
  ellipse(0, -66, [44, 13], wood) +
  ellipse(0, 66, [44, 13], wood);
