import { starCorners, type LabelDrawing, type Mark, type Weight } from '../../domain/label/drawing.ts';
import { lettersOf, withOwnTexts, type OwnTexts } from '../../domain/label/own-text.ts';
import { QUIET_MODULES, rectanglesOf, type SymbolMatrix } from '../../domain/label/symbol.ts';
import { perPage, slotAt, type LabelTemplate } from '../../domain/label/template.ts';
import type { Fonts } from './fonts.ts';

/**
 * Pictures of labels for the screen, from the same drawing as the PDF. Text is outlines, so that a picture looks the
 * same with any font; it is shown as an image, where its ids and colours are its own.
 */

const round = (value: number): string => String(Number(value.toFixed(3)));

const symbolPath = (symbol: SymbolMatrix): string =>
  rectanglesOf(symbol)
    .map(({ x, y, width, height }) => `M${x} ${y}h${width}v${height}h-${width}z`)
    .join('');

/** A code's symbol with its quiet zone; one unit is one module. */
export function symbolSvg(symbol: SymbolMatrix): string {
  const side = symbol.size + 2 * QUIET_MODULES;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges">` +
    `<rect width="${side}" height="${side}" fill="#fff"/>` +
    `<path transform="translate(${QUIET_MODULES} ${QUIET_MODULES})" d="${symbolPath(symbol)}"/></svg>\n`
  );
}

type Glyphs = { readonly defs: string; idOf(weight: Weight, character: string): string };

function glyphsOf(marks: readonly Mark[], fonts: Fonts): Glyphs {
  const ids = new Map<string, string>();
  let defs = '';
  for (const mark of marks) {
    if (mark.kind !== 'text') continue;
    for (const character of mark.text) {
      const key = mark.weight + character;
      if (ids.has(key)) continue;
      const id = `g${ids.size}`;
      ids.set(key, id);
      defs += `<path id="${id}" d="${fonts.outline(mark.weight, character).path}"/>`;
    }
  }
  return { defs, idOf: (weight, character) => ids.get(weight + character) ?? '' };
}

function textSvg(mark: Extract<Mark, { kind: 'text' }>, glyphs: Glyphs, fonts: Fonts): string {
  const scale = mark.sizeMm / fonts.unitsPerEm;
  let at = 0;
  let uses = '';
  for (const character of mark.text) {
    uses += `<use href="#${glyphs.idOf(mark.weight, character)}" x="${round(at * fonts.unitsPerEm)}"/>`;
    at += fonts.outline(mark.weight, character).advance;
  }
  const place = `translate(${round(mark.xMm)} ${round(mark.baselineMm)})`;
  return `<g transform="${place} scale(${scale.toFixed(6)} -${scale.toFixed(6)})">${uses}</g>`;
}

function markSvg(mark: Mark, parts: { symbol: SymbolMatrix; glyphs: Glyphs; fonts: Fonts }): string {
  switch (mark.kind) {
    case 'text':
      return textSvg(mark, parts.glyphs, parts.fonts);
    case 'symbol': {
      const place = `translate(${round(mark.xMm)} ${round(mark.yMm)}) scale(${mark.moduleMm.toFixed(5)})`;
      return `<path shape-rendering="crispEdges" transform="${place}" d="${symbolPath(parts.symbol)}"/>`;
    }
    case 'bar': {
      const { xMm, yMm, widthMm, heightMm } = mark;
      const at = `x="${round(xMm)}" y="${round(yMm)}" width="${round(widthMm)}" height="${round(heightMm)}"`;
      return `<rect shape-rendering="crispEdges" ${at}/>`;
    }
    case 'star': {
      const corners = starCorners(mark.radiusMm).map(
        ([x, y]) => `${round(mark.centreXMm + x)},${round(mark.centreYMm + y)}`,
      );
      return `<polygon points="${corners.join(' ')}"/>`;
    }
    default:
      return mark satisfies never;
  }
}

const PAPER = '#fffefb';
const EDGE = '#b9b09a';
const USED = '#e7dfcf';

function outlineSvg(template: LabelTemplate, fill: string): string {
  const { widthMm, heightMm, shape, cornerRadiusMm } = template;
  const radius = shape === 'round' ? Math.min(widthMm, heightMm) / 2 : cornerRadiusMm;
  return (
    `<rect width="${widthMm}" height="${heightMm}" rx="${radius}" fill="${fill}" stroke="${EDGE}"` +
    ' stroke-width="0.6" stroke-dasharray="2 1.4" vector-effect="non-scaling-stroke"/>'
  );
}

export type PreviewParts = {
  readonly template: LabelTemplate;
  readonly drawing: LabelDrawing;
  readonly symbol: SymbolMatrix;
  readonly fonts: Fonts;
};

function labelSymbol({ drawing, symbol, fonts }: PreviewParts): string {
  const glyphs = glyphsOf(drawing.marks, fonts);
  const marks = drawing.marks.map((mark) => markSvg(mark, { symbol, glyphs, fonts })).join('');
  return `<defs>${glyphs.defs}<g id="label">${marks}</g></defs>`;
}

const FRAME_MM = 1;

/** One label, as large as the picture is shown. */
export function labelSvg(parts: PreviewParts): string {
  const { widthMm, heightMm } = parts.template;
  const box = [-FRAME_MM, -FRAME_MM, widthMm + 2 * FRAME_MM, heightMm + 2 * FRAME_MM].map(round).join(' ');
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box}">${labelSymbol(parts)}` +
    `${outlineSvg(parts.template, '#fff')}<use href="#label"/></svg>\n`
  );
}

/** A page with its labels from place `first` to before `end`; places before are hatched, those after are empty. */
export function sheetSvg(
  parts: PreviewParts,
  places: { readonly first: number; readonly end: number },
): string {
  const { template } = parts;
  const { pageWidthMm, pageHeightMm } = template;
  const labels = Array.from({ length: perPage(template) }, (_, slot) => {
    const { xMm, yMm } = slotAt(template, slot);
    const fill = slot < places.first ? 'url(#used)' : '#fff';
    const printed = slot >= places.first && slot < places.end ? '<use href="#label"/>' : '';
    return `<g transform="translate(${round(xMm)} ${round(yMm)})">${outlineSvg(template, fill)}${printed}</g>`;
  });
  const hatch =
    '<pattern id="used" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">' +
    `<rect width="4" height="4" fill="${PAPER}"/><rect width="1.6" height="4" fill="${USED}"/></pattern>`;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${round(pageWidthMm)} ${round(pageHeightMm)}">` +
    `<defs>${hatch}</defs>${labelSymbol(parts)}` +
    `<rect width="${round(pageWidthMm)}" height="${round(pageHeightMm)}" fill="${PAPER}"/>${labels.join('')}</svg>\n`
  );
}

const NO_SYMBOL: SymbolMatrix = { size: 0, version: 0, level: 'M', modules: new Uint8Array() };

/** A label as a file of its own, in its size on paper: what all labels have is written once and then used again. */
export function labelFileSvg(
  drawing: LabelDrawing,
  fonts: Fonts,
): (own: { readonly texts: OwnTexts; readonly symbol: SymbolMatrix }) => string {
  const { widthMm, heightMm, marks } = drawing;
  const letters = marks.map((mark) => (mark.kind === 'text' ? { ...mark, text: lettersOf(mark) } : mark));
  const glyphs = glyphsOf(letters, fonts);
  const isOwn = (mark: Mark) => mark.kind === 'symbol' || (mark.kind === 'text' && mark.own !== undefined);
  const shared = marks
    .filter((mark) => !isOwn(mark))
    .map((mark) => markSvg(mark, { symbol: NO_SYMBOL, glyphs, fonts }))
    .join('');
  const head =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${round(widthMm)}mm" height="${round(heightMm)}mm"` +
    ` viewBox="0 0 ${round(widthMm)} ${round(heightMm)}"><defs>${glyphs.defs}</defs>` +
    `<rect width="100%" height="100%" fill="#fff"/>${shared}`;
  return ({ texts, symbol }) => {
    const own = withOwnTexts({ ...drawing, marks: marks.filter(isOwn) }, texts, fonts.typefaces);
    return `${head}${own.marks.map((mark) => markSvg(mark, { symbol, glyphs, fonts })).join('')}</svg>\n`;
  };
}

/** A page with empty labels: what was measured, to hold beside the paper. */
export function paperSvg(template: LabelTemplate): string {
  const { pageWidthMm, pageHeightMm } = template;
  const labels = Array.from({ length: perPage(template) }, (_, slot) => {
    const { xMm, yMm } = slotAt(template, slot);
    return `<g transform="translate(${round(xMm)} ${round(yMm)})">${outlineSvg(template, '#fff')}</g>`;
  });
  const edge =
    `<rect width="${round(pageWidthMm)}" height="${round(pageHeightMm)}" fill="${PAPER}" stroke="${EDGE}"` +
    ' stroke-width="1" vector-effect="non-scaling-stroke"/>';
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${round(pageWidthMm)} ${round(pageHeightMm)}">` +
    `${edge}${labels.join('')}</svg>\n`
  );
}

/** A picture inside a page's own HTML: shown at once, and with nothing to ask for. */
export const dataUri = (svg: string): string =>
  `data:image/svg+xml;base64,${Buffer.from(svg, 'utf8').toString('base64')}`;
