import { expect } from 'chai';
import fc from 'fast-check';
import {
  labelAddress,
  rectanglesOf,
  smallestModuleMm,
  symbolFor,
  wholeDots,
  type SymbolMatrix,
} from '../../../../src/domain/label/symbol.ts';
import { encodeSymbol } from '../../../../src/features/labels/encoder.ts';

describe('what a symbol says', () => {
  it('has scheme and host in capitals, so that all of it is alphanumeric', () => {
    expect(labelAddress('https://nguon.vn', '7K2M9QXC4TRV')).to.equal('HTTPS://NGUON.VN/7K2M9QXC4TRV');
    expect(labelAddress('http://localhost:3000', '7K2M9QXC4TRV')).to.equal(
      'HTTP://LOCALHOST:3000/7K2M9QXC4TRV',
    );
  });

  it('leaves a path as the operator wrote it, because paths tell capitals from small letters', () => {
    expect(labelAddress('https://htx.vn/truy-xuat/', 'ABC')).to.equal('HTTPS://HTX.VN/truy-xuat/ABC');
  });

  it('leads where the public address leads', () => {
    const host = fc.stringMatching(/^[a-z]{1,12}\.(vn|example)$/);
    fc.assert(
      fc.property(host, fc.stringMatching(/^[0-9A-HJKMNP-TV-Z]{12}$/), (name, code) => {
        const address = labelAddress(`https://${name}`, code);

        expect(new URL(address).href).to.equal(`https://${name}/${code}`);
        expect(address).to.match(/^[0-9A-Z $%*+\-./:]+$/);
      }),
    );
  });
});

describe('a symbol', () => {
  it('of a unit code at nguon.vn is version 2 at level M', () => {
    const symbol = symbolFor('HTTPS://NGUON.VN/7K2M9QXC4TRV7K2M9QXC', encodeSymbol);

    expect(symbol).to.include({ version: 2, size: 25, level: 'M' });
  });

  it('is of level Q where that costs nothing', () => {
    expect(symbolFor('HTTPS://NGUON.VN/7K2M9QXC4TRV', encodeSymbol)).to.include({ version: 2, level: 'Q' });
  });
});

describe('modules', () => {
  it('are at least 0.33 mm, 0.375 mm at 203 dpi, and whole dots of a thermal head', () => {
    expect(smallestModuleMm({ dotsPerInch: null })).to.equal(0.33);
    expect(wholeDots(0.5, { dotsPerInch: null })).to.be.closeTo((5 * 25.4) / 300, 1e-9);
    expect(smallestModuleMm({ dotsPerInch: 203 })).to.be.closeTo((3 * 25.4) / 203, 1e-9);
    expect(smallestModuleMm({ dotsPerInch: 300 })).to.be.closeTo((4 * 25.4) / 300, 1e-9);
    expect(wholeDots(0.7, { dotsPerInch: 203 })).to.be.closeTo((5 * 25.4) / 203, 1e-9);
  });

  it('are all drawn, and once, by the rectangles', () => {
    const matrix = fc
      .integer({ min: 1, max: 12 })
      .chain((size) =>
        fc
          .array(fc.constantFrom(0, 1), { minLength: size * size, maxLength: size * size })
          .map((bits): SymbolMatrix => ({ size, version: 1, level: 'M', modules: Uint8Array.from(bits) })),
      );
    fc.assert(
      fc.property(matrix, (symbol) => {
        const drawn = new Uint8Array(symbol.modules.length);
        for (const { x, y, width, height } of rectanglesOf(symbol)) {
          for (let row = y; row < y + height; row += 1) {
            for (let column = x; column < x + width; column += 1) {
              drawn[row * symbol.size + column] = (drawn[row * symbol.size + column] ?? 0) + 1;
            }
          }
        }

        expect([...drawn]).to.deep.equal([...symbol.modules]);
      }),
    );
  });
});
