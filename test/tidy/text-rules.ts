import { isCode, isSource, isTest, isView, matchingLines, type Rule } from './rule.ts';

const FILE_LINES_MAX = 400;
const LINE_LENGTH_MAX = 120;

/** A message or a pattern, which would be harder to read and to find in pieces. */
const LONG_TEXT = /(['"`/])(?:(?!\1).){40,}\1/;

const isProse = (path: string): boolean => /\.(md|yml|yaml|json)$/.test(path);
/** Drawings are long numbers, and the tables of code points of a font are what they are. */
const isDrawing = (path: string): boolean => path === 'src/platform/illustration/drawings.ts';
/** Where the reason of a skipped test is said. */
const SKIPPERS = ['test/kit/skip.ts', 'test/kit/chromium.ts'];
/** The rules and their counter-examples name what they forbid. */
const isTidy = (path: string): boolean => path.startsWith('test/tidy');

/** Rules that reading lines is enough for. */
export const textRules: readonly Rule[] = [
  {
    name: 'reads the environment only in platform/config.ts',
    applies: (path) => isSource(path) && path !== 'src/platform/config.ts',
    find: (file) => matchingLines(file, /process\.env/),
    counterExample: { path: 'src/features/a/service.ts', text: "const host = process.env['HOST'];" },
  },
  {
    name: 'writes to the console only through platform/log.ts',
    applies: (path) => isSource(path) && path !== 'src/platform/log.ts',
    find: (file) => matchingLines(file, /\bconsole\./),
    counterExample: { path: 'src/app.ts', text: "console.log('here');" },
  },
  {
    // The first use of any of them takes 10 MB of every process for good.
    name: 'writes numbers, dates and orders without Intl, but for what MongoDB has of it',
    applies: (path) => isSource(path) && !path.startsWith('src/embedded-mongodb/'),
    find: (file) => matchingLines(file, /\bnew Intl\.|\.toLocale\w*String\(|\.localeCompare\(/),
    counterExample: { path: 'src/app.ts', text: 'const shown = count.toLocaleString();' },
  },
  {
    name: 'leaves nothing to be done later in a comment',
    applies: (path) => (isCode(path) || isView(path)) && !isTidy(path),
    find: (file) => matchingLines(file, /\b(TODO|FIXME|XXX)\b/),
    counterExample: { path: 'src/app.ts', text: '// TODO: mend' },
  },
  {
    name: `has at most ${FILE_LINES_MAX} lines`,
    applies: (path) => isCode(path) || isView(path),
    find: ({ text }) => {
      const count = text.trimEnd().split('\n').length;
      return count > FILE_LINES_MAX ? [`${count} lines`] : [];
    },
    counterExample: { path: 'src/app.ts', text: 'a\n'.repeat(FILE_LINES_MAX + 1) },
  },
  {
    name: `has lines of at most ${LINE_LENGTH_MAX} characters, but for one long text`,
    applies: (path) => isCode(path) && !isDrawing(path),
    find: (file) =>
      file.text
        .split('\n')
        .flatMap((line, index) =>
          [...line].length > LINE_LENGTH_MAX && !LONG_TEXT.test(line) ? [`${index + 1}: ${line.length}`] : [],
        ),
    counterExample: { path: 'src/app.ts', text: 'x'.repeat(LINE_LENGTH_MAX + 1) },
  },
  {
    name: 'goes round no type with `as unknown as` without saying why',
    applies: (path) => isCode(path) && !isTidy(path),
    // The reason stands on the line or the one above.
    find: (file) =>
      matchingLines(file, /as unknown as/, /\/\/ /).filter((found) => {
        const above = file.text.split('\n')[Number.parseInt(found, 10) - 2] ?? '';
        return !/^\s*(\/\/|\*)/.test(above);
      }),
    counterExample: { path: 'src/app.ts', text: 'const batch = row as unknown as Batch;' },
  },
  {
    name: 'is named by what it holds, in lower case with hyphens',
    applies: (path) => isCode(path) || isView(path),
    find: ({ path }) => {
      const name = path.split('/').at(-1) ?? '';
      const vague = /^(utils?|helpers?|common|misc|info|manager)\./.test(name);
      return vague || !/^[a-z0-9]+(-[a-z0-9]+)*(\.test|\.config|\.d)?\.[a-z]+$/.test(name) ? [name] : [];
    },
    counterExample: { path: 'src/platform/utils.ts', text: '' },
  },
  {
    name: 'names no place outside the repository',
    applies: (path) => (isCode(path) || isView(path) || isProse(path)) && !isTidy(path),
    find: (file) => matchingLines(file, /(^|[^.\w])\/(work|home|root)\/\w|\.\.\/shared\//),
    counterExample: { path: 'docs/operations.md', text: ['See ..', 'shared', 'design.'].join('/') },
  },
  {
    name: 'takes time and randomness as arguments',
    applies: (path) => (path.startsWith('src/features/') || path.startsWith('src/domain/')) && isCode(path),
    find: (file) => matchingLines(file, /\bnew Date\(\)|\bDate\.now\(\)|\bMath\.random\(\)|\brandomBytes\(/),
    counterExample: { path: 'src/features/a/service.ts', text: 'const now = new Date();' },
  },
  {
    name: 'skips a test only with a reason, by skipBecause',
    applies: (path) => isTest(path) && !SKIPPERS.includes(path) && !isTidy(path),
    find: (file) => matchingLines(file, /\b(it|describe|context|this)\.skip\(|\bx(it|describe)\(/),
    counterExample: { path: 'test/unit/a.test.ts', text: "it.skip('prints', () => {});" },
  },
  {
    name: 'gives each test a sentence as its name',
    applies: (path) => path.endsWith('.test.ts') && !isTidy(path),
    find: (file) => matchingLines(file, /^\s*it\((['"`])[^\s'"`$]+\1/),
    counterExample: { path: 'test/unit/a.test.ts', text: "it('works', () => {});" },
  },
  {
    name: 'puts routes on the application only through their access rule',
    applies: (path) =>
      isSource(path) && !['src/platform/mount.ts', 'src/features/system/operations.ts'].includes(path),
    find: (file) =>
      matchingLines(file, /\b(app|router|http)\.(get|post|put|patch|delete|all)\(\s*['"`/]|\bRouter\(\)/),
    counterExample: { path: 'src/features/a/routes.ts', text: "router.post('/batches', handle);" },
  },
];
