import { HEIGHT, WIDTH, circle, ellipse, line, path, put, scatter, shade, times } from './shapes.ts';

/** What lies behind the goods: where they come from. Nearer is darker, and the horizon is high. */

export type Air = {
  readonly sky: readonly [top: string, bottom: string];
  readonly sun: string;
  /** From the farthest to the nearest. */
  readonly land: readonly [string, string, string, string];
};

export type Landscape = (air: Air) => string;

const SUN = { x: 930, y: 210, r: 84 } as const;

function skyOf({ sky, sun }: Air): string {
  const { defs, fill } = shade('sky', sky);
  return (
    `<defs>${defs}</defs><rect width="${WIDTH}" height="${HEIGHT}" fill="${fill}"/>` +
    circle(SUN.x, SUN.y, SUN.r * 1.9, sun, 'opacity=".18"') +
    circle(SUN.x, SUN.y, SUN.r * 1.4, sun, 'opacity=".25"') +
    circle(SUN.x, SUN.y, SUN.r, sun)
  );
}

/** A ridge from edge to edge through the heights given, smooth as old hills are. */
function ridge(heights: readonly number[], fill: string): string {
  const step = WIDTH / (heights.length - 1);
  const [first = 0, ...rest] = heights;
  const curve = rest.map((height, index) => {
    const before = heights[index] ?? height;
    const middle = step * (index + 0.5);
    return `C${middle} ${before} ${middle} ${height} ${step * (index + 1)} ${height}`;
  });
  return path(`M0 ${first}${curve.join('')}V${HEIGHT}H0Z`, fill);
}

const mist = (y: number): string =>
  path(
    `M0 ${y + 10}Q320 ${y - 14} 640 ${y + 6}T${WIDTH} ${y}V${y + 44}Q960 ${y + 60} 640 ${y + 44}T0 ${y + 50}Z`,
    '#ffffff',
    'opacity=".24"',
  );

/** Limestone peaks, as on the stone plateau: steep, pointed, one behind the other. */
function peaks(seed: number, base: number, look: { readonly height: number; readonly fill: string }): string {
  const random = scatter(seed);
  const count = 8;
  const peak = (index: number) => {
    const x = (index + random() * 0.7 - 0.2) * (WIDTH / (count - 1));
    const height = look.height * (0.6 + random() * 0.5);
    const half = 90 + random() * 70;
    const top = base - height;
    return path(
      `M${x - half} ${base + 40}C${x - half * 0.5} ${base - 10} ${x - half * 0.35} ${top + 18} ${x} ${top}` +
        `C${x + half * 0.4} ${top + 26} ${x + half * 0.45} ${base - 30} ${x + half} ${base + 40}Z`,
      look.fill,
    );
  };
  return (
    times(count, peak) + `<rect y="${base}" width="${WIDTH}" height="${HEIGHT - base}" fill="${look.fill}"/>`
  );
}

/** Rows along a slope: the same curve again and again, lower each time. */
function rows(top: number, count: number, look: { readonly gap: number; readonly stroke: string }): string {
  return times(count, (index) => {
    const y = top + index * look.gap;
    const bend = 34 + index * 7;
    return line(
      `M-20 ${y + bend}C220 ${y - bend} 430 ${y - bend} 660 ${y + bend * 0.3}S1080 ${y + bend * 1.6} 1300 ${y - bend * 0.6}`,
      look.stroke,
      8 + index * 1.6,
    );
  });
}

/** Tea on terraces under the stone plateau. */
export const teaHills: Landscape = (air) => {
  const [far, middle, near, nearest] = air.land;
  return (
    skyOf(air) +
    peaks(7, 400, { height: 210, fill: far }) +
    mist(372) +
    ridge([470, 400, 452, 420, 500, 430], middle) +
    rows(452, 5, { gap: 34, stroke: far }) +
    ridge([560, 610, 540, 590, 640, 560], near) +
    rows(610, 7, { gap: 40, stroke: nearest })
  );
};

/** Mountains in mist, forest on their feet. */
export const forestMountains: Landscape = (air) => {
  const [far, middle, near, nearest] = air.land;
  const random = scatter(21);
  const tree = (base: number, fill: string) => (index: number) => {
    const x = index * 62 + random() * 40 - 20;
    const height = 70 + random() * 60;
    const y = base + random() * 30;
    return path(`M${x} ${y - height}q26 40 30 ${height}h-60q4-${height - 40} 30-${height}Z`, fill);
  };
  return (
    skyOf(air) +
    ridge([380, 250, 330, 230, 360, 290, 400], far) +
    mist(350) +
    ridge([440, 400, 350, 430, 380, 450, 400], middle) +
    mist(450) +
    times(22, tree(560, near)) +
    ridge([560, 540, 570, 548, 566], near) +
    times(22, tree(680, nearest)) +
    ridge([690, 670, 700, 676], nearest)
  );
};

/** Round hills planted in rows of bushes. */
export const orchardHills: Landscape = (air) => {
  const [far, middle, near, nearest] = air.land;
  const random = scatter(11);
  const bushes = (y: number, size: number, fill: string) =>
    times(Math.ceil(WIDTH / (size * 1.7)) + 1, (index) =>
      circle(index * size * 1.7 + random() * 8, y + Math.sin(index / 2.2) * 12, size, fill),
    );
  return (
    skyOf(air) +
    ridge([420, 330, 390, 310, 400, 350], far) +
    ridge([480, 430, 500, 440, 490], middle) +
    bushes(500, 16, near) +
    bushes(545, 20, near) +
    ridge([590, 570, 610, 580], near) +
    bushes(616, 26, nearest) +
    bushes(676, 32, nearest) +
    ridge([720, 700, 730, 710], nearest)
  );
};

/** Flat fields to the horizon, water between them, palms far away. */
export const ricePlain: Landscape = (air) => {
  const [far, middle, near, nearest] = air.land;
  const horizon = 430;
  const palm = (x: number, height: number) =>
    put(
      x,
      horizon + 6,
      line(`M0 0q6-${height / 2} 2-${height}`, far, 7) +
        times(6, (index) => {
          const side = index % 2 === 0 ? 1 : -1;
          const reach = 26 + index * 5;
          return line(
            `M2 ${-height}q${side * reach * 0.6}-${22 - index * 3} ${side * reach} ${8 + index * 3}`,
            far,
            7,
          );
        }),
    );
  const field = (index: number) => {
    const y = horizon + 8 + index * index * 12 + index * 18;
    return ellipse(
      WIDTH / 2 + (index % 2 === 0 ? -60 : 80),
      y + 40,
      [980, 30 + index * 10],
      index % 2 === 0 ? middle : near,
    );
  };
  return (
    skyOf(air) +
    path(`M0 ${horizon}q160-40 330-14t330-10 320 6 300-12V${HEIGHT}H0Z`, far) +
    [90, 170, 1060, 1130, 1210].map((x, index) => palm(x, 96 + (index % 3) * 26)).join('') +
    `<rect y="${horizon + 4}" width="${WIDTH}" height="${HEIGHT}" fill="${nearest}"/>` +
    times(5, field) +
    times(40, (index) => {
      const y = 640 + (index % 4) * 40;
      const x = (index * 137) % WIDTH;
      return line(`M${x} ${y}q-4-26-14-38M${x} ${y}q2-30 12-42`, near, 5);
    })
  );
};

/** Water between mangroves that stand on their roots. */
export const mangroves: Landscape = (air) => {
  const [far, middle, near, nearest] = air.land;
  const tree = (x: number, y: number, size: number) =>
    put(
      x,
      y,
      times(5, (index) => line(`M0 -50Q${(index - 2) * 24} -34 ${(index - 2) * 34} 8`, nearest, 8)) +
        line('M0 -40V-120', nearest, 12) +
        ellipse(0, -150, [96, 62], near) +
        ellipse(-56, -122, [62, 40], nearest) +
        ellipse(52, -128, [66, 42], middle),
      { scale: size },
    );
  const ripple = (index: number) => {
    const y = 500 + index * 26;
    const x = (index * 311) % 900;
    return line(`M${x} ${y}q40-12 80 0t80 0 80 0`, '#ffffff', 4).replace('/>', ' opacity=".35"/>');
  };
  return (
    skyOf(air) +
    path('M0 440q120-56 260-30t250-16 260 14 250-20 260 20V520H0Z', far) +
    `<rect y="470" width="${WIDTH}" height="500" fill="${middle}"/>` +
    `<rect y="600" width="${WIDTH}" height="400" fill="${near}" opacity=".35"/>` +
    times(12, ripple) +
    tree(150, 540, 1.1) +
    tree(330, 500, 0.7) +
    tree(1130, 560, 1.25) +
    tree(950, 498, 0.65)
  );
};

/** Long beds of a dry valley under far mountains. */
export const dryValley: Landscape = (air) => {
  const [far, middle, near, nearest] = air.land;
  return (
    skyOf(air) +
    ridge([400, 300, 360, 280, 380, 330, 410], far) +
    ridge([450, 430, 420, 452, 430], middle) +
    `<rect y="446" width="${WIDTH}" height="520" fill="${near}"/>` +
    times(11, (index) => {
      const bottom = -700 + index * 270;
      const top = 430 + index * 42;
      return path(`M${top} 446h16L${bottom + 150} ${HEIGHT}H${bottom}Z`, nearest);
    })
  );
};
