import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { referenceFeature } from '../../../src/features/reference/index.ts';
import { packageRoot } from '../../../src/platform/package-root.ts';

/** GS1 Core Business Vocabulary 2.0, §7.1.2: every standard business step. */
const BUSINESS_STEPS: ReadonlySet<string> = new Set(
  `accepting arriving assembling collecting commissioning consigning creating_class_instance cycle_counting
  decommissioning departing destroying disassembling dispensing encoding entering_exiting holding inspecting
  installing killing loading other packing picking receiving removing repackaging repairing replacing reserving
  retail_selling sampling sensor_reporting shipping staging_outbound stock_taking stocking storing transporting
  unloading unpacking void_shipping`.split(/\s+/),
);

/** GS1 EPCIS 2.0, §7.4: the event types. */
const EVENT_TYPES = [
  'ObjectEvent',
  'AggregationEvent',
  'TransactionEvent',
  'TransformationEvent',
  'AssociationEvent',
];

const duplicates = (values: readonly string[]) => values.filter((value, at) => values.indexOf(value) !== at);

type Former = { readonly code: string; readonly slug: string; readonly mergedInto: string };

describe('the reference data', () => {
  const { lists, map } = referenceFeature();
  const { formerProvinces } = JSON.parse(
    readFileSync(join(packageRoot, 'reference', 'former-provinces.json'), 'utf8'),
  ) as { formerProvinces: readonly Former[] };

  it('has the 34 provinces, each with an address of its own', () => {
    expect(lists.provinces).to.have.length(34);
    expect(duplicates(lists.provinces.map(({ code }) => code))).to.deep.equal([]);
    expect(duplicates(lists.provinces.map(({ slug }) => slug))).to.deep.equal([]);
    for (const { slug, name, nameEn } of lists.provinces) {
      expect(slug).to.match(/^[a-z]+(-[a-z]+)*$/);
      expect(name).to.not.equal('');
      expect(nameEn).to.match(/^[\x20-\x7e]+$/);
    }
  });

  it('leads each of the 63 former provinces to one of today, by code where it is free and by slug', () => {
    expect(formerProvinces).to.have.length(63);
    expect(duplicates(formerProvinces.map(({ slug }) => slug))).to.deep.equal([]);
    for (const { code, slug, mergedInto } of formerProvinces) {
      expect(lists.province(mergedInto), slug).to.not.equal(null);
      expect(lists.findProvince(slug)?.province.code, slug).to.equal(mergedInto);
      expect(lists.findProvince(code)?.province.code, slug).to.equal(mergedInto);
      const within = lists.province(mergedInto)?.formerProvinces.map((one) => one.code);
      expect(within, slug).to.include(code);
    }
    const told = lists.provinces.flatMap((province) => province.formerProvinces.map(({ code }) => code));
    expect([...told].sort()).to.deep.equal(formerProvinces.map(({ code }) => code).sort());
    expect(lists.findProvince('khong-co')).to.equal(null);
  });

  it('finds the province of today in an address of before', () => {
    expect(lists.provinceOfAddress('xã Lũng Phìn, huyện Đồng Văn, Hà Giang')).to.deep.include({
      former: 'Hà Giang',
    });
    expect(lists.provinceOfAddress('xa Lung Phin, Ha Giang')?.province.name).to.equal('Tuyên Quang');
    expect(lists.provinceOfAddress('12 Oak Street')).to.equal(null);
  });

  it('has every commune in a province, with a code of its own', () => {
    const all = lists.provinces.flatMap(({ code }) => lists.communesOf(code));

    expect(all).to.have.length(3_321);
    expect(duplicatesIn(all.map(({ code }) => code))).to.equal(0);
    for (const { code } of lists.provinces) expect(lists.communesOf(code), code).to.not.deep.equal([]);
    for (const { code, provinceCode } of all)
      expect(lists.commune(code)?.provinceCode).to.equal(provinceCode);
  });

  it('has the 26 subgroups of OCOP in six groups, in both languages', () => {
    expect(lists.categories).to.have.length(26);
    expect(new Set(lists.categories.map(({ group }) => group.vi)).size).to.equal(6);
    for (const { code, name } of lists.categories) {
      expect(lists.categoryName(code, 'vi')).to.equal(name.vi);
      expect(lists.categoryName(code, 'en')).to.equal(name.en);
      expect(name.en).to.match(/^[\x20-\x7e–’]+$/);
    }
  });

  it('says every step of the value chain in words of EPCIS and of the Core Business Vocabulary', () => {
    for (const { code, cbvBizStep, epcisEventType, stage, name } of lists.steps) {
      expect(cbvBizStep === null || BUSINESS_STEPS.has(cbvBizStep), `${code}: ${cbvBizStep}`).to.equal(true);
      expect(EVENT_TYPES, code).to.include(epcisEventType);
      expect(
        lists.stages.some((one) => one.code === stage),
        code,
      ).to.equal(true);
      expect(name.vi !== '' && name.en !== '', code).to.equal(true);
    }
    expect(duplicates(lists.steps.map(({ code }) => code))).to.deep.equal([]);
  });

  it('makes its chains of steps that exist, and offers every category one', () => {
    for (const { code, steps } of lists.templates) {
      expect(
        steps.filter((step) => !lists.isStep(step)),
        code,
      ).to.deep.equal([]);
      expect(duplicates(steps), code).to.deep.equal([]);
    }
    for (const { code } of lists.categories) {
      expect(lists.chainFor({ category: code }), code).to.not.have.length(0);
    }
  });

  it('has units whose factors are exact in millionths of a base unit of their own kind', () => {
    for (const unit of lists.units) {
      expect(unit.factorToBase, unit.code).to.be.greaterThan(0);
      expect(Number(unit.factorToBase.toFixed(6)), unit.code).to.equal(unit.factorToBase);
    }
    const dimensions = new Set(lists.units.map(({ dimension }) => dimension));
    for (const dimension of dimensions) {
      const bases = lists.units.filter((unit) => unit.dimension === dimension && unit.factorToBase === 1);
      expect(bases, dimension).to.have.length(1);
    }
    const factor = (code: string) => lists.unitTable.get(code)?.factorToBase;
    expect(['g', 'kg', 'quintal', 'tonne', 'ml', 'ha', 'dozen'].map(factor)).to.deep.equal([
      0.001, 1, 100, 1000, 0.001, 10_000, 12,
    ]);
  });

  it('draws Hoàng Sa and Trường Sa on every map of the country', () => {
    for (const size of ['small', 'large'] as const) {
      for (const language of ['vi', 'en'] as const) {
        for (const filled of [undefined, '08', '48', '56']) {
          const drawn = map({ size, language, ...(filled === undefined ? {} : { filled }) });
          expect(drawn, `${size} ${language}`).to.contain('Hoàng Sa');
          expect(drawn, `${size} ${language}`).to.contain('Trường Sa');
        }
      }
    }
  });
});

/** How many values occur again; for lists too long to search one by one. */
function duplicatesIn(values: readonly string[]): number {
  return values.length - new Set(values).size;
}
