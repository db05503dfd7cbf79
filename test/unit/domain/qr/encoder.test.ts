import { expect } from 'chai';
import fc from 'fast-check';
import { create, type QRCodeSegment } from 'qrcode';
import { CODE_ALPHABET } from '../../../../src/domain/batch-code/batch-code.ts';
import { planSymbol, type SymbolPlan } from '../../../../src/domain/qr/plan.ts';
import { modulesOf, runEncoder } from '../../../../src/domain/qr/encoder.ts';

const codeOf = (length: number) =>
  fc.string({ unit: fc.constantFrom(...CODE_ALPHABET), minLength: length, maxLength: length });

/** The same modes, version and level in the other encoder, which then scores its masks by itself. */
function encodedElsewhere(plan: SymbolPlan, address: string): string {
  let at = 0;
  const segments = plan.segments.map(({ mode, text }) => {
    const data = address.slice(at, at + text.length);
    at += text.length;
    return { mode, data } as unknown;
  });
  const options = { errorCorrectionLevel: plan.level, version: plan.version };
  return create(segments as QRCodeSegment[], options).modules.data.join('');
}

/** One and two words a row; one and several blocks; one, two and three segments; with version information. */
const BEGINNINGS = [
  'HTTPS://NGUON.VN/',
  'HTTP://LOCALHOST:3000/',
  'HTTPS://HTX.EXAMPLE/truy-xuat/',
  'HTTPS://TRUYXUAT.LIENMINHHOPTACXA.TUYENQUANG.GOV.VN/',
  'HTTPS://TRUYXUAT.TUYENQUANG.GOV.VN/truy-xuat-nguon-goc-san-pham/cua-hop-tac-xa/',
  `HTTPS://NGUON.VN/${'nguon-'.repeat(14)}/`,
  '',
];

describe('the encoder of a run of symbols', () => {
  for (const beginning of BEGINNINGS) {
    for (const tail of [12, 20]) {
      it(`gives what another encoder gives for ${beginning} and ${tail} characters`, () => {
        const plan = planSymbol(beginning + '0'.repeat(tail), tail);
        const encoder = runEncoder(plan, tail);

        fc.assert(
          fc.property(codeOf(tail), (code) => {
            const modules = modulesOf(encoder.encode(code), plan.size);
            expect(modules.join('')).to.equal(encodedElsewhere(plan, beginning + code));
          }),
          { numRuns: 60 },
        );
      });
    }
  }

  it('plans one version whatever the codes are', () => {
    const beginning = 'HTTPS://HTX.EXAMPLE/truy-xuat/';

    const plans = ['0'.repeat(20), 'Z'.repeat(20), '12345678901234567890'].map((code) =>
      planSymbol(beginning + code, 20),
    );

    expect(
      new Set(plans.map(({ version, level, segments }) => `${version}${level}${segments.length}`)).size,
    ).to.equal(1);
  });

  it('keeps the sturdier level where it costs no larger symbol', () => {
    expect(planSymbol(`HTTPS://NGUON.VN/${'0'.repeat(12)}`, 12)).to.include({ version: 2, level: 'Q' });
    expect(planSymbol(`HTTPS://NGUON.VN/${'0'.repeat(20)}`, 20)).to.include({ version: 2, level: 'M' });
  });

  it('refuses what no label’s symbol holds, and a code of another length', () => {
    expect(() => planSymbol(`HTTPS://NGUON.VN/${'x'.repeat(300)}/`, 0)).to.throw(RangeError);
    const encoder = runEncoder(planSymbol(`HTTPS://NGUON.VN/${'0'.repeat(20)}`, 20), 20);
    expect(() => encoder.encode('7K2M')).to.throw(RangeError, '7K2M');
  });
});
