import { expect } from 'chai';
import { PASSWORD, emailOf, testApp, type TestApp } from '../kit/app.ts';
import { session } from '../kit/browser-session.ts';

describe('the sign-in page', () => {
  let app: TestApp;

  before(async () => {
    app = await testApp();
  });
  after(async () => app.stop());

  it('signs in with its form, and out again with the button', async () => {
    const browser = session(app.url);

    await browser.signIn(emailOf('manager'), PASSWORD);
    const signedIn = browser.cookie('__Host-nguon_session');
    const form = await browser.open('/login?next=/verify');

    expect(signedIn).to.match(/^\S{20,}$/);
    expect(form.path).to.equal('/verify');
  });

  it('keeps the name and not the password when the password is wrong', async () => {
    const browser = session(app.url);
    const page = await browser.open('/login');

    const again = await browser.submit(
      page,
      { login: emailOf('manager'), password: 'sai mật khẩu' },
      /^\/login/,
    );

    expect(again.status).to.equal(401);
    expect(again.text).to.contain('Tên đăng nhập hoặc mật khẩu chưa đúng');
    expect(again.forms[0]?.fields.find(({ name }) => name === 'login')?.value).to.equal(emailOf('manager'));
    expect(again.html).not.to.contain('sai mật khẩu');
    expect(browser.cookie('__Host-nguon_session')).to.equal(undefined);
  });

  it('refuses a form that another site sends with the cookies of this browser', async () => {
    const browser = session(app.url);
    await browser.open('/login');

    const forged = await browser.send('POST', '/login', {
      body: new URLSearchParams({ login: emailOf('manager'), password: PASSWORD, csrfToken: 'forged' }),
    });

    expect(forged.status).to.equal(403);
    expect(browser.cookie('__Host-nguon_session')).to.equal(undefined);
  });
});
