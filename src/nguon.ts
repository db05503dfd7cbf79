import { UsageError, helpLines, parseCommand } from './commands/command.ts';
import { COMMANDS } from './commands/index.ts';
import { ConfigError, configFromEnvironment } from './platform/config.ts';
import { say } from './platform/terminal.ts';

/** What an operator does beside serving: `npm run nguon -- help`. Ends with 0, 1 (failed) or 2 (no such command). */
async function run(words: readonly string[]): Promise<number> {
  if (words.length === 0 || ['help', '--help', '-h'].includes(words[0] ?? '')) {
    say(...helpLines(COMMANDS));
    return 0;
  }
  try {
    const { command, ...asked } = parseCommand(COMMANDS, words);
    await command.run({ ...asked, config: configFromEnvironment() });
    return 0;
  } catch (error) {
    if (error instanceof UsageError) {
      say(error.message, 'Xem mọi lệnh / See every command: npm run nguon -- help');
      return 2;
    }
    const line = error instanceof Error ? error.message : String(error);
    say(error instanceof ConfigError ? `Setting: ${line}` : line);
    return 1;
  }
}

process.exitCode = await run(process.argv.slice(2));
