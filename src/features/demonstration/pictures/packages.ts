import { circle, ellipse, line, path, shade, shadow, times } from './shapes.ts';
import type { Lettering } from './lettering.ts';

/** What the goods are packed in, each standing on 0 0 and drawn upwards, about 380 wide and 520 high. */

export type Wrapping = {
  readonly body: readonly [light: string, dark: string];
  readonly trim: string;
  readonly paper: string;
  readonly ink: string;
  readonly words: { readonly brand: string; readonly name: readonly string[]; readonly weight: string };
  readonly mark: string;
  readonly letter: Lettering;
};

export type Package = (wrapping: Wrapping) => string;

type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** The paper label: brand, a small drawing, the product's name, what is in it. */
function label(wrapping: Wrapping, { x, y, width, height }: Box): string {
  const { paper, ink, words, letter, mark, trim } = wrapping;
  const middle = x + width / 2;
  const most = width - 60;
  const nameSize = height * 0.098;
  const nameTop = y + height * (words.name.length > 1 ? 0.695 : 0.755);
  const names = words.name.map((text, index) =>
    letter(text, { x: middle, y: nameTop + index * nameSize * 1.2, size: nameSize, most, fill: ink }),
  );
  return (
    `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="14" fill="${paper}"/>` +
    `<rect x="${x + 10}" y="${y + 10}" width="${width - 20}" height="${height - 20}" rx="8" fill="none" stroke="${trim}" stroke-width="2.5"/>` +
    letter(words.brand, { x: middle, y: y + height * 0.2, size: height * 0.15, most, fill: trim }) +
    `<g transform="translate(${middle} ${y + height * 0.42}) scale(${height / 430})">${mark}</g>` +
    names.join('') +
    letter(words.weight, {
      x: middle,
      y: y + height * 0.92,
      size: height * 0.06,
      most,
      fill: ink,
      weight: 'regular',
    })
  );
}

const gloss = (d: string): string => path(d, '#ffffff', 'opacity=".16"');

/** A stand-up pouch with a welded top. */
export const pouch: Package = (wrapping) => {
  const { defs, fill } = shade('body', wrapping.body, false);
  const outline =
    'M-178-500Q0-512 178-500Q186-440 182-380Q192-180 200-18Q204 0 180 2Q0 14-180 2Q-204 0-200-18Q-192-180-182-380Q-186-440-178-500Z';
  return (
    `<defs>${defs}</defs>` +
    shadow(0, 4, 470) +
    path(outline, fill) +
    path('M-178-500Q0-512 178-500L180-456Q0-468-180-456Z', wrapping.trim, 'opacity=".85"') +
    line('M-181-436Q0-448 181-436', '#ffffff', 3) +
    gloss('M-168-440Q-150-200-176-20Q-190-16-192-30Q-182-200-176-440Z') +
    path('M150-440Q140-200 168-4Q200 0 198-20Q186-220 178-440Z', '#000000', 'opacity=".10"') +
    circle(0, -478, 10, '#ffffff', 'opacity=".8"') +
    label(wrapping, { x: -142, y: -404, width: 284, height: 346 })
  );
};

/** A carton with its side in the shade. */
export const carton: Package = (wrapping) => {
  const { defs, fill } = shade('body', wrapping.body);
  const [, dark] = wrapping.body;
  return (
    `<defs>${defs}</defs>` +
    shadow(30, 6, 520) +
    path('M180-470L262-440V-24L180 4Z', dark) +
    path('M180-470L262-440V-24L180 4Z', '#000000', 'opacity=".18"') +
    path('M-190-470H180V4H-190Z', fill) +
    path('M-190-470L-112-506H250L262-440L180-470Z', wrapping.trim) +
    path('M-190-470H180V-432H-190Z', wrapping.trim, 'opacity=".55"') +
    label(wrapping, { x: -156, y: -404, width: 302, height: 372 })
  );
};

/** A glass jar, its content seen above and below the label. */
export const jar: Package = (wrapping) => {
  const { defs, fill } = shade('body', wrapping.body, false);
  const glass = 'M-150-410H150Q196-380 196-320V-44Q196 2 150 2H-150Q-196 2-196-44V-320Q-196-380-150-410Z';
  return (
    `<defs>${defs}</defs>` +
    shadow(0, 6, 450) +
    path(glass, fill) +
    path('M-150-410H150Q170-396 180-376H-180Q-170-396-150-410Z', '#fff6dd', 'opacity=".75"') +
    `<rect x="-158" y="-500" width="316" height="88" rx="14" fill="${wrapping.trim}"/>` +
    times(15, (index) =>
      line(`M${-140 + index * 20}-490V-424`, '#000000', 2).replace('/>', ' opacity=".16"/>'),
    ) +
    gloss('M-176-340Q-186-200-176-30Q-160-6-150-8Q-160-200-146-370Q-166-366-176-340Z') +
    label(wrapping, { x: -140, y: -342, width: 280, height: 306 })
  );
};

/** A pillow of clear film around what is in it; `mark` fills the window. */
export const pillow: Package = (wrapping) => {
  const { defs, fill } = shade('body', wrapping.body);
  return (
    `<defs>${defs}</defs>` +
    shadow(0, 4, 480) +
    path('M-196-496H196L188-462Q214-240 196-36L200 2H-200L-196-36Q-214-240-188-462Z', fill) +
    times(19, (index) =>
      line(`M${-180 + index * 20}-494V-470M${-180 + index * 20}-24V-2`, '#000000', 2),
    ).replaceAll('/>', ' opacity=".14"/>') +
    gloss('M-180-450Q-204-240-186-40Q-160-30-158-44Q-178-240-150-450Z') +
    label(wrapping, { x: -150, y: -412, width: 300, height: 350 })
  );
};

/** A sack of jute or woven plastic, tied at the ears. */
export const sack: Package = (wrapping) => {
  const { defs, fill } = shade('body', wrapping.body, false);
  const outline =
    'M-186-470Q-206-520-168-510Q0-476 168-510Q206-520 186-470Q236-250 214-40Q210 6 150 4Q0 16-150 4Q-210 6-214-40Q-236-250-186-470Z';
  const weave =
    times(13, (index) => line(`M${-206 + index * 34}-470V0`, '#000000', 2)) +
    times(13, (index) => line(`M-216 ${-460 + index * 36}H216`, '#000000', 2));
  return (
    `<defs>${defs}<clipPath id="sack"><path d="${outline}"/></clipPath></defs>` +
    shadow(0, 6, 520) +
    path(outline, fill) +
    `<g clip-path="url(#sack)" opacity=".09">${weave}</g>` +
    line('M-176-462Q0-430 176-462', wrapping.trim, 7).replace('/>', ' stroke-dasharray="16 12"/>') +
    label(wrapping, { x: -150, y: -400, width: 300, height: 350 })
  );
};

/** A shallow basket of split bamboo with a paper tag leaning on it; what it holds is drawn by the scene. */
export const basket: Package = (wrapping) => {
  const { defs, fill } = shade('body', wrapping.body);
  const weave = times(5, (row) =>
    times(
      16,
      (column) =>
        `<rect x="${-330 + column * 42 + (row % 2) * 21}" y="${-172 + row * 36}" width="36" height="24" rx="7" fill="#000000" opacity=".13"/>`,
    ),
  );
  const outline = 'M-340-190H340Q330-60 262-6Q250 4 220 4H-220Q-250 4-262-6Q-330-60-340-190Z';
  return (
    `<defs>${defs}<clipPath id="basket"><path d="${outline}"/></clipPath></defs>` +
    shadow(0, 6, 720) +
    path(outline, fill) +
    `<g clip-path="url(#basket)">${weave}</g>` +
    `<rect x="-356" y="-212" width="712" height="42" rx="20" fill="${wrapping.trim}"/>` +
    line('M-340-191H340', '#ffffff', 3).replace('/>', ' opacity=".3" stroke-dasharray="22 14"/>') +
    label(wrapping, { x: -136, y: -236, width: 272, height: 262 })
  );
};

/** Only a paper tag on a string, for goods that need no packing. */
export const tag: Package = (wrapping) =>
  line('M0-346Q-40-400-10-440', wrapping.ink, 4) +
  path('M-128-300Q-128-352-76-366H76Q128-352 128-300Z', wrapping.paper) +
  label(wrapping, { x: -128, y: -330, width: 256, height: 300 }) +
  circle(0, -346, 9, wrapping.trim) +
  ellipse(0, -346, [4, 4], wrapping.paper);
