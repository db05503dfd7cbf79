import { expect } from 'chai';
import { BATCH_CODE_BYTES, makeBatchCode } from '../../../../src/domain/batch-code/batch-code.ts';
import { codesInList, textOfFile } from '../../../../src/features/verification/delivery-list.ts';

const codeOf = (seed: number): string => makeBatchCode(Buffer.alloc(BATCH_CODE_BYTES, seed));
const [A, B, C] = [codeOf(11), codeOf(22), codeOf(33)] as const;
/** As `B` mistyped: it cannot be one of ours. */
const MISTYPED = `${B.slice(0, -1)}${B.endsWith('0') ? '1' : '0'}`;

/** A delivery's list, what it comes as, and the entries that are answered. */
const LISTS: readonly (readonly [what: string, text: string, codes: readonly string[]])[] = [
  ['one code a line', `${A}\n${B}\r\n${C}\r`, [A, B, C]],
  ['codes in one line, by comma, semicolon or tab', `${A}, ${B};${C}\t${A}`, [A, B, C, A]],
  ['lines of several codes, a mistyped one among them', `${A},${B}\n${C},${MISTYPED}`, [A, B, C, MISTYPED]],
  ['a table, whatever column has the code', `1;Chè;${A}\n2;${B};Chè\n3;Chè;${C}`, [A, B, C]],
  ['an address beside its code as one label', `1,${A},https://nguon.example/${A}\n2,${B},`, [A, B]],
  ['headings as none', `STT,Mã tem,Ghi chú\n1,${A},\n2,${B},`, [A, B]],
  [
    'a mistyped code from the column of the others',
    `1,${A},Chè\n2,${MISTYPED},Chè\n3,${B},`,
    [A, MISTYPED, B],
  ],
  ['what stands first where that column is empty', `1,${A}\nkhông rõ,\n3,${B}`, [A, 'không rõ', B]],
  ['a mistyped code in the first row', `1,${MISTYPED}\n2,${A}`, [MISTYPED, A]],
  ['cells in quotes', `"Chè, loại ""1""","${A}"\n"Chè\nxanh", "${B}"`, [A, B]],
  ['a quote that does not end', `"Chè,${A}\n"${B}`, [A, B]],
  ['empty lines and spaces as nothing', `\n  \n${A}  \n,,\n`, [A]],
  ['nothing', '', []],
];

describe('the codes of a delivery’s list', () => {
  for (const source of ['pasted', 'file'] as const) {
    for (const [what, text, codes] of LISTS) {
      it(`takes ${what} (${source})`, () => {
        expect(codesInList(text, source)).to.deep.equal(codes);
      });
    }
  }

  it('leaves the heading of a file’s only column out, and answers a word that was pasted', () => {
    expect(codesInList(`Mã\n${A}`, 'file')).to.deep.equal([A]);
    expect(codesInList(`Mã\n${A}`, 'pasted')).to.deep.equal(['Mã', A]);
  });

  it('answers one entry of each row where none is a code', () => {
    const foreign = ['8930000000011', '8930000000028'];

    expect(codesInList(`1,Chè xanh 100g,${foreign[0]}\n2,Chè,${foreign[1]}`, 'file')).to.deep.equal(foreign);
  });

  it('reads a file as spreadsheets save it, and no other', () => {
    expect(textOfFile(Buffer.from('\uFEFFMã', 'utf8'))).to.equal('Mã');
    expect(textOfFile(Buffer.from('\uFEFFMã', 'utf16le'))).to.equal('Mã');
    expect(textOfFile(Buffer.from('PK\u0003\u0004\u0014\u0000\u0006\u0000', 'latin1'))).to.equal(null);
  });
});
