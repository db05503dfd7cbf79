import { expect } from 'chai';
import { newFailPoints } from '../../../src/embedded-mongodb/fail-points.ts';

const point = (data: object) => ({ configureFailPoint: 'failCommand', mode: 'alwaysOn', data });

describe('fail points', () => {
  it('keep what they had when another is refused', () => {
    const points = newFailPoints();
    points.configure(point({ failCommands: ['find'], errorCode: 91 }));

    expect(() => points.configure(point({ failCommands: ['count'], blockConnection: true }))).to.throw(
      'blockConnection',
    );

    expect(points.hit('count')).to.equal(null);
    expect(points.hit('find')).to.have.nested.property('error.codeName', 'ShutdownInProgress');
  });

  it('are not for one application alone, as they would hit all', () => {
    expect(() => newFailPoints().configure(point({ failCommands: ['find'], appName: 'a' }))).to.throw(
      'appName',
    );
  });
});
