import { expect } from 'chai';
import { runLabels, type LabelSource } from '../../../../src/features/labels/run-labels.ts';
import { decodeUnit, unitKey } from '../../../../src/domain/unit-code/unit-code.ts';

const keys = [unitKey(Buffer.alloc(32, 2), 2), unitKey(Buffer.alloc(32, 1), 1)];
const batchRun: LabelSource = {
  run: 7,
  count: 500,
  language: 'vi',
  code: '7K2M9QXC4TRV',
  address: 'HTTPS://NGUON.VN/tem/7K2M9QXC4TRV',
};
const packNumbers = [
  { from: 12, to: 14 },
  { from: 101, to: 597 },
];
const unitRun: LabelSource = { ...batchRun, unit: { epoch: 1, shuffled: false, packNumbers } };
const places = Array.from({ length: 500 }, (_, at) => at + 1);

describe('a run’s labels', () => {
  it('of the batch’s code are all the same but for their number', () => {
    const { labelAt, placeOf } = runLabels(batchRun, []);
    expect(labelAt(1)).to.deep.equal({
      number: 1,
      code: '7K2M9QXC4TRV',
      address: 'HTTPS://NGUON.VN/tem/7K2M9QXC4TRV',
      texts: { code: '7K2M 9QXC 4TRV' },
    });
    expect(labelAt(500)).to.deep.equal({ ...labelAt(1), number: 500 });
    expect(placeOf(33)).to.equal(33);
  });

  it('of unit codes carry their run and number under the run’s own key', () => {
    const labels = runLabels(unitRun, keys);
    for (const place of places) {
      const { number, code, address, texts } = labels.labelAt(place);
      expect(number).to.equal(place);
      expect(labels.placeOf(number)).to.equal(place);
      expect(decodeUnit(keys, code)).to.deep.equal({ run: 7, index: place, epoch: 1 });
      expect(address).to.equal(`HTTPS://NGUON.VN/tem/${code}`);
      expect(texts).to.deep.equal({ code: code.replace(/(.{4})(?=.)/g, '$1 ') });
    }
  });

  it('shuffled are the same labels in another order, and each says its place', () => {
    const straight = runLabels(unitRun, keys);
    const shuffled = runLabels({ ...unitRun, unit: { epoch: 1, shuffled: true, packNumbers } }, keys);
    const labels = places.map((place) => shuffled.labelAt(place));

    expect(labels.map(({ number }) => number)).to.not.deep.equal(places);
    expect(labels.map(({ number }) => shuffled.placeOf(number))).to.deep.equal(places);
    expect([...labels].sort((a, b) => a.number - b.number)).to.deep.equal(places.map(straight.labelAt));
  });

  it('say which pack they are of where the run says so: packs of voided labels are counted again', () => {
    const packLine = 'Hộp {n} trong 2.400';
    const { labelAt } = runLabels(
      { ...unitRun, unit: { epoch: 1, shuffled: false, packNumbers, packLine } },
      keys,
    );

    expect(labelAt(1).texts.packNumber).to.equal('Hộp 12 trong 2.400');
    expect(labelAt(4).texts.packNumber).to.equal('Hộp 101 trong 2.400');
    expect(labelAt(500).texts.packNumber).to.equal('Hộp 597 trong 2.400');
  });

  it('cannot be made without the run’s key', () => {
    expect(() => runLabels({ ...unitRun, unit: { epoch: 3, shuffled: false, packNumbers } }, keys)).to.throw(
      RangeError,
    );
  });
});
