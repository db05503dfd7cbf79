import { expect } from 'chai';
import { barText, byteText, progressText } from '../../../src/platform/progress-bar.ts';

describe('how far something is', () => {
  it('says bytes in the unit that fits', () => {
    const texts = [0, 999, 1_000, 12_345_678, 3e12].map(byteText);

    expect(texts).to.deep.equal(['0 B', '999 B', '1.0 KB', '12.3 MB', '3.0 TB']);
  });

  it('says share, bytes, rate and what is left', () => {
    const text = progressText({ done: 30e6, total: 120e6, elapsedMs: 15_000 });

    expect(text).to.equal('25 %  30.0 MB / 120.0 MB  2.0 MB/s  còn / left 45 s');
  });

  it('reckons nothing from nothing, and nothing is left at the end', () => {
    expect(progressText({ done: 0, total: 10, elapsedMs: 5 })).to.equal('0 %  0 B / 10 B');
    expect(progressText({ done: 10, total: 10, elapsedMs: 1_000 })).to.equal('100 %  10 B / 10 B  10 B/s');
    expect(progressText({ done: 0, total: 0, elapsedMs: 0 })).to.equal('100 %  0 B / 0 B');
  });

  it('says minutes where seconds are many', () => {
    expect(progressText({ done: 1e6, total: 101e6, elapsedMs: 1_000 })).to.contain('1 min 40 s');
  });

  it('draws the share', () => {
    expect(barText({ done: 1, total: 4, elapsedMs: 0 })).to.equal('[█████░░░░░░░░░░░░░░░]');
    expect(barText({ done: 0, total: 0, elapsedMs: 0 })).to.equal('[████████████████████]');
  });
});
