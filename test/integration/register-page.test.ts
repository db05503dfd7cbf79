import { expect } from 'chai';
import { PASSWORD, emailOf, testApp, type TestApp } from '../kit/app.ts';
import { session } from '../kit/browser-session.ts';
import { registrationForm } from '../kit/tenants.ts';

describe('the pages of joining', () => {
  let app: TestApp;

  before(async () => {
    app = await testApp();
  });
  after(async () => app.stop());

  const fieldIn = (
    page: { forms: readonly { fields: readonly { name: string; value: string | null }[] }[] },
    name: string,
  ) => page.forms.flatMap(({ fields }) => fields).find((field) => field.name === name)?.value;

  it('registers a cooperative, whose manager signs in and sees that it waits', async () => {
    const browser = session(app.url);
    const form = registrationForm('08', 'Đăng ký');

    const sent = await browser.submit(await browser.open('/register'), form, '/register');
    const manager = session(app.url);
    const today = await manager.signIn(form['manager.email'] ?? '', form['manager.password'] ?? '');

    expect(sent.path).to.equal('/register?sent=08');
    expect(sent.text).to.contain('Liên minh Hợp tác xã tỉnh Tuyên Quang');
    expect(today.text).to.contain('chờ');
  });

  it('makes one cooperative of a form that is sent twice', async () => {
    const browser = session(app.url);
    const page = await browser.open('/register');
    const form = registrationForm('08', 'Hai lần');

    const both = await Promise.all([
      browser.submit(page, form, '/register'),
      browser.submit(page, form, '/register'),
    ]);
    const found = await app.app.features.organizations.service.pending(
      { userId: 'officer', name: '', email: '', administrator: true, memberships: [] },
      { limit: 200 },
    );

    expect(both.map(({ status }) => status)).to.deep.equal([200, 200]);
    expect(found.items.filter(({ name }) => name === form['cooperative.name'])).to.have.length(1);
  });

  it('keeps what was typed, says what to mend beside each field, and shows no password again', async () => {
    const browser = session(app.url);
    const form = {
      ...registrationForm('08', 'Sai'),
      'cooperative.name': '',
      'manager.email': emailOf('clerk'),
    };

    const again = await browser.submit(await browser.open('/register'), form, '/register');
    const taken = await browser.submit(
      again,
      { 'cooperative.name': 'HTX Đúng', 'manager.password': PASSWORD },
      '/register',
    );

    expect(again.status).to.equal(422);
    expect(again.html).to.contain('data-reveal="field-manager.password"').and.contain('Hiện mật khẩu');
    expect(fieldIn(again, 'manager.email')).to.equal(emailOf('clerk'));
    expect(again.html).not.to.contain(PASSWORD);
    expect(again.text).to.contain('Vui lòng điền mục này');
    expect(taken.status).to.equal(409);
    expect(taken.text).to.contain('đã có tài khoản');
  });

  it('finds the province of today for an address of before, and chooses it', async () => {
    const browser = session(app.url);
    const form = {
      ...registrationForm('', 'Cũ'),
      'cooperative.address': 'Xã Lũng Phìn, huyện Đồng Văn, Hà Giang',
    };

    const asked = await browser.submit(await browser.open('/register'), form, '/register');
    const sent = await browser.submit(asked, { 'manager.password': PASSWORD }, '/register');

    expect(asked.status).to.equal(422);
    expect(asked.text).to.contain('Địa chỉ nhắc đến Hà Giang; từ 01/07/2025 nơi này thuộc Tuyên Quang');
    expect(fieldIn(asked, 'cooperative.provinceCode')).to.equal('08');
    expect(sent.path).to.equal('/register?sent=08');
  });

  it('asks once about an address in another province, and takes the answer', async () => {
    const browser = session(app.url);
    const form = { ...registrationForm('68', 'Khác'), 'cooperative.address': 'Thôn 3, Tuyên Quang' };

    const asked = await browser.submit(await browser.open('/register'), form, '/register');
    const sent = await browser.submit(asked, { 'manager.password': PASSWORD }, '/register');

    expect(asked.status).to.equal(422);
    expect(sent.path).to.equal('/register?sent=68');
  });

  it('takes a commune by its name, with or without its kind', async () => {
    const browser = session(app.url);
    const wrong = { ...registrationForm('08', 'Xã'), 'cooperative.communeCode': 'Không có đâu' };

    const asked = await browser.submit(await browser.open('/register'), wrong, '/register');
    const sent = await browser.submit(
      asked,
      { 'cooperative.communeCode': 'lung phin', 'manager.password': PASSWORD },
      '/register',
    );

    expect(asked.text).to.contain('không có xã, phường nào tên như vậy');
    expect(sent.path, sent.text).to.equal('/register?sent=08');
  });

  it('accepts an invitation by its link and is at work at once, also after a second press', async () => {
    const manager = await app.as('manager');
    const email = 'loi-moi@example.org';
    const { token } = (
      await manager.post(`/organizations/${app.cooperativeId}/invitations`, { email, role: 'clerk' })
    ).body;
    const browser = session(app.url);
    const page = await browser.open(`/invitations/${token}`);
    const entries = { name: 'Lò Thị Mới', password: PASSWORD };

    const first = await browser.submit(page, entries, `/invitations/${token}`);
    const second = await browser.submit(page, entries, `/invitations/${token}`);
    const later = await session(app.url).open(`/invitations/${token}`);

    expect(page.text).to.contain('Hợp tác xã Chè Mây Ngủ mời bạn làm người ghi chép');
    expect([first.path, second.path]).to.deep.equal(['/manage', '/manage']);
    expect(later.text).to.contain('Lời mời này không còn dùng được');
  });

  it('asks somebody with an account for its password, and somebody signed in for nothing', async () => {
    const administrator = await app.as('administrator');
    const invited = async () =>
      (
        await administrator.post(`/organizations/${app.retailerId}/invitations`, {
          email: emailOf('otherManager'),
          role: 'staff',
        })
      ).body.token as string;
    const first = await invited();
    const stranger = session(app.url);
    const asked = await stranger.open(`/invitations/${first}`);
    const wrong = await stranger.submit(asked, { password: 'not the one' }, `/invitations/${first}`);
    const own = session(app.url);
    await own.signIn(emailOf('otherManager'), PASSWORD);

    const accepted = await own.submit(await own.open(`/invitations/${first}`), {}, `/invitations/${first}`);

    expect(asked.text).to.contain('đã có tài khoản');
    expect(wrong.status).to.equal(422);
    expect(wrong.text).to.contain('Mật khẩu này chưa đúng');
    expect(accepted.path).to.equal('/manage');
  });
});
