import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { doorViolations, graphProblems, packageOf } from '../../scripts/check-graph.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Modules that break one rule each, by what they import. */
const BREAKERS: readonly (readonly [rule: string, file: string, imports: string])[] = [
  ['layer-platform', 'src/platform/a.ts', '../features/batches/contract.ts'],
  ['layer-embedded-mongodb', 'src/embedded-mongodb/a.ts', '../platform/b.ts'],
  ['layer-store', 'src/store/a.ts', '../features/batches/contract.ts'],
  ['layer-domain', 'src/domain/a.ts', '../platform/b.ts'],
  ['domain-pure', 'src/domain/files.ts', 'node:fs'],
  ['feature-accounts', 'src/features/accounts/a.ts', '../batches/contract.ts'],
  ['feature-batches', 'src/features/batches/a.ts', '../products/service.ts'],
  ['feature-in-no-table', 'src/features/surprises/a.ts', '../batches/contract.ts'],
  ['flow-inwards', 'src/features/batches/service.ts', './page.ts'],
  ['unresolvable', 'src/features/batches/page.ts', './gone.ts'],
  ['no-cycle', 'src/platform/one.ts', './two.ts'],
];
const NEUTRAL: Readonly<Record<string, string>> = {
  'src/features/batches/contract.ts': 'export const a = 1;\n',
  'src/features/products/service.ts': 'export const a = 1;\n',
  'src/platform/b.ts': 'export const a = 1;\n',
  'src/platform/two.ts': "import { a } from './one.ts';\nexport const b = a;\n",
};

describe('the import graph', () => {
  let folder: string;
  let problems: readonly string[];
  before(async function () {
    this.timeout(60_000);
    folder = mkdtempSync(join(tmpdir(), 'nguon-graph-'));
    const write = (path: string, text: string) => {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    };
    for (const [path, text] of Object.entries(NEUTRAL)) write(path, text);
    for (const [, path, target] of BREAKERS)
      write(path, `import * as a from '${target}';\nexport const b = a;\n`);
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    writeFileSync(join(folder, 'tsconfig.json'), '{}');
    const before = process.cwd();
    process.chdir(folder);
    problems = await graphProblems(folder).finally(() => process.chdir(before));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const [rule, file, target] of BREAKERS) {
    it(`refuses by ${rule} that ${file} imports ${target}`, () => {
      expect(problems.filter((problem) => problem.startsWith(`${rule}: ${file} `))).not.to.deep.equal([]);
    });
  }

  it('finds nothing wrong with a contract of an allowed feature', () => {
    expect(
      problems.filter((problem) => problem.includes('src/features/products/service.ts →')),
    ).to.deep.equal([]);
  });

  it('refuses a package past its door, and lets its types through where they may', () => {
    const dependency = { resolved: 'node_modules/express/index.js', dependencyTypes: ['npm'] };
    const typeOnly = { ...dependency, dependencyTypes: ['npm', 'type-only'] };
    const modules = (path: string, found: object) =>
      [{ source: path, dependencies: [found] }] as Parameters<typeof doorViolations>[0];

    expect(doorViolations(modules('src/features/batches/service.ts', dependency))).to.have.length(1);
    expect(doorViolations(modules('src/features/batches/routes.ts', typeOnly))).to.deep.equal([]);
    expect(
      doorViolations(modules('src/app.ts', { ...dependency, resolved: 'node_modules/left-pad/i.js' })),
    ).to.have.length(1);
  });

  it('tells a package from its path, with a scope and from its types', () => {
    expect(packageOf('node_modules/@node-rs/argon2/index.js')).to.equal('@node-rs/argon2');
    expect(packageOf('../x/node_modules/@types/express/index.d.ts')).to.equal('express');
    expect(packageOf('src/app.ts')).to.equal(null);
  });
});
