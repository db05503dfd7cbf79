import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { PROBLEMS } from '../src/platform/problem.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

type Manifest = {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly scripts: Readonly<Record<string, string>>;
};
const manifest = JSON.parse(read('package.json')) as Manifest;

/** The wanted names that a text does not have as code. */
const missingIn = (text: string, names: readonly string[]): readonly string[] =>
  names.filter((name) => !text.includes(`\`${name}\``));

function documents(): readonly string[] {
  const inDocs = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' });
  return [
    'README.md',
    'CHANGELOG.md',
    'CONTRIBUTING.md',
    ...inDocs.filter((file) => file.endsWith('.md')).map((file) => `docs/${file}`),
  ];
}

/** Addresses inside the repository that a document links to and that are not there. */
function deadLinks(path: string, text: string): readonly string[] {
  return [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)[^)]*\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !existsSync(join(root, dirname(path), target)));
}

/** Files of ours that a document names and that are not there. */
function deadFiles(text: string, folders: readonly string[]): readonly string[] {
  return [...text.matchAll(/`((?:src|test|scripts|views|reference|public)\/[\w./-]+)`/g)]
    .map(([, target = '']) => target)
    .filter((target) => !existsSync(join(root, target)) && !folders.includes(target));
}

describe('the documents', () => {
  it('explain every problem code with its status', () => {
    const text = read('docs/api.md');
    const rows = Object.entries(PROBLEMS).map(([code, { status }]) => `| \`${code}\` | ${status} |`);

    expect(rows.filter((row) => !text.includes(row))).to.deep.equal([]);
  });

  it('explain every setting', () => {
    const settings = [...read('src/platform/config.ts').matchAll(/^ {2}([A-Z_]+): (?:z|flag|wholeNumber)/gm)];
    const names = settings.map(([, name = '']) => name);

    expect(names).to.include.members(['PORT', 'DATA_DIR', 'METRICS_TOKEN']);
    expect(missingIn(read('docs/operations.md'), names)).to.deep.equal([]);
  });

  it('explain every limit on a request', () => {
    const limits = [...read('src/platform/limits.ts').matchAll(/^export const (\w+) =/gm)];
    const names = limits.map(([, name = '']) => name);

    expect(names.length).to.be.greaterThan(5);
    expect(missingIn(read('docs/operations.md'), names)).to.deep.equal([]);
  });

  it('show every feature on the map of the code', () => {
    const features = readdirSync(join(root, 'src/features'));
    const text = read('docs/ARCHITECTURE.md');

    expect(features.filter((name) => !text.includes(`${name}/\``))).to.deep.equal([]);
  });

  it('say of every package why it is here, and of no other', () => {
    const names = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
    const text = read('docs/dependencies.md');
    const listed = [...text.matchAll(/^\| `([^`]+)` \| .{15,} \| .+ \| [\d.]+ \|$/gm)].map(
      ([, name]) => name,
    );

    expect(missingIn(text, names)).to.deep.equal([]);
    expect(listed.filter((name) => !names.includes(name ?? ''))).to.deep.equal([]);
  });

  it('name exact versions, so that two installs are the same', () => {
    const versions = Object.values({ ...manifest.dependencies, ...manifest.devDependencies });

    expect(versions.filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).to.deep.equal([]);
  });

  it('name only commands that there are', () => {
    const scripts = new Set(Object.keys(manifest.scripts));
    const named = documents().flatMap((path) =>
      [...read(path).matchAll(/npm run ([a-z:]+)/g)].map(([, name = '']) => name),
    );

    expect(named.filter((name) => !scripts.has(name))).to.deep.equal([]);
  });

  it('lead to what is there', () => {
    const dead = documents().flatMap((path) =>
      [...deadLinks(path, read(path)), ...deadFiles(read(path), [])].map((target) => `${path}: ${target}`),
    );

    expect(dead).to.deep.equal([]);
  });

  it('would be found out if they led nowhere', () => {
    expect(deadLinks('docs/a.md', '[gone](gone.md)')).to.deep.equal(['gone.md']);
    expect(deadFiles('see `src/gone.ts`', [])).to.deep.equal(['src/gone.ts']);
  });

  it('number the decisions without a gap', () => {
    const numbers = readdirSync(join(root, 'docs/adr')).map((file) =>
      Number(/^(\d{4})-[a-z0-9-]+\.md$/.exec(file)?.[1]),
    );

    expect(numbers.sort((a, b) => a - b)).to.deep.equal(numbers.map((_, index) => index + 1));
  });
});
