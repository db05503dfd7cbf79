import { expect } from 'chai';
import fc from 'fast-check';
import { clockInVietnam, dateInVietnam } from '../../../src/platform/clock.ts';
import { formatInstant, localInputValue } from '../../../src/platform/format.ts';

/** Since clocks of the whole country show the same. */
const SINCE = new Date('1975-06-14T00:00:00Z');

describe('what clocks in Vietnam show', () => {
  it('is a new day from 17:00 of Greenwich on', () => {
    expect(dateInVietnam(new Date('2026-11-24T16:59:59.999Z'))).to.equal('2026-11-24');
    expect(dateInVietnam(new Date('2026-11-24T17:00:00Z'))).to.equal('2026-11-25');
  });

  it('is shown to people with the day after the time, and put into fields as they want it', () => {
    const instant = new Date('2026-11-24T01:30:00Z');

    expect(formatInstant(instant)).to.equal('08:30, 24/11/2026');
    expect(localInputValue(instant)).to.equal('2026-11-24T08:30');
  });

  it('is what the time zone database says', () => {
    const theirs = new Intl.DateTimeFormat('sv-SE', {
      timeZone: 'Asia/Ho_Chi_Minh',
      dateStyle: 'short',
      timeStyle: 'medium',
    });

    fc.assert(
      fc.property(fc.date({ min: SINCE, max: new Date('2100-01-01'), noInvalidDate: true }), (instant) => {
        expect(clockInVietnam(instant).slice(0, 19).replace('T', ' ')).to.equal(theirs.format(instant));
      }),
    );
  });
});
