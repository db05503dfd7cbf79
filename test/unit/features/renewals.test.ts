import { expect } from 'chai';
import type { Certificate } from '../../../src/features/certificates/contract.ts';
import { certificatesOfManyToRenew, certificatesToRenew } from '../../../src/features/workplace/rules.ts';

const TODAY = '2026-11-24';

const certificate = (expiresOn: string): Certificate => ({
  id: expiresOn,
  cooperativeId: `coop of ${expiresOn}`,
  standard: `standard of ${expiresOn}`,
  number: expiresOn,
  issuer: 'Tổ chức chứng nhận',
  issuedOn: '2024-01-01',
  expiresOn,
  productIds: [],
  createdAt: new Date('2024-01-01'),
});
const ended = ['2026-10-01', '2026-11-23'].map(certificate);
const ending = ['2026-11-24', '2026-12-31'].map(certificate);
const far = certificate('2028-01-01');
const ends = (lapses: readonly { readonly expiresOn: string }[]) => lapses.map(({ expiresOn }) => expiresOn);

describe('certificates to renew', () => {
  it('are those that ended or end soon, the first to end first', () => {
    const found = certificatesToRenew([far, ...ending].concat(ended), TODAY);

    expect(ends(found)).to.deep.equal(['2026-10-01', '2026-11-23', '2026-11-24', '2026-12-31']);
  });

  it('of many cooperatives are first those that hold, the first to end before, then those that ended last', () => {
    const found = certificatesOfManyToRenew([...ended, far, ...ending].reverse(), TODAY);

    expect(ends(found)).to.deep.equal(['2026-11-24', '2026-12-31', '2026-11-23', '2026-10-01']);
  });
});
