import type { PdfDocument } from './document.ts';
import { pdfNumber, pdfNumbers, reference } from './syntax.ts';

/** The glyphs of a TrueType font that a document uses, renumbered from 1; 0 is “no such glyph”. */
export type FontSubset = {
  /** PostScript name. */
  readonly name: string;
  readonly file: Uint8Array;
  /** By glyph number, in thousandths of the em. */
  readonly widths: readonly number[];
  /** By glyph number, the text that it stands for. */
  readonly texts: readonly string[];
  /** In thousandths of the em. */
  readonly ascent: number;
  readonly descent: number;
  readonly capHeight: number;
  readonly box: readonly [number, number, number, number];
  /** The glyph number of each character. */
  readonly glyphOf: ReadonlyMap<string, number>;
};

const TAG_LENGTH = 6;
// Source: ISO 32000-1 §9.8.2, table 123, bit 3: it has letters outside Adobe's standard Latin set.
const SYMBOLIC = 4;
const STEM_V = 80;

/** Six capitals before a subset's name, from what it holds. Source: ISO 32000-1 §9.6.4 */
function subsetTag(font: FontSubset): string {
  let sum = 7;
  for (const text of font.texts)
    for (const unit of text) sum = (sum * 31 + (unit.codePointAt(0) ?? 0)) % 308_915_776;
  let tag = '';
  for (let place = 0; place < TAG_LENGTH; place += 1) {
    tag += String.fromCharCode(65 + (sum % 26));
    sum = Math.floor(sum / 26);
  }
  return tag;
}

const hex4 = (value: number): string => value.toString(16).toUpperCase().padStart(4, '0');

const utf16Hex = (text: string): string =>
  Array.from({ length: text.length }, (_, at) => hex4(text.charCodeAt(at))).join('');

/** The most lines of one `beginbfchar`. Source: Adobe Technical Note #5014 §3.2 */
const CHARACTERS_PER_BLOCK = 100;

/** Which text each glyph is, so that what is printed can be copied and searched. Source: ISO 32000-1 §9.10.3 */
function toUnicode({ texts }: FontSubset): string {
  const lines = texts.flatMap((text, glyph) => (glyph === 0 ? [] : [`<${hex4(glyph)}> <${utf16Hex(text)}>`]));
  const blocks: string[] = [];
  for (let at = 0; at < lines.length; at += CHARACTERS_PER_BLOCK) {
    const some = lines.slice(at, at + CHARACTERS_PER_BLOCK);
    blocks.push(`${some.length} beginbfchar\n${some.join('\n')}\nendbfchar`);
  }
  return [
    '/CIDInit /ProcSet findresource begin',
    '12 dict begin',
    'begincmap',
    '/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def',
    '/CMapName /Adobe-Identity-UCS def',
    '/CMapType 2 def',
    '1 begincodespacerange',
    '<0000> <FFFF>',
    'endcodespacerange',
    ...blocks,
    'endcmap',
    'CMapName currentdict /CMap defineresource pop',
    'end',
    'end',
  ].join('\n');
}

/**
 * Embeds a font whose text is written as two-byte glyph numbers. Source: ISO 32000-1 §9.7 (Type 0, Identity-H)
 * @returns its object number and the bytes to send
 */
export function embedFont(document: PdfDocument, font: FontSubset): { id: number; bytes: Buffer } {
  const [id, descendant, descriptor, file, cmap] = Array.from({ length: 5 }, () => document.reserve()) as [
    number,
    number,
    number,
    number,
    number,
  ];
  const name = `/${subsetTag(font)}+${font.name}`;
  const widths = font.widths.map(pdfNumber).join(' ');
  const bytes = [
    document.object(
      id,
      `<< /Type /Font /Subtype /Type0 /BaseFont ${name} /Encoding /Identity-H` +
        ` /DescendantFonts [${reference(descendant)}] /ToUnicode ${reference(cmap)} >>`,
    ),
    document.object(
      descendant,
      `<< /Type /Font /Subtype /CIDFontType2 /BaseFont ${name}` +
        ' /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>' +
        ` /FontDescriptor ${reference(descriptor)} /CIDToGIDMap /Identity /DW 0 /W [0 [${widths}]] >>`,
    ),
    document.object(
      descriptor,
      `<< /Type /FontDescriptor /FontName ${name} /Flags ${SYMBOLIC}` +
        ` /FontBBox [${pdfNumbers(...font.box)}] /ItalicAngle 0 /StemV ${STEM_V}` +
        ` /Ascent ${pdfNumber(font.ascent)} /Descent ${pdfNumber(font.descent)}` +
        ` /CapHeight ${pdfNumber(font.capHeight)} /FontFile2 ${reference(file)} >>`,
    ),
    document.stream(file, `/Length1 ${font.file.length}`, font.file),
    document.stream(cmap, '', toUnicode(font)),
  ];
  return { id, bytes: Buffer.concat(bytes) };
}

/** Text as the glyph numbers of a subset that has all of its characters. */
export function glyphString(font: FontSubset, text: string): string {
  let hex = '';
  for (const character of text) {
    const glyph = font.glyphOf.get(character);
    if (glyph === undefined) throw new RangeError(`The subset has no “${character}”`);
    hex += hex4(glyph);
  }
  return `<${hex}>`;
}
