import type { Command } from '../command.ts';
import { answer } from '../command.ts';
import { API_COMMANDS } from '../concerns.ts';
import { aggregate } from './aggregate.ts';
import { count, distinct, find, getMore, killCursors } from './find.ts';
import { createIndexes, dropIndexes, listIndexes } from './indexes.ts';
import {
  collMod,
  create,
  drop,
  dropDatabase,
  listCollections,
  listDatabases,
  renameCollection,
} from './schema.ts';
import { SERVER_COMMANDS } from './server.ts';
import { MAINTENANCE_COMMANDS } from './maintenance.ts';
import { explain } from './explain.ts';
import { collStats, dbStats, validate } from './stats.ts';
import { findAndModify, insert, remove, update } from './write.ts';

/** Commands of the server, not of one database. */
const ADMIN_COMMANDS = new Set([
  'fsync', 'getCmdLineOpts', 'getLog', 'getParameter', 'listDatabases', 'renameCollection', 'rotateCertificates',
  'setParameter',
]); // prettier-ignore

/** `listCommands`. */
const listCommands: Command = {
  isWrite: false,
  run: () => {
    const entries = Object.entries(COMMANDS).map(([name, { isWrite }]) => {
      const told = {
        help: 'no help defined',
        requiresAuth: false,
        secondaryOk: isWrite === false,
        adminOnly: ADMIN_COMMANDS.has(name),
        apiVersions: API_COMMANDS.has(name) ? ['1'] : [],
        deprecatedApiVersions: [],
      };
      return [name, told] as const;
    });
    return answer({ commands: Object.fromEntries(entries) });
  },
};

/** Every command that this server answers, by its name on the wire. */
export const COMMANDS: Readonly<Record<string, Command>> = {
  ...SERVER_COMMANDS,
  ...MAINTENANCE_COMMANDS,
  aggregate,
  collMod,
  collStats,
  collstats: collStats,
  count,
  create,
  createIndexes,
  dbStats,
  dbstats: dbStats,
  delete: remove,
  deleteIndexes: dropIndexes,
  distinct,
  drop,
  dropDatabase,
  dropIndexes,
  explain,
  find,
  findAndModify,
  findandmodify: findAndModify,
  getMore,
  insert,
  killCursors,
  listCollections,
  listCommands,
  listDatabases,
  listIndexes,
  renameCollection,
  update,
  validate,
};
