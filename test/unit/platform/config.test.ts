import { expect } from 'chai';
import { ConfigError, readConfig } from '../../../src/platform/config.ts';

const problemOf = (environment: Record<string, string>): string => {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return 'no problem';
};

describe('settings', () => {
  it('have a default for everything', () => {
    const config = readConfig({});

    expect(config).to.deep.include({
      host: '127.0.0.1',
      port: 3000,
      publicUrl: 'http://localhost:3000',
      dataDir: './data',
      mongodbUri: undefined,
      administrator: undefined,
      demo: true,
      demoPassword: undefined,
      logLevel: 'info',
      workers: 1,
      production: false,
      localOnly: true,
    });
  });

  const wrong: readonly (readonly [string, string])[] = [
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '80a'],
    ['PORT', '3000.5'],
    ['PUBLIC_URL', 'nguon.example'],
    ['PUBLIC_URL', 'ftp://nguon.example'],
    ['PUBLIC_URL', 'https://nguon.example/?a=1'],
    ['MONGODB_URI', 'postgres://localhost'],
    ['ADMIN_EMAIL', 'nobody'],
    ['ADMIN_PASSWORD', 'short'],
    ['DEMO', 'yes'],
    ['DEMO_PASSWORD', 'short'],
    ['LOG_LEVEL', 'loud'],
    ['WORKERS', '0'],
    ['WORKERS', '65'],
    ['METRICS_TOKEN', 'short'],
    ['SESSION_SECRET', 'zz'],
    ['TRUSTED_PROXIES', '11'],
  ];
  for (const [name, value] of wrong) {
    it(`name ${name} when it is ${JSON.stringify(value)}, in one line`, () => {
      const message = problemOf({ ADMIN_EMAIL: 'a@b.vn', ADMIN_PASSWORD: 'long enough', [name]: value });

      expect(message).to.match(new RegExp(`^${name} must be [^\\n]+$`));
    });
  }

  it('name the half of the administrator that is missing', () => {
    expect(problemOf({ ADMIN_EMAIL: 'a@b.vn' })).to.match(/^ADMIN_PASSWORD must be set/);
    expect(problemOf({ ADMIN_PASSWORD: 'long enough' })).to.match(/^ADMIN_EMAIL must be set/);
  });

  it('never repeat a secret in what they say', () => {
    expect(problemOf({ SESSION_SECRET: 'my-secret' })).not.to.contain('my-secret');
    expect(problemOf({ MONGODB_URI: 'x://admin:my-secret@h' })).not.to.contain('my-secret');
  });

  it('count as unset when they are empty', () => {
    const config = readConfig({ PORT: '', DEMO: '', ADMIN_EMAIL: '', ADMIN_PASSWORD: '' });

    expect(config).to.include({ port: 3000, demo: true, administrator: undefined });
  });

  it('open production empty, unless the demonstration is asked for', () => {
    expect(readConfig({ NODE_ENV: 'production' }).demo).to.equal(false);
    expect(readConfig({ NODE_ENV: 'production', DEMO: '1' }).demo).to.equal(true);
    expect(readConfig({ DEMO: '0' }).demo).to.equal(false);
  });

  it('take the public address without its last slash, and otherwise from the port', () => {
    expect(readConfig({ PUBLIC_URL: 'https://nguon.example/' }).publicUrl).to.equal('https://nguon.example');
    expect(readConfig({ PORT: '4199' }).publicUrl).to.equal('http://localhost:4199');
  });

  it('know whether only this machine reaches the server', () => {
    const local = (environment: Record<string, string>) => readConfig(environment).localOnly;

    expect(local({ HOST: '::1' })).to.equal(true);
    expect(local({ HOST: '0.0.0.0' })).to.equal(false);
    expect(local({ PUBLIC_URL: 'https://nguon.example' })).to.equal(false);
    expect(local({ PUBLIC_URL: 'https://127.0.0.1.nguon.example' })).to.equal(false);
  });
});
