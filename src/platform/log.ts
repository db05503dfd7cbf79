import { pino } from 'pino';
import type { Config } from './config.ts';

export type Log = {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
};

/** JSON lines on standard output; secrets in headers are never written because headers are not. */
export function createLog(level: Config['logLevel']): Log {
  return pino({ level, base: { pid: process.pid }, timestamp: pino.stdTimeFunctions.isoTime });
}
