import { expect } from 'chai';
import fc from 'fast-check';
import { csvCell } from '../../../../src/features/labels/csv.ts';

describe('a cell of the table', () => {
  it('is never a formula', () => {
    for (const text of ['=1+1', '+84 912', '-5', '@SUM(A1)', '\t=1', '\r=1']) {
      expect(csvCell(text)).to.equal(`"'${text}"`);
    }
  });

  it('reads back as it was', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const read = csvCell(text).slice(1, -1).replaceAll('""', '"');

        expect(read.replace(/^'(?=[=+\-@\t\r])/, '')).to.equal(text.replace(/^'(?=[=+\-@\t\r])/, ''));
      }),
    );
  });
});
