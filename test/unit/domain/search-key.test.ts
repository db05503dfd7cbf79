import { expect } from 'chai';
import fc from 'fast-check';
import { searchKey, slugOf } from '../../../src/domain/text/search-key.ts';

const texts = fc.string({ unit: 'grapheme', maxLength: 60 });
const VIETNAMESE = 'aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ';

describe('text folded for search', () => {
  it('is one with or without diacritics, in any case and either normal form', () => {
    const typed = ['Chè Shan tuyết', 'che shan tuyet', 'CHÈ  SHAN-TUYẾT', 'Chè Shan tuyết'.normalize('NFD')];

    expect(new Set(typed.map(searchKey))).to.deep.equal(new Set(['che shan tuyet']));
    expect(searchKey('Đắk Lắk')).to.equal('dak lak');
  });

  it('folds every Vietnamese letter to a plain one', () => {
    expect(searchKey(VIETNAMESE)).to.match(/^[aeiouyd]+$/);
    expect(searchKey(VIETNAMESE.toUpperCase())).to.equal(searchKey(VIETNAMESE));
  });

  it('folded twice is as folded once, and has no space at an end or doubled', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const key = searchKey(text);

        expect(searchKey(key)).to.equal(key);
        expect(key).to.equal(key.trim());
        expect(key).not.to.contain('  ');
      }),
    );
  });
});

describe('a slug', () => {
  it('holds plain letters, digits and single hyphens, within its length', () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 80 }), (text, most) => {
        const slug = slugOf(text, 'x', most);

        expect(slug).to.match(/^[a-z0-9]+(-[a-z0-9]+)*$/);
        expect(slug.length).to.be.at.most(most);
      }),
    );
  });

  it('reads as the name does, and falls back where nothing is left', () => {
    expect(slugOf('Cà phê Đắk Lắk – loại 1', 'san-pham')).to.equal('ca-phe-dak-lak-loai-1');
    expect(slugOf('茶', 'san-pham')).to.equal('san-pham');
    expect(slugOf('', 'san-pham')).to.equal('san-pham');
  });
});
