import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Connection } from 'mongoose';
import { decodeUnit, encodeUnit } from '../../src/domain/unit-code/unit-code.ts';
import { keyStore } from '../../src/features/labels/key-store.ts';
import {
  KEY_SETTLES_MS,
  unitKeys,
  type KeySource,
  type KeyUse,
} from '../../src/features/labels/unit-keys.ts';
import { ConfigError } from '../../src/platform/config.ts';
import { systemRandom } from '../../src/platform/random.ts';
import { connectStore } from '../../src/store/connect.ts';
import { freshDatabaseUri } from '../kit/database.ts';

const key = (byte: number) => new Uint8Array(32).fill(byte);

describe('the keys of unit codes', () => {
  let connection: Connection;
  let folder: string;
  let now: Date;
  let uses: Record<number, KeyUse>;

  beforeEach(async () => {
    connection = await connectStore(await freshDatabaseUri());
    folder = mkdtempSync(join(tmpdir(), 'nguon-keys-'));
    now = new Date('2026-11-24T03:00:00Z');
    uses = {};
  });
  afterEach(async () => {
    await connection.dropDatabase();
    await connection.close();
    rmSync(folder, { recursive: true });
  });

  const file = () => join(folder, 'keys', 'unit-codes');
  /** What another process has of the same installation. */
  const keysOf = (source: KeySource = { kind: 'kept', file: file() }) =>
    unitKeys({
      source,
      store: keyStore(connection.useDb(connection.name, { useCache: false })),
      clock: { now: () => now },
      random: systemRandom,
      useOf: async (epoch) => uses[epoch] ?? { runs: 0, expiresOn: null },
    });
  const opened = async (source?: KeySource) => {
    const keys = keysOf(source);
    await keys.open();
    return keys;
  };
  const given = (...keys: readonly Uint8Array[]): KeySource => ({ kind: 'given', keys });
  const later = (ms: number) => {
    now = new Date(now.getTime() + ms);
  };
  const refusal = async (source?: KeySource): Promise<string> => {
    try {
      await opened(source);
    } catch (error) {
      if (error instanceof ConfigError) return error.message;
      throw error;
    }
    throw new Error('It opened');
  };
  const epochs = (keys: { inForce(): readonly { epoch: number }[] }) =>
    keys.inForce().map(({ epoch }) => epoch);

  it('are made at the first start, for the owner alone, and are the same at the next', async () => {
    const first = await opened();
    const second = await opened();

    expect(epochs(first)).to.deep.equal([1]);
    expect(second.inForce()).to.deep.equal(first.inForce());
    expect(await first.current()).to.equal(1);
    expect(statSync(file()).mode & 0o777).to.equal(0o600);
    expect(statSync(join(folder, 'keys')).mode & 0o777).to.equal(0o700);
  });

  it('are the same of two processes that start first at once', async () => {
    const [first, second] = await Promise.all([opened(), opened()]);

    expect(second?.inForce()).to.deep.equal(first?.inForce());
  });

  it('stop a start without the file, with another file and with another setting', async () => {
    await opened();
    const text = readFileSync(file(), 'utf8');

    rmSync(file());
    expect(await refusal()).to.contain('is missing, and this database has labels of its keys');
    writeFileSync(file(), `1 ${'ab'.repeat(32)}\n`);
    expect(await refusal()).to.contain('does not have the key');
    writeFileSync(file(), `2 ${'ab'.repeat(32)}\n`);
    expect(await refusal()).to.contain('(key 1, since 24/11/2026)');
    expect(await refusal(given(key(1)))).to.contain('UNIT_CODE_KEY does not have the key');
    writeFileSync(file(), text);
    expect(epochs(await opened())).to.deep.equal([1]);
  });

  it('rotate: a run uses the new key when every process can read it, and old codes stay readable', async () => {
    const [server, operator] = [await opened(), await opened()];
    const [oldKey] = server.inForce();
    if (oldKey === undefined) throw new Error('There is one');
    const old = encodeUnit(oldKey, 3, 4);

    const outcome = await operator.rotate();
    const during = await server.current();
    const reader = await opened();
    later(KEY_SETTLES_MS);

    expect(outcome).to.include({ kind: 'rotated', epoch: 2, retired: null });
    expect(during).to.equal(1);
    expect(await reader.current()).to.equal(2);
    expect(decodeUnit(reader.inForce(), old)).to.deep.equal({ run: 3, index: 4, epoch: 1 });
  });

  it('that were rotated are read by a running process within two seconds', async () => {
    const [server, operator] = [await opened(), await opened()];
    server.follow((error) => {
      throw error;
    });

    await operator.rotate();
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    server.stop();

    expect(epochs(server)).to.deep.equal([2, 1]);
  });

  it('are four at most: the oldest is retired only when all that it printed has expired', async () => {
    const keys = await opened();
    for (let epoch = 2; epoch <= 4; epoch += 1) await keys.rotate();
    later(60_000);

    uses[1] = { runs: 3, expiresOn: '2026-11-24' };
    expect(await keys.rotate()).to.deep.equal({ kind: 'full', oldest: 1, until: '2026-11-24' });
    uses[1] = { runs: 3, expiresOn: null };
    expect(await keys.rotate()).to.deep.equal({ kind: 'full', oldest: 1, until: null });
    uses[1] = { runs: 3, expiresOn: '2026-11-23' };
    expect(await keys.rotate()).to.include({ kind: 'rotated', epoch: 5, retired: 1 });

    expect(epochs(await opened())).to.deep.equal([5, 4, 3, 2]);
    expect(readFileSync(file(), 'utf8').trim().split('\n')).to.have.length(4);
    expect((await keys.list()).map(({ retiredAt }) => retiredAt !== null)).to.deep.equal([
      true,
      false,
      false,
      false,
      false,
    ]);
  });

  it('that two people rotate at once are rotated, and belong together', async () => {
    const [one, other] = [await opened(), await opened()];

    await Promise.allSettled([one.rotate(), other.rotate()]);

    const after = await opened();
    expect(epochs(after)[0]).to.be.within(2, 3);
  });

  it('whose rotation was cut off after the file are begun at the next start', async () => {
    await opened();
    writeFileSync(file(), `2 ${'cd'.repeat(32)}\n${readFileSync(file(), 'utf8')}`);

    const keys = await opened();

    expect(epochs(keys)).to.deep.equal([2, 1]);
    expect(await keys.current()).to.equal(1);
    later(KEY_SETTLES_MS);
    expect(await keys.current()).to.equal(2);
  });

  it('from the setting keep their epochs, whatever their order, and the first is for new runs', async () => {
    expect(await (await opened(given(key(1)))).current()).to.equal(1);
    const both = await opened(given(key(2), key(1)));
    expect(epochs(both)).to.deep.equal([2, 1]);
    expect(await both.current()).to.equal(2);
    expect(await (await opened(given(key(1), key(2)))).current()).to.equal(1);

    uses[1] = { runs: 1, expiresOn: '2030-01-01' };
    expect(await refusal(given(key(2)))).to.contain('key 1');
    uses[1] = { runs: 1, expiresOn: '2020-01-01' };
    expect(epochs(await opened(given(key(2))))).to.deep.equal([2]);
    const refused = await both.rotate().catch((error: unknown) => error);
    expect(refused).to.be.instanceOf(ConfigError);
  });
});
