import { expect } from 'chai';
import type { Connection } from 'mongoose';
import { addDays, dateInVietnam } from '../../src/platform/clock.ts';
import { connectStore } from '../../src/store/connect.ts';
import { freshDatabaseUri } from '../kit/database.ts';
import { testApp, type Person, type TestApp } from '../kit/app.ts';
import { PDF_BYTES, fileOf, multipart, tenantOf, type Side, type Tenant } from '../kit/tenants.ts';

/** The first screens of those who work in no cooperative. */
describe('the first screen', () => {
  let app: TestApp;
  let own: Tenant;
  let other: Tenant;
  let connection: Connection;
  // One moment for all of it: at midnight in Vietnam a certificate of 61 days becomes one of 60.
  const moment = new Date();
  const today = dateInVietnam(moment);

  const certificate = async (side: Side, number: string, expiresOn: string) => {
    const manager: Person = side === 'first' ? 'manager' : 'otherManager';
    const cooperativeId = side === 'first' ? app.cooperativeId : app.otherCooperativeId;
    const body = multipart({
      standard: `Chuẩn ${number}`,
      number,
      issuer: 'Trung tâm chứng nhận',
      issuedOn: '2020-01-01',
      expiresOn,
      file: fileOf(PDF_BYTES, 'a.pdf', 'application/pdf'),
    });
    const answer = await (
      await app.as(manager)
    ).send('POST', `/api/v1/cooperatives/${cooperativeId}/certificates`, { body });
    expect(answer.status, answer.text).to.equal(201);
  };
  const first = async (person: Person, language = 'vi') =>
    (await app.browse(person)).open(`/manage?lang=${language}`);

  before(async () => {
    const uri = await freshDatabaseUri();
    app = await testApp({ uri, clock: { now: () => moment } });
    connection = await connectStore(uri);
    own = await tenantOf(app, 'first');
    other = await tenantOf(app, 'second');
  });
  after(async () => {
    await connection.close();
    await app.stop();
  });

  it('tells an officer that nothing waits, and what is there', async () => {
    const page = await first('officer');

    expect(page.status).to.equal(200);
    expect(page.text)
      .to.contain('Chào Cô officer')
      .and.contain('Không có việc gì đang chờ')
      .and.contain('1 hợp tác xã')
      .and.contain('2 sản phẩm')
      .and.contain('1 lô hàng')
      .and.contain('Không có chứng nhận nào sắp hết hạn.')
      .and.contain('Hợp tác xã Chè Mây Ngủ');
    for (const href of [
      '/manage/approvals',
      '/manage/organizations/new?kind=cooperative',
      '/manage/organizations/new?kind=retailer',
    ]) {
      expect(page.html).to.contain(`href="${href}"`);
    }
    expect(page.html).to.contain('href="/manage/organizations.csv?kind=cooperative"');
    expect(page.html).to.not.contain('kind=union');
  });

  it('shows an officer the registrations of the own province only', async () => {
    const mine = await own.newRegistration();
    const theirs = await other.newRegistration();

    const page = await first('officer');

    expect(page.html).to.contain(`href="/manage/approvals/${mine}"`).and.not.contain(theirs);
    expect(page.text)
      .to.contain(`HTX ${own.marker}`)
      .and.contain('1 hợp tác xã đang chờ')
      .and.not.contain(other.marker);
  });

  it('names certificates that lapse within 60 days or have lapsed, of the own province only', async () => {
    await certificate('first', 'SAP-HET', addDays(today, 60));
    await certificate('first', 'DA-HET', addDays(today, -3));
    await certificate('first', 'CON-LAU', addDays(today, 61));
    await certificate('first', 'XUA-ROI', addDays(today, -400));
    await certificate('second', 'NOI-KHAC', addDays(today, 5));

    const page = await first('officer');
    const elsewhere = await first('otherOfficer', 'en');

    expect(page.text).to.contain('SAP-HET').and.contain('còn 60 ngày').and.contain('DA-HET');
    expect(page.text.indexOf('SAP-HET')).to.be.lessThan(page.text.indexOf('DA-HET'));
    for (const hidden of ['CON-LAU', 'XUA-ROI', 'NOI-KHAC', app.otherCooperativeId, 'Nắng Nương']) {
      expect(page.html).to.not.contain(hidden);
    }
    expect(elsewhere.text).to.contain('NOI-KHAC').and.contain('5 days left').and.not.contain('SAP-HET');
  });

  it('leaves out a certificate that a later one takes over from', async () => {
    await certificate('second', 'BAN-CU', addDays(today, 1));
    const body = { number: 'BAN-MOI', standard: 'Chuẩn BAN-CU', expiresOn: addDays(today, 900) };
    const answer = await (
      await app.as('otherManager')
    ).send('POST', `/api/v1/cooperatives/${app.otherCooperativeId}/certificates`, {
      body: multipart({ ...body, issuer: 'Trung tâm', issuedOn: '2026-01-01' }),
    });

    const page = await first('otherOfficer');

    expect(answer.status, answer.text).to.equal(201);
    expect(page.text).to.contain('NOI-KHAC').and.not.contain('BAN-CU').and.not.contain('BAN-MOI');
  });

  it('shows the administrator every registration, and provinces where nobody can decide', async () => {
    const { contract } = app.app.features.organizations;
    const common = { address: 'Thôn 1', demo: false, status: 'active' } as const;
    await contract.insert({
      ...common,
      id: 'lone',
      kind: 'cooperative',
      name: 'HTX Không Ai Trông',
      provinceCode: '01',
    });
    await contract.insert({
      ...common,
      id: 'peopled',
      kind: 'cooperative',
      name: 'HTX Vắng Cán Bộ',
      provinceCode: '04',
    });
    await contract.insert({
      ...common,
      id: 'union3',
      kind: 'union',
      name: 'Liên minh vắng',
      provinceCode: '04',
    });

    const page = await first('administrator');

    expect(page.text)
      .to.contain(`HTX ${own.marker}`)
      .and.contain(`HTX ${other.marker}`)
      .and.contain('Hà Nội chưa có liên minh')
      .and.contain('Liên minh của Cao Bằng chưa có cán bộ')
      .and.not.contain('Liên minh của Tuyên Quang');
    expect(page.html)
      .to.contain('href="/manage/members?organization=union3"')
      .and.contain('href="/manage/organizations/new?kind=cooperative"');
    const form = await (
      await app.browse('administrator')
    ).open('/manage/organizations/new?kind=union&province=01');
    const chosen = form.forms.flatMap(({ fields }) => fields).find(({ name }) => name === 'provinceCode');
    expect(chosen?.value).to.equal('01');
  });

  for (const { name, collection, filter, sort } of [
    {
      name: 'certificates of a province’s cooperatives',
      collection: 'certificates',
      filter: { cooperativeId: { $in: ['coop1', 'coop9'] }, expiresOn: { $gte: '2026-01-01' } },
      sort: { expiresOn: 1, _id: 1 },
    },
    {
      name: 'batches of a province',
      collection: 'batches',
      filter: { provinceCode: '08', status: { $in: ['open', 'closed'] } },
      sort: {},
    },
  ] as const) {
    it(`finds the ${name} by an index`, async () => {
      const found = connection.collection(collection).find(filter).sort(sort);

      const { queryPlanner } = await found.explain('executionStats');

      expect(JSON.stringify(queryPlanner.winningPlan)).to.contain('IXSCAN').and.not.contain('COLLSCAN');
    });
  }

  it('leads a shop’s people to the check of a delivery, and says what each answer means', async () => {
    const page = await first('staff');
    const english = await first('staff', 'en');

    expect(page.html)
      .to.contain('href="/verify#many"')
      .and.contain('1.000 mã')
      .and.not.contain('/manage/members');
    expect(page.text).to.contain('Kiểm tra chuyến hàng').and.contain('Không tìm thấy mã');
    expect(english.text).to.contain('Check a delivery').and.contain('Code not found');
    for (const { marker } of [own, other]) expect(page.html).to.not.contain(marker);
    const verify = await (await app.browse('staff')).open('/verify');
    expect(verify.html).to.contain('id="many"');
  });

  it('leads a shop’s manager to the staff', async () => {
    await app.app.features.accounts.contract.setRole('staff', app.retailerId, 'manager');

    expect((await first('staff')).html).to.contain('href="/manage/members"');
  });
});
