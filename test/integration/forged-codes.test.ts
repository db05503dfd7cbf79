import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import type { CommandStartedEvent } from 'mongodb';
import mongoose from 'mongoose';
import { CODE_ALPHABET, UNIT_CODE_LENGTH } from '../../src/domain/batch-code/batch-code.ts';
import { encodeUnit, unitKey } from '../../src/domain/unit-code/unit-code.ts';
import { testApp, type TestApp } from '../kit/app.ts';
import { freshDatabaseUri } from '../kit/database.ts';
import { teaBatch, teaProduct } from '../kit/samples.ts';

const ours = unitKey(new Uint8Array(32).fill(9), 1);
const theirs = unitKey(new Uint8Array(32).fill(8), 1);
const CODES = 50;
/** What one request of a stranger may check. */
const AT_ONCE = 20;

/** The last character but one, changed: a code of ours with a wrong tag. */
function altered(code: string): string {
  const [before, last] = [code.slice(0, -2), code.slice(-2)];
  const next = CODE_ALPHABET[(CODE_ALPHABET.indexOf(last[0] ?? '') + 1) % CODE_ALPHABET.length];
  return `${before}${next}${last[1]}`;
}

const random = (): string =>
  [...randomBytes(UNIT_CODE_LENGTH)].map((byte) => CODE_ALPHABET[byte % CODE_ALPHABET.length]).join('');

describe('a unit code that no key of ours made', () => {
  let app: TestApp;
  let run: number;
  const commands: string[] = [];
  /** `find print-runs` of each command that `work` made the server send. */
  const sent = async (work: () => Promise<unknown>): Promise<readonly string[]> => {
    commands.length = 0;
    await work();
    return [...commands];
  };
  const forged = (): readonly string[] =>
    Array.from({ length: CODES }, (_, at) => {
      const index = 1 + (at % 10);
      if (at % 3 === 0) return encodeUnit(theirs, run, index);
      return at % 3 === 1 ? altered(encodeUnit(ours, run, index)) : random();
    });
  const verify = async (codes: readonly string[]) => {
    const guest = await app.as('guest');
    for (let at = 0; at < codes.length; at += AT_ONCE) {
      const answer = await guest.post('/verifications', { codes: codes.slice(at, at + AT_ONCE) });
      expect(answer.status, answer.text).to.equal(200);
      const verdicts = (answer.body.items as { verdict: string }[]).map(({ verdict }) => verdict);
      expect(new Set(verdicts)).to.deep.equal(new Set(['unknown']));
    }
  };

  before(async () => {
    const uri = await freshDatabaseUri();
    app = await testApp({ uri: `${uri}${uri.includes('?') ? '&' : '?'}monitorCommands=true` });
    const manager = await app.as('manager');
    const product = (await manager.post(`/cooperatives/${app.cooperativeId}/products`, teaProduct)).body;
    const batch = (await manager.post(`/products/${product.id}/batches`, { ...teaBatch, packs: 100 })).body;
    const made = await manager.post(`/batches/${batch.id}/print-runs`, {
      template: 'avery-l7160',
      count: 10,
      codes: 'unit',
    });
    expect(made.status, made.text).to.equal(201);
    run = made.body.run;
    const database = new URL(uri).pathname.slice(1);
    const connection = mongoose.connections.find(({ name }) => name === database);
    connection?.getClient().on('commandStarted', ({ commandName, command }: CommandStartedEvent) => {
      commands.push(`${commandName} ${String(command[commandName])}`);
    });
    // What the server does beside requests ends before anything is counted: a second after a file it says that it is
    // done.
    expect((await manager.get(`/print-runs/${made.body.id}/labels.csv`)).status).to.equal(200);
    while (!commands.includes('delete label-file-progress')) await pause(50);
  });
  after(async () => app.stop());

  it('reads nothing at all from the database when it is checked by a program', async () => {
    const found = await sent(() => verify(forged()));

    expect(found).to.deep.equal([]);
  });

  it('reads nothing at all when its page is opened, or asked for by a program', async () => {
    const guest = await app.as('guest');

    const found = await sent(async () => {
      for (const code of forged()) {
        const page = await fetch(`${app.url}/${code}`, { headers: { accept: 'text/html' } });
        const answer = await guest.get(`/trace/${code}`);

        expect(page.status).to.equal(404);
        expect(answer.body.verdict).to.equal('unknown');
      }
    });

    expect(found).to.deep.equal([]);
  });

  it('is told from ours: that one is looked up, with what of its run is void', async () => {
    const guest = await app.as('guest');

    const found = await sent(() => guest.post('/verifications', { codes: [encodeUnit(ours, run, 3)] }));

    expect(found).to.include.members(['find print-runs', 'find label-voids']);
  });
});
