import { expect } from 'chai';
import { encodeUnit, unitKey } from '../../src/domain/unit-code/unit-code.ts';
import { testApp, type TestApp } from '../kit/app.ts';
import { teaBatch, teaProduct } from '../kit/samples.ts';

const key = unitKey(new Uint8Array(32).fill(9), 1);
const today = new Date('2026-11-24T03:00:00Z');

describe('a unit code checked by a stranger', () => {
  let app: TestApp;
  let productId: string;
  let run: { id: string; run: number };
  let batch: { id: string; code: string };
  let now = today;
  const code = (index: number, number = run.run) => encodeUnit(key, number, index);

  before(async () => {
    app = await testApp({ clock: { now: () => now } });
    const manager = await app.as('manager');
    productId = (await manager.post(`/cooperatives/${app.cooperativeId}/products`, teaProduct)).body.id;
    const made = await manager.post(`/products/${productId}/batches`, {
      ...teaBatch,
      lotNumber: 'KHACH-1',
      packs: 1_200,
      quantity: { value: 600, unit: 'kg' },
      expiresOn: '2027-06-30',
    });
    expect(made.status, made.text).to.equal(201);
    batch = made.body;
    run = (
      await manager.post(`/batches/${batch.id}/print-runs`, {
        template: 'avery-l7160',
        count: 1_000,
        codes: 'unit',
      })
    ).body;
    await manager.post(`/print-runs/${run.id}/void`, { from: 7, to: 9, reason: 'Rách' });
  });
  after(async () => app.stop());

  it('leads to its batch, says which pack it is, and nothing of the print run', async () => {
    const guest = await app.as('guest');

    const { body, text } = await guest.get(`/trace/${code(812)}`);

    expect(body).to.include({ kind: 'unit', verdict: 'genuine', code: code(812) });
    expect(body.unit).to.deep.equal({ number: 812, of: 1_200 });
    expect(body.batch.lotNumber).to.equal('KHACH-1');
    expect(body.reasons[0].code).to.equal('own-code');
    expect(text).to.not.contain(run.id);
    expect(Object.keys(body)).to.not.include.members(['run', 'index', 'epoch']);
  });

  it('says on its page “Gói 812 trong 1.200, đóng từ 600 kg”', async () => {
    const answer = await fetch(`${app.url}/${code(812).toLowerCase()}`, { headers: { accept: 'text/html' } });
    const page = await answer.text();

    expect(answer.status).to.equal(200);
    expect(page).to.contain('Gói 812 trong 1.200, đóng từ 600\u00A0kg');
    expect(page).to.contain('Mã riêng của một gói');
    expect(page).to.not.contain('Mã chung cho cả lô');
  });

  it('is void where its label was voided, whatever the day', async () => {
    const guest = await app.as('guest');

    const verdicts = [6, 7, 9, 10].map(
      async (index) => (await guest.get(`/trace/${code(index)}`)).body.verdict,
    );
    expect(await Promise.all(verdicts)).to.deep.equal(['genuine', 'void', 'void', 'genuine']);
    now = new Date('2027-07-01T03:00:00Z');
    const later = [6, 7].map(async (index) => (await guest.get(`/trace/${code(index)}`)).body.verdict);
    expect(await Promise.all(later)).to.deep.equal(['expired', 'void']);
    now = today;
  });

  it('is unknown alike when never printed, of no run, forged, or made with another key', async () => {
    const guest = await app.as('guest');
    const forged = code(5).replace(/.$/, (sign) => (sign === '7' ? '8' : '7'));
    const strange = [
      code(1_001),
      code(2 ** 28 - 1),
      code(1, run.run + 1),
      forged,
      encodeUnit(unitKey(new Uint8Array(32).fill(3), 1), run.run, 5),
    ];

    const answers = await Promise.all(strange.map(async (one) => guest.get(`/trace/${one}`)));

    for (const [at, { status, body }] of answers.entries()) {
      expect(status).to.equal(200);
      expect({ ...body, code: '' }).to.deep.equal({ ...answers[0]?.body, code: '' });
      expect(body).to.include({ verdict: 'unknown', product: null, unit: null, code: strange[at] });
    }
    expect((await fetch(`${app.url}/${forged}`)).status).to.equal(404);
  });

  it('is read as people type, paste and scan it', async () => {
    const guest = await app.as('guest');
    const plain = code(33);
    const wide = [...plain].map((sign) => String.fromCodePoint((sign.codePointAt(0) ?? 0) + 0xfee0)).join('');
    const typed = [
      plain.toLowerCase(),
      plain.replace(/(.{4})(?=.)/g, '$1 '),
      plain.replace(/(.{4})(?=.)/g, '$1-'),
      plain.replace(/(.{4})(?=.)/g, '$1\u00A0'),
      plain.replaceAll('0', 'O').replaceAll('1', 'l'),
      wide,
      `https://nguon.example/${plain}`,
      ` HTTPS://NGUON.EXAMPLE/${plain}?lang=en `,
    ];

    const { body } = await guest.post('/verifications', { codes: typed });

    expect(body.items.map((item: { code: string }) => item.code)).to.deep.equal(typed.map(() => plain));
    expect(body.items.every((item: { verdict: string }) => item.verdict === 'genuine')).to.equal(true);
  });

  it('is checked with others in one request, each with its own answer', async () => {
    const guest = await app.as('guest');

    const { body } = await guest.post('/verifications', {
      codes: [code(1), code(8), code(1_001), batch.code, 'nonsense'],
    });

    expect(body.items.map((item: { verdict: string }) => item.verdict)).to.deep.equal([
      'genuine',
      'void',
      'unknown',
      'genuine',
      'unknown',
    ]);
    expect(body.items[0].batch.lotNumber).to.equal('KHACH-1');
  });

  it('is not accepted in any of 20,000 forgeries', async function forgeries() {
    this.timeout(60_000);
    const shop = await app.as('staff');
    const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
    const forge = (at: number) => {
      const real = code(1 + (at % 1_000));
      const place = at % 20;
      const sign = alphabet[(alphabet.indexOf(real[place] ?? '') + 1 + (at % 31)) % 32] ?? '';
      return real.slice(0, place) + sign + real.slice(place + 1);
    };
    const codes = Array.from({ length: 20_000 }, (_, at) => forge(at));

    const verdicts = new Set<string>();
    for (let at = 0; at < codes.length; at += 1_000) {
      const { status, body } = await shop.post('/verifications', { codes: codes.slice(at, at + 1_000) });
      expect(status).to.equal(200);
      for (const item of body.items) verdicts.add(item.verdict);
    }

    expect([...verdicts]).to.deep.equal(['unknown']);
  });
});
