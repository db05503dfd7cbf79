import { expect } from 'chai';
import fc from 'fast-check';
import { PdfDocument } from '../../../../src/domain/pdf/document.ts';
import { pdfAscii, pdfDate, pdfNumber, pdfText } from '../../../../src/domain/pdf/syntax.ts';

const info = {
  title: 'Tem chè (thử)',
  author: 'Hợp tác xã',
  creator: 'Nguồn',
  createdAt: new Date('2026-11-24T01:30:00Z'),
  language: 'vi',
  fileId: '0123456789abcdef0123456789abcdef',
};

function sample(pages: number): Buffer {
  const document = new PdfDocument(info);
  const parts = [document.start()];
  for (let page = 0; page < pages; page += 1) {
    parts.push(document.page({ widthPt: 100, heightPt: 50 }, `q ${page} Q`));
  }
  parts.push(document.end(''));
  return Buffer.concat(parts);
}

describe('a PDF file', () => {
  it('has a cross-reference table whose every entry points at its object', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), (pages) => {
        const bytes = sample(pages);
        const text = bytes.toString('latin1');
        const start = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(text)?.[1]);
        const table = text.slice(start);
        const offsets = [...table.matchAll(/^(\d{10}) 00000 n $/gm)].map(([, offset]) => Number(offset));

        expect(table.startsWith('xref\n')).to.equal(true);
        // Four of the document, one node of the page tree.
        expect(offsets).to.have.length(5 + 2 * pages);
        offsets.forEach((offset, at) => {
          expect(text.slice(offset).startsWith(`${at + 1} 0 obj\n`)).to.equal(true);
        });
      }),
    );
  });

  it('says how long each stream is', () => {
    const text = sample(3).toString('latin1');

    for (const [, length, content] of text.matchAll(/\/Length (\d+) >>\nstream\n([\s\S]*?)\nendstream/g)) {
      expect(content).to.have.length(Number(length));
    }
  });

  it('refuses to end while an object is promised and not written', () => {
    const document = new PdfDocument(info);
    document.start();
    document.reserve();

    expect(() => document.end('')).to.throw(RangeError);
  });
});

describe('PDF spelling', () => {
  it('writes numbers that PDF reads: no exponent, no minus zero, four decimals', () => {
    expect([0, -0.00001, 1e-7, 12.5, -3, 1 / 3].map(pdfNumber)).to.deep.equal([
      '0',
      '0',
      '0',
      '12.5',
      '-3',
      '0.3333',
    ]);
    fc.assert(
      fc.property(fc.double({ min: -20_000, max: 20_000, noNaN: true }), (value) => {
        expect(pdfNumber(value)).to.match(/^-?\d+(\.\d{1,4})?$/);
        expect(Number(pdfNumber(value))).to.be.closeTo(value, 0.00005001);
      }),
    );
  });

  it('writes texts and dates', () => {
    expect(pdfText('chè')).to.equal('<FEFF0063006800E8>');
    expect(pdfAscii('a(b)\\')).to.equal('(a\\(b\\)\\\\)');
    expect(pdfDate(info.createdAt)).to.equal('(D:20261124013000Z)');
  });
});
