import { readFileSync } from 'node:fs';
import { expect } from 'chai';

/** Relative luminance of `#rrggbb`. Source: WCAG 2.2, definition of relative luminance. */
function luminance(colour: string): number {
  const channels = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255);
  const [red = 0, green = 0, blue = 0] = channels.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const css = readFileSync(new URL('../../../public/trace.css', import.meta.url), 'utf8');

/** The tokens of a block of declarations, colours only. */
function tokensAfter(mark: string): Readonly<Record<string, string>> {
  const start = css.indexOf('{', css.indexOf(':root', css.indexOf(mark)));
  const block = css.slice(start, css.indexOf('}', start));
  const pairs = [...block.matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g)];
  return Object.fromEntries(pairs.map(([, name = '', hex = '']) => [name, hex]));
}

const light = tokensAfter(':root');
const schemes = { light, dark: { ...light, ...tokensAfter('prefers-color-scheme: dark') } } as const;

const VERDICTS = ['genuine', 'recalled', 'expired', 'suspect', 'sold', 'void', 'unknown'];
const SURFACES = ['paper', 'card', 'sunk'];
const TEXTS = ['ink', 'soft', 'press', 'late', 'good', 'bad'];
const PAIRS = [
  ['late', 'late-tint'],
  ['good', 'good-tint'],
  ['bad', 'bad-tint'],
  ['press', 'tint'],
  ['ink', 'tint'],
  ['ink', 'late-tint'],
  ['ink', 'good-tint'],
  ['ink', 'bad-tint'],
  ['press', 'bad-tint'],
  ['on-press', 'press'],
  ['on-press', 'press-hover'],
];

describe('colours of the pages', () => {
  for (const [scheme, tokens] of Object.entries(schemes)) {
    const ratio = (text: string, ground: string) => contrast(tokens[text] ?? '#777777', tokens[ground] ?? '#777777');

    for (const verdict of VERDICTS) {
      it(`a ${verdict} verdict reads at 7 : 1 in the ${scheme} scheme`, () => {
        const read = ratio(verdict, `${verdict}-on`);

        expect(read).to.be.at.least(7);
        expect(ratio('ink', `${verdict}-on`)).to.be.at.least(7);
      });
    }

    for (const [text, ground] of [...TEXTS.flatMap((text) => SURFACES.map((ground) => [text, ground])), ...PAIRS]) {
      it(`${text} on ${ground} reads at 4.5 : 1 in the ${scheme} scheme`, () => {
        const read = ratio(text ?? '', ground ?? '');

        expect(read).to.be.at.least(4.5);
      });
    }

    for (const mark of ['late-mark', 'edge', 'press']) {
      it(`the mark ${mark} is seen at 3 : 1 in the ${scheme} scheme`, () => {
        const weakest = Math.min(ratio(mark, 'paper'), ratio(mark, 'card'));

        expect(weakest).to.be.at.least(3);
      });
    }
  }

  it('has a dark value for every colour that the light scheme has', () => {
    const dark = tokensAfter('prefers-color-scheme: dark');

    expect(Object.keys(dark)).to.have.members(Object.keys(light));
  });

  it('keeps every colour of the other style sheet a token', () => {
    const site = readFileSync(new URL('../../../public/site.css', import.meta.url), 'utf8');

    const colours = site.match(/#[0-9a-f]{3,8}\b/gi)?.filter((colour) => colour !== '#0000');

    expect(colours ?? []).to.deep.equal([]);
  });
});
