import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { codeRules } from './tidy/code-rules.ts';
import { textRules } from './tidy/text-rules.ts';
import { viewRules } from './tidy/view-rules.ts';
import type { SourceFile } from './tidy/rule.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What git knows of, so that a build or a scratch file is not judged. */
function repositoryFiles(): readonly SourceFile[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
  });
  return listed
    .toString()
    .split('\n')
    .filter((path) => /\.(ts|mjs|cjs|eta|md|yml|yaml|json)$/.test(path) && existsSync(join(root, path)))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

const files = repositoryFiles();

describe('tidy: every file', () => {
  it('is found', () => {
    const paths = files.map(({ path }) => path);

    expect(paths).to.include.members(['src/server.ts', 'views/trace/page.eta', 'test/tidy.test.ts']);
  });

  for (const rule of [...textRules, ...codeRules, ...viewRules]) {
    it(rule.name, () => {
      const broken = files
        .filter(({ path }) => rule.applies(path))
        .flatMap((file) => rule.find(file).map((what) => `${file.path}:${what}`));

      expect(broken).to.deep.equal([]);
    });

    it(`${rule.name}, and one that does not is found`, () => {
      const { counterExample } = rule;

      expect(rule.applies(counterExample.path)).to.equal(true);
      expect(rule.find(counterExample)).not.to.deep.equal([]);
    });
  }
});
