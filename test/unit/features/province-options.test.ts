import { expect } from 'chai';
import { codeLists } from '../../../src/features/reference/code-lists.ts';
import { provinceOptions } from '../../../src/features/organizations/fields.ts';

describe('the provinces to choose from', () => {
  it('are all there, region by region, the regions in the order of the alphabet', () => {
    const lists = codeLists();
    const options = provinceOptions(lists, 'vi', 'Chọn').slice(1);
    const groups = options.map(({ group }) => group ?? '').filter((group, at, all) => group !== all[at - 1]);

    expect(options.map(({ value }) => value)).to.have.members(lists.provinces.map(({ code }) => code));
    expect(groups).to.deep.equal([...new Set(groups)].sort(new Intl.Collator('vi').compare));
    expect(groups.length).to.be.greaterThan(1);
  });
});
