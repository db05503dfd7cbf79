import { parseArgs } from 'node:util';
import type { Config } from '../platform/config.ts';

/** What an operator asks of an installation from a terminal: `npm run nguon -- backup FILE`. */
export type Command = {
  /** One word or two: `backup`, `keys rotate`. */
  readonly name: string;
  /** Names of its arguments as help shows them, each of them needed. */
  readonly parameters: readonly string[];
  /** Names of its flags, without the dashes; none needed, none with a value. */
  readonly flags?: readonly string[];
  /** What it does, one line in each language. */
  readonly about: { readonly vi: string; readonly en: string };
  /** Does it, and says so. @throws Error with a message for the person who asked */
  run(asked: Asked): Promise<void>;
};

/** The arguments in the order of `parameters`, and the flags that were given. */
export type Asked = {
  readonly values: readonly string[];
  readonly flags: ReadonlySet<string>;
  readonly config: Config;
};

/** What is on the command line makes no command; the message says what would. */
export class UsageError extends Error {}

/**
 * The command that `words` name and what they give it.
 * @throws UsageError for an unknown command, a missing or a superfluous argument, an unknown flag
 */
export function parseCommand(
  commands: readonly Command[],
  words: readonly string[],
): { readonly command: Command } & Omit<Asked, 'config'> {
  const command = commands.find(({ name }) => name.split(' ').every((word, index) => words[index] === word));
  if (command === undefined) throw new UsageError(`Không có lệnh này / No such command: ${words.join(' ')}`);
  const { values, flags } = argumentsOf(command, words.slice(command.name.split(' ').length));
  if (values.length !== command.parameters.length) {
    throw new UsageError(`Cách dùng / Usage: ${usage(command)}`);
  }
  return { command, values, flags };
}

function argumentsOf({ flags = [], ...command }: Command, args: readonly string[]): Omit<Asked, 'config'> {
  const options = Object.fromEntries(flags.map((flag) => [flag, { type: 'boolean' as const }]));
  try {
    const parsed = parseArgs({ args: [...args], options, allowPositionals: true });
    return { values: parsed.positionals, flags: new Set(Object.keys(parsed.values)) };
  } catch {
    throw new UsageError(`Cách dùng / Usage: ${usage({ flags, ...command })}`);
  }
}

function usage({ name, parameters, flags = [] }: Command): string {
  return ['npm run nguon --', name, ...parameters, ...flags.map((flag) => `[--${flag}]`)].join(' ');
}

/** All commands with what they do, in both languages. */
export function helpLines(commands: readonly Command[]): readonly string[] {
  return [
    'Lệnh cho người vận hành / Commands for operators:',
    ...commands.flatMap((command) => [
      '',
      `  ${usage(command)}`,
      `      ${command.about.vi}`,
      `      ${command.about.en}`,
    ]),
    '',
    'Thiết lập như khi chạy máy chủ / Settings are those of the server: DATA_DIR, MONGODB_URI …',
  ];
}
