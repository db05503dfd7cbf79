import { expect } from 'chai';
import { codeTries } from '../../../src/features/trace/tries.ts';
import { Problem } from '../../../src/platform/problem.ts';

function watched(options: { readonly alarmPerMinute?: number; readonly processes?: number } = {}) {
  let nowMs = 1_000_000;
  const told = {
    checked: new Map<string, number>(),
    limited: 0,
    misses: [] as [number, boolean][],
    warnings: 0,
  };
  const tries = codeTries({
    clock: { now: () => new Date(nowMs) },
    log: { info: () => {}, error: () => {}, warn: () => (told.warnings += 1) },
    meters: {
      checked: (verdict) => told.checked.set(verdict, (told.checked.get(verdict) ?? 0) + 1),
      limited: () => (told.limited += 1),
      misses: (count, isAlarm) => told.misses.push([count, isAlarm]),
    },
    perClient: { atOnce: 10, perSecond: 1 },
    ofAll: { atOnce: 25, perSecond: 5 },
    processes: 1,
    ...options,
  });
  const waitOf = (address: string): string | undefined => {
    try {
      tries.check(address);
      return undefined;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      expect(error.status).to.equal(429);
      return error.options.headers?.['Retry-After'];
    }
  };
  const miss = (address: string, times: number) => {
    tries.count(address, Array<'unknown'>(times).fill('unknown'));
  };
  return { tries, told, waitOf, miss, later: (ms: number) => (nowMs += ms) };
}

describe('checking codes that lead nowhere', () => {
  it('is refused to a network after so many, for as long as the next one takes', () => {
    const { waitOf, miss, later, told } = watched();

    miss('203.0.113.7', 12);

    expect(waitOf('203.0.113.7')).to.equal('3');
    expect(waitOf('198.51.100.1')).to.equal(undefined);
    expect(told.limited).to.equal(1);
    later(3_000);
    expect(waitOf('203.0.113.7')).to.equal(undefined);
  });

  it('counts a household’s many IPv6 addresses as one', () => {
    const { waitOf, miss } = watched();

    for (let host = 1; host <= 10; host += 1) miss(`2001:db8:1:2::${host}`, 1);

    expect(waitOf('2001:db8:1:2::ffff')).to.be.a('string');
    expect(waitOf('2001:db8:1:3::1')).to.equal(undefined);
  });

  it('is refused to everybody when all together miss too often', () => {
    const { waitOf, miss, later } = watched();

    for (let host = 1; host <= 25; host += 1) miss(`198.51.100.${host}`, 1);

    expect(waitOf('203.0.113.1')).to.equal('1');
    later(1_000);
    expect(waitOf('203.0.113.1')).to.equal(undefined);
  });

  it('is refused to everybody at a process’s share of what all may, where several processes serve', () => {
    const { waitOf, miss, later, told } = watched({ processes: 5, alarmPerMinute: 20 });

    for (let host = 1; host <= 4; host += 1) miss(`198.51.100.${host}`, 1);
    const before = [waitOf('203.0.113.1'), told.misses.at(-1)];
    miss('198.51.100.5', 1);

    expect(before).to.deep.equal([undefined, [4, false]]);
    expect(waitOf('203.0.113.1')).to.equal('1');
    expect(told.misses.at(-1)).to.deep.equal([5, true]);
    later(1_000);
    expect(waitOf('203.0.113.1')).to.equal(undefined);
  });

  it('never counts a code that is found', () => {
    const { tries, waitOf, told } = watched();

    for (let at = 0; at < 100; at += 1) tries.count('203.0.113.7', ['genuine', 'void', 'expired']);

    expect(waitOf('203.0.113.7')).to.equal(undefined);
    expect([...told.checked]).to.deep.equal([
      ['genuine', 100],
      ['void', 100],
      ['expired', 100],
    ]);
  });

  it('raises the alarm, and warns once a minute', () => {
    const { miss, later, told, tries } = watched({ alarmPerMinute: 3 });

    miss('203.0.113.7', 3);
    expect(told.misses.at(-1)).to.deep.equal([3, false]);
    miss('203.0.113.8', 1);
    miss('203.0.113.9', 1);
    expect(told.misses.at(-1)).to.deep.equal([5, true]);
    expect(told.warnings).to.equal(1);
    later(60_000);
    tries.check('198.51.100.1');
    expect(told.misses.at(-1)).to.deep.equal([0, false]);
    miss('203.0.113.9', 4);
    expect(told.warnings).to.equal(2);
  });
});
