import { CommandError } from './errors.ts';
import type { Document } from './values.ts';
import { isDocument, toDouble } from './values.ts';

/** What a command that a fail point hit does instead. */
export type Failure = { readonly kind: 'error'; readonly error: CommandError } | { readonly kind: 'close' };

/** The one fail point that drivers' tests use: `failCommand`. */
export type FailPoints = {
  /** Takes `configureFailPoint`'s document. @throws CommandError for what this server has not */
  configure(body: Document): void;
  /** How the command is to fail now, or null. */
  hit(command: string): Failure | null;
};

const DATA_FIELDS = new Set(['failCommands', 'errorCode', 'errorLabels', 'closeConnection']);

/**
 * Fail points for tests of drivers; a server has them only where it was started with test commands.
 * Source: MongoDB's documentation of the failCommand fail point
 */
export function newFailPoints(): FailPoints {
  let left = 0;
  let data: Document = {};
  return {
    configure(body) {
      if (body['configureFailPoint'] !== 'failCommand') {
        throw new CommandError('BadValue', 'this server has no fail point but failCommand');
      }
      const given = isDocument(body['data']) ? body['data'] : {};
      const unknown = Object.keys(given).find((field) => !DATA_FIELDS.has(field));
      if (unknown !== undefined) {
        throw new CommandError('CommandNotSupported', `'${unknown}' of failCommand is not supported`);
      }
      left = timesOf(body['mode']);
      data = given;
    },
    hit(command) {
      const commands = Array.isArray(data['failCommands']) ? (data['failCommands'] as unknown[]) : [];
      if (left === 0 || !commands.includes(command)) return null;
      left--;
      if (data['closeConnection'] === true) return { kind: 'close' };
      const code = toDouble(data['errorCode']);
      const labels = data['errorLabels'];
      const extra = labels === undefined ? {} : { errorLabels: labels };
      return {
        kind: 'error',
        error: new CommandError(code, `Failing command via 'failCommand' failpoint`, extra),
      };
    },
  };
}

function timesOf(mode: unknown): number {
  if (mode === 'off') return 0;
  if (mode === 'alwaysOn') return Infinity;
  if (isDocument(mode) && mode['times'] !== undefined) return toDouble(mode['times']);
  throw new CommandError('BadValue', "a fail point's mode is 'off', 'alwaysOn' or { times: n }");
}
