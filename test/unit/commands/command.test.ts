import { expect } from 'chai';
import { UsageError, helpLines, parseCommand, type Command } from '../../../src/commands/command.ts';

const command = (name: string, parameters: readonly string[], flags: readonly string[] = []): Command => ({
  name,
  parameters,
  flags,
  about: { vi: `việc ${name}`, en: `work of ${name}` },
  run: () => Promise.resolve(),
});
const commands = [command('backup', ['FILE']), command('keys rotate', [], ['force'])];

describe('the command line of operators', () => {
  it('finds a command of one word and its argument', () => {
    const found = parseCommand(commands, ['backup', 'a b.nguon']);

    expect(found.command.name).to.equal('backup');
    expect(found.values).to.deep.equal(['a b.nguon']);
  });

  it('finds a command of two words and its flag', () => {
    const found = parseCommand(commands, ['keys', 'rotate', '--force']);

    expect(found.command.name).to.equal('keys rotate');
    expect([...found.flags]).to.deep.equal(['force']);
  });

  const wrong: readonly (readonly [string, readonly string[], RegExp])[] = [
    ['an unknown command', ['format'], /No such command: format/],
    ['half a command', ['keys'], /No such command: keys/],
    ['a missing argument', ['backup'], /Usage: npm run nguon -- backup FILE$/],
    ['an argument too many', ['backup', 'a', 'b'], /Usage: npm run nguon -- backup FILE$/],
    ['an unknown flag', ['keys', 'rotate', '--fast'], /Usage: npm run nguon -- keys rotate \[--force\]$/],
  ];
  for (const [what, words, message] of wrong) {
    it(`refuses ${what} and says what is right`, () => {
      expect(() => parseCommand(commands, words))
        .to.throw(UsageError)
        .with.property('message')
        .that.matches(message);
    });
  }

  it('lists every command in both languages', () => {
    const help = helpLines(commands).join('\n');

    for (const text of ['backup FILE', 'việc backup', 'work of backup', 'keys rotate [--force]']) {
      expect(help).to.contain(text);
    }
  });
});
