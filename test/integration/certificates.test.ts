import { expect } from 'chai';
import sharp from 'sharp';
import { testApp, type TestApp } from '../kit/app.ts';
import type { Session } from '../kit/browser-session.ts';
import { cameraJpeg } from '../kit/pictures.ts';
import type { Clock } from '../../src/platform/clock.ts';

const clock: Clock = { now: () => new Date('2026-11-24T03:00:00Z') };
const PDF = Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n');
const paper = { standard: 'VietGAP', issuer: 'Vinacert', issuedOn: '2025-12-01', expiresOn: '2027-11-30' };

describe('certificates', () => {
  let app: TestApp;
  let manager: Session;
  let count = 0;

  const fresh = () => `VG-${(count += 1)}`;
  const add = async (fields: object = {}) =>
    (await app.as('manager')).post(`/cooperatives/${app.cooperativeId}/certificates`, {
      ...paper,
      number: fresh(),
      ...fields,
    });
  const addByForm = async (fields: Record<string, string | File>) => {
    const body = new FormData();
    for (const [name, value] of Object.entries({ ...paper, number: fresh(), ...fields }))
      body.append(name, value);
    const path = `/api/v1/cooperatives/${app.cooperativeId}/certificates`;
    return (await app.as('manager')).send('POST', path, { body });
  };
  const newProduct = async (person: 'manager' | 'otherManager' = 'manager', vi = 'Chè'): Promise<string> => {
    const owner = person === 'manager' ? app.cooperativeId : app.otherCooperativeId;
    const fields = { name: { vi }, tier: 'local', category: '1.11' };
    return (await (await app.as(person)).post(`/cooperatives/${owner}/products`, fields)).body.id as string;
  };
  const publicList = async () =>
    (await (await app.as('guest')).get(`/cooperatives/${app.cooperativeId}/certificates`)).body.items as {
      id: string;
      number: string;
      status: string;
    }[];

  before(async () => {
    app = await testApp({ clock });
    manager = await app.browse('manager');
  });
  after(async () => app.stop());

  it('come as JSON or as a form with a file, and as nothing else', async () => {
    const productId = await newProduct();
    const json = await add({ productIds: [productId, productId] });
    const form = await addByForm({ productIds: productId, file: new File([PDF], 'giấy.pdf') });
    const other = await (
      await app.as('manager')
    ).send('POST', `/api/v1/cooperatives/${app.cooperativeId}/certificates`, {
      body: '<xml/>',
      headers: { 'content-type': 'application/xml' },
    });

    expect([json.status, form.status, other.status], form.text).to.deep.equal([201, 201, 415]);
    expect(json.body).to.deep.include({ productIds: [productId], file: null, status: 'valid' });
    expect(form.body.productIds).to.deep.equal([productId]);
    const shown = await fetch(app.url + (form.body.file as string));
    expect(shown.headers.get('content-type')).to.equal('application/pdf');
    expect(shown.headers.get('x-content-type-options')).to.equal('nosniff');
  });

  it('lose what the camera wrote when the paper was photographed', async () => {
    const answer = await addByForm({ file: new File([new Uint8Array(await cameraJpeg())], 'a.jpg') });

    const bytes = Buffer.from(await (await fetch(app.url + (answer.body.file as string))).arrayBuffer());
    const about = await sharp(bytes).metadata();
    expect(about).to.include({ format: 'jpeg', width: 1200, height: 1600 });
    expect([about.exif, about.orientation]).to.deep.equal([undefined, undefined]);
    expect(bytes.includes('SECRET-WORDS')).to.equal(false);
  });

  for (const [what, fields, pointer] of [
    ['an end before the beginning', { expiresOn: '2025-01-01' }, '/expiresOn'],
    ['a product that nobody has', { productIds: ['nothing'] }, '/productIds/0'],
    ['no number', { number: '' }, '/number'],
  ] as const) {
    it(`are refused with ${what}`, async () => {
      const answer = await add(fields);

      expect(answer.status).to.equal(422);
      expect(answer.body.errors[0].pointer).to.equal(pointer);
    });
  }

  it('cover no product of another cooperative', async () => {
    const answer = await add({ productIds: [await newProduct(), await newProduct('otherManager')] });

    expect(answer.status).to.equal(422);
    expect(answer.body.errors[0].pointer).to.equal('/productIds/1');
  });

  it('are refused with a file of another kind, whatever its name says', async () => {
    const answers = await Promise.all(
      [Buffer.from('<html><script>'), Buffer.alloc(0), Buffer.from('PK\u0003\u0004')].map((bytes) =>
        addByForm({ file: new File([new Uint8Array(bytes)], 'chung-nhan.pdf') }),
      ),
    );

    expect(answers.map(({ status, body }) => [status, body.errors[0].pointer])).to.deep.equal([
      [422, '/file'],
      [422, '/file'],
      [422, '/file'],
    ]);
  });

  it('of one number exist once, however it is typed and however many send it at once', async () => {
    const number = fresh();

    const answers = await Promise.all([
      add({ number }),
      add({ number: number.toLowerCase() }),
      add({ number, standard: 'VIETGAP' }),
    ]);

    expect(answers.map(({ status }) => status).sort()).to.deep.equal([201, 409, 409]);
  });

  it('leave every page when withdrawn, and the right one of the same number can follow', async () => {
    const number = fresh();
    const wrong = (await addByForm({ number, file: new File([PDF], 'a.pdf') })).body;
    const api = await app.as('manager');

    const first = await api.post(`/certificates/${wrong.id as string}/withdrawal`, {
      reason: 'Khai nhầm ngày',
    });
    const again = await api.post(`/certificates/${wrong.id as string}/withdrawal`, { reason: 'Lần hai' });
    const right = await add({ number });
    const file = await fetch(app.url + (wrong.file as string));

    expect([first.status, again.status, right.status, file.status]).to.deep.equal([204, 204, 201, 404]);
    const shown = (await publicList()).filter((one) => one.number === number);
    expect(shown.map(({ id }) => id)).to.deep.equal([right.body.id]);
  });

  it('are judged on the day of looking', async () => {
    const terms = [
      ['2025-01-01', '2026-11-23', 'lapsed'],
      ['2025-01-01', '2026-11-24', 'lapses-soon'],
      ['2025-01-01', '2026-12-24', 'lapses-soon'],
      ['2025-01-01', '2026-12-25', 'valid'],
      ['2026-11-25', '2027-12-25', 'not-yet'],
    ] as const;

    const answers = await Promise.all(terms.map(([issuedOn, expiresOn]) => add({ issuedOn, expiresOn })));

    expect(answers.map(({ body }) => body.status as string)).to.deep.equal(
      terms.map(([, , status]) => status),
    );
  });

  it('of an unknown cooperative are not found', async () => {
    const answer = await (await app.as('guest')).get('/cooperatives/nothing/certificates');

    expect(answer.status).to.equal(404);
  });

  describe('on their pages', () => {
    it('are entered with the products that they cover, and seen with their days left', async () => {
      const productId = await newProduct('manager', 'Hồng trà Pả Ngán');
      const form = await manager.open('/manage/certificates/new');

      const list = await manager.submit(
        form,
        {
          ...paper,
          number: fresh(),
          expiresOn: '2026-12-10',
          productIds: [productId],
          file: new File([PDF], 'a.pdf'),
        },
        '/manage/certificates/new',
      );

      expect(list.path).to.equal('/manage/certificates?done=added');
      expect(list.text).to.contain('Đã lưu chứng nhận').and.to.contain('còn 16 ngày');
      expect(list.text).to.contain('Từ 01/12/2025 đến 10/12/2026').and.to.contain('Cho Hồng trà Pả Ngán');
      expect(list.html).to.match(/\/certificates\/[0-9a-z]+\/file/);
    });

    it('keep what was typed and ticked when something is wrong', async () => {
      const productId = await newProduct();
      const form = await manager.open('/manage/certificates/new');

      const again = await manager.submit(
        form,
        { ...paper, number: '', expiresOn: '2025-01-01', productIds: [productId] },
        '/manage/certificates/new',
      );

      expect(again.status).to.equal(422);
      const fields = again.forms.flatMap((one) => one.fields);
      expect(fields.filter(({ invalid }) => invalid).map(({ name }) => name)).to.deep.equal(['number']);
      expect(fields.find(({ name }) => name === 'issuer')?.value).to.equal('Vinacert');
      expect(fields.filter(({ name, value }) => name === 'productIds' && value !== null)).to.have.length(1);
    });

    it('are withdrawn with a reason, after the page has said what that does', async () => {
      const made = (await add()).body;
      const page = await manager.open(`/manage/certificates/${made.id as string}/withdraw`);
      const path = `/manage/certificates/${made.id as string}/withdraw`;

      const refused = await manager.submit(page, {}, path);
      const done = await manager.submit(refused, { reason: 'Giấy này của đơn vị khác' }, path);

      expect(page.text).to.contain('biến khỏi mọi trang công khai ngay lập tức');
      expect(refused.status).to.equal(422);
      expect(done.text).to.contain('Đã rút lại chứng nhận').and.to.contain('Giấy này của đơn vị khác');
      expect((await publicList()).map(({ id }) => id)).not.to.include(made.id);
    });

    it('let a clerk look and offer no way to change', async () => {
      const clerk = await app.browse('clerk');

      const list = await clerk.open('/manage/certificates');

      expect(list.text).to.contain('Chỉ người quản lý');
      expect(list.html).not.to.match(/certificates\/new|\/withdraw/);
    });

    it('teach in an empty list what belongs there', async () => {
      const other = await app.browse('otherManager');

      const list = await other.open('/manage/certificates');

      expect(list.text).to.contain('Chưa có chứng nhận nào').and.to.contain('VietGAP');
    });
  });
});
