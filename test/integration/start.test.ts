import { expect } from 'chai';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { client } from '../kit/client.ts';
import { skipBecause } from '../kit/skip.ts';
import { freePort } from '../../scripts/free-port.mjs';
import { startProcess, type ServerProcess } from '../kit/whole-server.ts';

const EMPTY = { DEMO: '0' } as const;
const ADMINISTRATOR = { ADMIN_EMAIL: 'admin@nguon.example', ADMIN_PASSWORD: 'long enough' } as const;

/** The servers that another one started. Source: proc(5), field 4 of `stat` */
function workersOf(parent: number): readonly number[] {
  const processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return processes.map(Number).filter((pid) => {
    try {
      const [, ppid] = /\) \S (\d+) /.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
      return Number(ppid) === parent && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('server.ts');
    } catch {
      // It ended since it was listed.
      return false;
    }
  });
}

describe('starting and stopping the server', function () {
  this.timeout(180_000);
  let folder: string;
  const started: ServerProcess[] = [];

  const start = async (settings: Readonly<Record<string, string>>) => {
    const server = await startProcess({ DATA_DIR: folder, ...settings });
    started.push(server);
    return server;
  };
  /** What a start that must fail wrote for people, and its exit code. */
  const failure = async (settings: Readonly<Record<string, string>>) => {
    const server = await start(settings);
    const code = await server.end();
    return { code, lines: server.err().trim().split('\n'), out: server.out() };
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'nguon-start-'));
  });
  afterEach(async () => {
    for (const server of started.splice(0)) await server.end('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  it('names a wrong setting in one line and ends with 1', async () => {
    const { code, lines } = await failure({ ...EMPTY, WORKERS: 'many' });

    expect(code).to.equal(1);
    expect(lines).to.deep.equal(['Setting: WORKERS must be a number from 1 to 64']);
  });

  it('names the port in one line when another program has it', async () => {
    const port = await freePort();
    const other = createServer().listen(port, '127.0.0.1');
    await once(other, 'listening');

    const alone = await failure({ ...EMPTY, PORT: String(port) });
    const workers = await failure({ ...EMPTY, PORT: String(port), WORKERS: '2' });
    other.close();

    for (const { code, lines } of [alone, workers]) {
      expect(code).to.equal(1);
      expect(lines).to.have.length(1);
      expect(lines[0]).to.match(new RegExp(`^Setting: PORT ${port} is in use`));
    }
  });

  it('names an address that is not this machine’s', async () => {
    const { code, lines } = await failure({ ...EMPTY, HOST: '192.0.2.7' });

    expect(code).to.equal(1);
    expect(lines[0]).to.equal('Setting: HOST 192.0.2.7 is not an address of this machine');
  });

  it('names a data folder that cannot be written', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    const inFile = await failure({ ...EMPTY, DATA_DIR: join(file, 'data') });

    expect(inFile.code).to.equal(1);
    expect(inFile.lines).to.have.length(1);
    expect(inFile.lines[0]).to.match(/^Setting: DATA_DIR .* cannot be written/);
  });

  it('names a data folder whose permissions keep it out', async function () {
    if (process.getuid?.() === 0) skipBecause(this, 'the superuser may write anywhere');
    chmodSync(folder, 0o500);
    const { code, lines } = await failure(EMPTY);
    chmodSync(folder, 0o700);

    expect(code).to.equal(1);
    expect(lines[0]).to.match(/^Setting: DATA_DIR .* cannot be written/);
  });

  it('names a database that does not answer, without its password', async () => {
    const uri = `mongodb://clerk:s3cret@127.0.0.1:${await freePort()}/nguon`;
    const { code, lines, out } = await failure({ ...EMPTY, MONGODB_URI: uri });

    expect(code).to.equal(1);
    expect(lines).to.have.length(1);
    expect(lines[0]).to.match(/^Setting: MONGODB_URI mongodb:\/\/127\.0\.0\.1:\d+\/nguon cannot be used/);
    expect(lines[0] + out).not.to.contain('s3cret');
  });

  it('refuses a data folder that another server has open, and leaves that one alone', async () => {
    const first = await start(EMPTY);
    await first.ready();

    const second = await failure(EMPTY);

    expect(second.code).to.equal(1);
    expect(second.lines).to.have.length(1);
    expect(second.lines[0]).to.match(/^Setting: DATA_DIR .* is in use by another process/);
    expect((await fetch(`${first.url}/readyz`)).status).to.equal(200);
  });

  it('opens production empty, with the administrator that the settings name', async () => {
    const server = await start({ NODE_ENV: 'production', ...ADMINISTRATOR });
    await server.ready();
    const admin = client(server.url);
    const signedIn = await admin.signIn(ADMINISTRATOR.ADMIN_EMAIL, ADMINISTRATOR.ADMIN_PASSWORD);
    const cooperatives = await admin.get('/cooperatives');

    expect(signedIn.status).to.equal(200);
    expect((await admin.get('/me')).body.administrator).to.equal(true);
    expect(cooperatives.body.items).to.deep.equal([]);
    expect(server.err()).to.equal('');
  });

  it('finishes what is under way at SIGTERM, takes nothing new, and ends with 0', async () => {
    const server = await start({ ...EMPTY, ...ADMINISTRATOR });
    await server.ready();
    const admin = client(server.url);
    await admin.signIn(ADMINISTRATOR.ADMIN_EMAIL, ADMINISTRATOR.ADMIN_PASSWORD);
    const codes = ['01', '04', '08', '11', '12', '14', '15', '19', '20', '22', '24', '25'];
    const answers = codes.map((provinceCode) =>
      admin.post('/unions', { provinceCode, name: `Liên minh Hợp tác xã ${provinceCode}` }),
    );
    const first = await Promise.race(answers);

    const ended = server.end('SIGTERM');
    const settled = await Promise.allSettled(answers);
    const code = await ended;
    const refused = await fetch(`${server.url}/healthz`).catch(() => 'refused');
    const again = await start({ ...EMPTY });
    await again.ready();
    const answered = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    const later = client(again.url);
    await later.signIn(ADMINISTRATOR.ADMIN_EMAIL, ADMINISTRATOR.ADMIN_PASSWORD);
    // A province has one union: a second one is refused where the first is there.
    const repeated = await Promise.all(
      answered.map(({ body }) =>
        later.post('/unions', { provinceCode: body.provinceCode, name: 'Liên minh thứ hai' }),
      ),
    );

    expect(first.status).to.equal(201);
    expect(code).to.equal(0);
    expect(refused).to.equal('refused');
    expect(answered.map(({ status }) => status)).to.deep.equal(answered.map(() => 201));
    expect(repeated.map(({ status }) => status)).to.deep.equal(answered.map(() => 409));
    // Standard output is for programs: every line of it is JSON.
    for (const line of server.out().trim().split('\n'))
      expect(() => JSON.parse(line) as unknown).not.to.throw();
  });

  it('serves with several processes over one database and one demonstration', async () => {
    const server = await start({ WORKERS: '2', DEMO_PASSWORD: 'demo-password-1' });
    await server.ready();
    const page = await fetch(`${server.url}/`);
    const manager = client(server.url);
    await manager.signIn('quanly@mayngu.example', 'demo-password-1');
    const { memberships } = (await manager.get('/me')).body;
    const made = await manager.post(`/cooperatives/${memberships[0].organizationId}/products`, {
      name: { vi: 'Chè bánh' },
      tier: 'local',
      category: '1.11',
    });
    // Each on a connection of its own, so that both processes are asked.
    const found = await Promise.all(
      Array.from({ length: 12 }, async () => {
        const headers = { connection: 'close' };
        return (await fetch(`${server.url}/api/v1/products/${made.body.id}`, { headers })).status;
      }),
    );
    const cooperatives = (await manager.get('/cooperatives')).body.items;
    // One process serves before the other listens, and only then is there something to say.
    await server.said('/login');
    const code = await server.end('SIGTERM');

    expect(page.status).to.equal(200);
    expect(made.status, made.text).to.equal(201);
    expect(found).to.deep.equal(found.map(() => 200));
    expect(cooperatives).to.have.length(8);
    expect(server.err().match(/Loading the demonstration/g)).to.have.length(1);
    expect(server.err()).to.contain(`${server.url.replace('127.0.0.1', 'localhost')}/login`);
    expect(code).to.equal(0);
  });

  it('goes on with the others when one of several processes is killed, and starts another', async function () {
    if (!existsSync('/proc/self/stat')) skipBecause(this, 'no /proc to find the processes by');
    const server = await start({ ...EMPTY, WORKERS: '2' });
    const logged = async (words: string) =>
      server.until(() => server.out().includes(words), `does not log “${words}”`);
    await logged('"serving"');
    const [killed = 0, other] = workersOf(server.pid);
    process.kill(killed, 'SIGKILL');
    await logged('worker ended; starting another');
    const answers: number[] = [];
    for (let request = 0; request < 6; request += 1) {
      // A connection of its own: one that was the killed process's is gone with it.
      const { status } = await fetch(`${server.url}/readyz`, { headers: { connection: 'close' } });
      answers.push(status);
    }
    await server.until(() => workersOf(server.pid).length === 2, 'starts no other process');
    const after = workersOf(server.pid);
    const code = await server.end('SIGTERM');

    expect(answers).to.deep.equal(answers.map(() => 200));
    expect(after).to.include(other).and.not.include(killed);
    expect(code).to.equal(0);
  });

  it('goes on loading the demonstration after it was killed in the middle', async () => {
    const settings = { DEMO_PASSWORD: 'demo-password-1' };
    const first = await start(settings);
    await first.said('Loading the demonstration');
    await new Promise((resolve) => setTimeout(resolve, 400));
    await first.end('SIGKILL');

    const second = await start(settings);
    await second.ready();
    const guest = client(second.url);
    const cooperatives = (await guest.get('/cooperatives')).body.items;
    const products = (await guest.get('/products?limit=200')).body.items;
    const accounts = second.err();
    await second.end('SIGTERM');

    expect(cooperatives).to.have.length(8);
    expect(products).to.have.length(23);
    expect(accounts).to.contain('ghichep@mayngu.example').and.contain('demo-password-1');
  });
});
