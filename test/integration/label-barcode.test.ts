import { expect } from 'chai';
import { testApp } from '../kit/app.ts';
import { ownLayout } from '../kit/own-labels.ts';
import { missingTools, scanEverything } from '../kit/paper.ts';
import { printing } from '../kit/printing.ts';
import { skipBecause } from '../kit/skip.ts';

const GTIN = '8935244812343';

describe('a barcode beside the QR code', () => {
  it('reads from the printed page, and so does the Digital Link', async function () {
    const missing = await missingTools();
    if (missing.length > 0) skipBecause(this, `this machine has no ${missing.join(', ')}`);
    const app = await testApp();
    try {
      const manager = await app.as('manager');
      const labels = await printing(app, {
        product: { gtin: GTIN },
        run: { template: 'avery-l7165', count: 1 },
      });
      const fields = { ...ownLayout('Mã vạch'), barcode: true, symbolContent: 'gs1' };
      const layout = await manager.post(`/cooperatives/${app.cooperativeId}/label-layouts`, fields);

      const run = await labels.printed((await labels.batch()).id, { layout: layout.body.id });
      const path = new URL(String(run.files.pdf)).pathname;
      const file = await fetch(app.url + path, { headers: manager.headers() });
      const read = await scanEverything(Buffer.from(await file.arrayBuffer()), { dpi: 300, page: 1 });

      expect(read).to.contain(`EAN-13:${GTIN}`);
      expect(read).to.contain(`QR-Code:${String(run.address)}`);
    } finally {
      await app.stop();
    }
  });
});
