import type { Command } from '../command.ts';
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
  listDatabases,
  listIndexes,
  renameCollection,
  update,
  validate,
};
