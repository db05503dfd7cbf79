import { expect } from 'chai';
import { testApp, type TestApp } from '../kit/app.ts';
import { teaBatch, teaProduct } from '../kit/samples.ts';

describe('a Digital Link', () => {
  const GTIN = '8935244812343';
  let app: TestApp;
  let batch: { readonly id: string; readonly code: string };
  let slug: string;

  const follow = (path: string) =>
    fetch(app.url + path, { redirect: 'manual', headers: { accept: 'text/html' } });
  const leadsTo = async (path: string) => {
    const answer = await follow(path);
    return [answer.status, answer.headers.get('location')] as const;
  };

  before(async () => {
    app = await testApp();
    const manager = await app.as('manager');
    const product = await manager.post(`/cooperatives/${app.cooperativeId}/products`, {
      ...teaProduct,
      gtin: GTIN,
    });
    slug = product.body.slug;
    batch = (
      await manager.post(`/products/${product.body.id}/batches`, { ...teaBatch, lotNumber: 'CX/02+a' })
    ).body;
  });
  after(async () => app.stop());

  it('of a product leads to its page', async () => {
    expect(await leadsTo(`/01/0${GTIN}`)).to.deep.equal([303, `/products/${slug}`]);
    expect(await leadsTo(`/01/${GTIN}?lang=en`)).to.deep.equal([303, `/products/${slug}?lang=en`]);
  });

  it('of a lot leads to the page of its label, whatever characters the lot has', async () => {
    const short = batch.code.replaceAll(/[^0-9A-Z]/g, '');

    expect(await leadsTo(`/01/0${GTIN}/10/CX%2F02%2Ba`)).to.deep.equal([303, `/${short}`]);
    const page = await fetch(`${app.url}/01/0${GTIN}/10/CX%2F02%2Ba`);
    expect(page.status).to.equal(200);
    expect(await page.text()).to.contain('CX/02+a');
  });

  it('of a pack leads to the page of its code', async () => {
    const serial = '0123456789ABCDEFGHJK';

    expect(await leadsTo(`/01/0${GTIN}/10/CX%2F02%2Ba/21/${serial}`)).to.deep.equal([303, `/${serial}`]);
  });

  for (const path of [
    '/01/08935244812344',
    '/01/abc',
    '/01/05901234123457',
    '/01/08935244812343/10/NO-SUCH-LOT',
    `/01/08935244812343/10/${'x'.repeat(40)}`,
    '/01/08935244812343/10/CX/21/%2F%2Fevil.example',
    '/01/08935244812343/10/%00',
  ]) {
    it(`leads nowhere from ${path.slice(0, 60)}`, async () => {
      expect((await follow(path)).status).to.equal(404);
    });
  }
});
