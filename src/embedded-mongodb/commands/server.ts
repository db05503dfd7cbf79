import { Double, Int32, Long } from 'bson';
import { arch, hostname, platform, release, totalmem } from 'node:os';
import { checkClientMetadata } from '../client-metadata.ts';
import type { Command, Request, Server } from '../command.ts';
import { answer } from '../command.ts';
import { CommandError } from '../errors.ts';
import { isTruthy } from '../match.ts';
import { DOCUMENT_BYTES_MAX } from '../raw-bson.ts';
import type { Document } from '../values.ts';
import { MESSAGE_BYTES_MAX } from '../wire.ts';
import { STATEMENTS_MAX } from './write.ts';

/** MongoDB 7.0's wire version: what this server's commands and answers follow. */
const WIRE_VERSION_MAX = 21;
const SERVER_VERSION = '7.0.0';
const SESSION_MINUTES = 30;

/** A standalone: without a set's name drivers try neither transactions nor retryable writes. */
function helloAnswer(server: Server, request: Request, primaryField: string): Document {
  checkClientMetadata(request.body['client']);
  return {
    ...(request.body['helloOk'] === true ? { helloOk: true } : {}),
    [primaryField]: true,
    maxBsonObjectSize: new Int32(DOCUMENT_BYTES_MAX),
    maxMessageSizeBytes: new Int32(MESSAGE_BYTES_MAX),
    maxWriteBatchSize: new Int32(STATEMENTS_MAX),
    localTime: server.now(),
    logicalSessionTimeoutMinutes: new Int32(SESSION_MINUTES),
    connectionId: new Int32(request.connectionId),
    minWireVersion: new Int32(0),
    maxWireVersion: new Int32(WIRE_VERSION_MAX),
    readOnly: false,
  };
}

const hello: Command = {
  isWrite: false,
  run: (server, request) => answer(helloAnswer(server, request, 'isWritablePrimary')),
};
const isMaster: Command = {
  isWrite: false,
  run: (server, request) => answer(helloAnswer(server, request, 'ismaster')),
};
const nothing: Command = { isWrite: false, run: () => answer({}) };

const buildInfo: Command = {
  isWrite: false,
  run: () =>
    answer({
      version: SERVER_VERSION,
      gitVersion: 'unknown',
      modules: ['embedded'],
      allocator: 'system',
      javascriptEngine: 'none',
      sysInfo: 'deprecated',
      versionArray: SERVER_VERSION.split('.').map(Number).concat(0),
      openssl: {},
      buildEnvironment: {},
      bits: new Int32(64),
      debug: false,
      maxBsonObjectSize: new Int32(DOCUMENT_BYTES_MAX),
      storageEngines: ['sqlite'],
    }),
};

const serverStatus: Command = {
  isWrite: false,
  run(server) {
    const uptimeMs = server.now().getTime() - server.startedAt.getTime();
    return answer({
      host: hostname(),
      version: SERVER_VERSION,
      process: 'mongod',
      pid: Long.fromNumber(process.pid),
      uptime: new Double(Math.floor(uptimeMs / 1_000)),
      uptimeMillis: Long.fromNumber(uptimeMs),
      localTime: server.now(),
      connections: {
        current: server.connectionCount(),
        available: 10_000,
        totalCreated: server.connectionCount(),
      },
      metrics: {
        cursor: {
          open: { total: Long.fromNumber(server.cursors.count + (server.longReads?.cursorCount ?? 0)) },
        },
      },
      storageEngine: { name: 'sqlite', supportsCommittedReads: true, persistent: true },
    });
  },
};

const hostInfo: Command = {
  isWrite: false,
  run: (server) =>
    answer({
      system: {
        currentTime: server.now(),
        hostname: hostname(),
        cpuAddrSize: 64,
        memSizeMB: Math.floor(totalmem() / 1_048_576),
        cpuArch: arch(),
      },
      os: { type: platform(), name: platform(), version: release() },
      extra: {},
    }),
};

/** There are no users: who asks what one may do is told of none. */
const connectionStatus: Command = {
  isWrite: false,
  run: (_server, { body }) =>
    answer({
      authInfo: {
        authenticatedUsers: [],
        authenticatedUserRoles: [],
        ...(isTruthy(body['showPrivileges']) ? { authenticatedUserPrivileges: [] } : {}),
      },
    }),
};

const PARAMETERS: Document = {
  featureCompatibilityVersion: { version: '7.0' },
  transactionLifetimeLimitSeconds: 60,
};

const getParameter: Command = {
  isWrite: false,
  run(server, { body }) {
    const parameters = { ...PARAMETERS, ttlMonitorSleepSecs: new Int32(server.expiry.everyMs / 1_000) };
    if (body['getParameter'] === '*') return answer(parameters);
    const known = Object.entries(parameters).filter(([name]) => name in body);
    if (known.length === 0) throw new CommandError('InvalidOptions', 'no option found to get');
    return answer(Object.fromEntries(known));
  },
};

const getLog: Command = {
  isWrite: false,
  run(_server, { body }) {
    const name = body['getLog'];
    if (name === '*') return answer({ names: ['global', 'startupWarnings'] });
    if (name === 'global' || name === 'startupWarnings') return answer({ totalLinesWritten: 0, log: [] });
    throw new CommandError('InvalidOptions', `No log named '${String(name)}'`);
  },
};

const whatsMyUri: Command = {
  isWrite: false,
  run: (_server, { connectionId }) => answer({ you: `local:${connectionId}` }),
};

/** A standalone has no transactions: what a driver sends to end one is refused as `mongod` refuses it. */
const noTransactions: Command = {
  isWrite: false,
  run() {
    throw new CommandError(
      'IllegalOperation',
      'Transaction numbers are only allowed on a replica set member or mongos',
    );
  },
};

const notReplicated: Command = {
  isWrite: false,
  run() {
    throw new CommandError(76, 'not running with --replSet');
  },
};

/** Commands about the server and its sessions. */
export const SERVER_COMMANDS: Readonly<Record<string, Command>> = {
  hello,
  isMaster,
  ismaster: isMaster,
  ping: nothing,
  buildInfo,
  buildinfo: buildInfo,
  serverStatus,
  hostInfo,
  connectionStatus,
  getParameter,
  getLog,
  whatsmyuri: whatsMyUri,
  endSessions: nothing,
  refreshSessions: nothing,
  killSessions: nothing,
  killAllSessions: nothing,
  abortTransaction: noTransactions,
  commitTransaction: noTransactions,
  replSetGetStatus: notReplicated,
  // As of a server without TLS.
  rotateCertificates: nothing,
  getCmdLineOpts: { isWrite: false, run: () => answer({ argv: ['mongod'], parsed: {} }) },
  getFreeMonitoringStatus: { isWrite: false, run: () => answer({ state: 'disabled' }) },
  startSession: {
    isWrite: false,
    run: () => answer({ timeoutMinutes: new Int32(SESSION_MINUTES) }),
  },
};
