import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { BSON, MongoBulkWriteError, MongoServerError } from 'mongodb';
import type { Document, MongoClient } from 'mongodb';
import { testServer, type TestServer } from '../../integration/embedded-mongodb/server.ts';
import { skipBecause } from '../../kit/skip.ts';
import { Entities } from './entities.ts';
import { expectMatch } from './matching.ts';
import { perform, type Operation } from './operations.ts';
import { driverReason } from './driver-deviations.ts';
import { isMet, type Requirement } from './requirements.ts';

/**
 * The MongoDB driver specifications' own tests, in their unified format, run unmodified against the server.
 * They are not part of this repository: the setting SPEC_VECTORS names the folder that has them.
 * Source: MongoDB specifications, unified test format 1.x
 */

type Test = {
  readonly description: string;
  readonly runOnRequirements?: readonly Requirement[];
  readonly skipReason?: string;
  readonly operations: readonly Operation[];
  readonly outcome?: readonly Collected[];
  readonly expectEvents?: readonly Document[];
};
type Collected = {
  readonly collectionName: string;
  readonly databaseName: string;
  readonly documents: readonly Document[];
  readonly createOptions?: Document;
};
type Suite = {
  readonly description: string;
  readonly runOnRequirements?: readonly Requirement[];
  readonly createEntities: readonly Document[];
  readonly initialData?: readonly Collected[];
  readonly tests: readonly Test[];
};

const folder = process.env['SPEC_VECTORS'];

function filesIn(path: string): string[] {
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json'))
    .map((name) => join(path, name))
    .sort();
}

/** Suites in the unified format; the others test a driver alone and ask no server. */
function suiteOf(file: string): Suite | null {
  const suite = BSON.EJSON.parse(readFileSync(file, 'utf8'), { relaxed: true }) as Document;
  return 'schemaVersion' in suite ? (suite as Suite) : null;
}

async function fill(
  client: MongoClient,
  { collectionName, databaseName, ...data }: Collected,
): Promise<void> {
  const database = client.db(databaseName);
  await database.dropCollection(collectionName).catch(() => false);
  if (data.documents.length > 0) {
    await database.collection(collectionName).insertMany(structuredDocuments(data.documents));
  } else await database.createCollection(collectionName, data.createOptions);
}

/** A copy, for the driver writes ids into what it inserts. */
function structuredDocuments(documents: readonly Document[]): Document[] {
  return documents.map((document) => ({ ...document }));
}

function checkError(error: unknown, expected: Document, entities: Entities): void {
  if (!(error instanceof Error)) throw new Error('expected a failure');
  const server = error instanceof MongoServerError ? error : null;
  if (expected['isClientError'] === true && server !== null) throw error;
  if (expected['isClientError'] === false && server === null) throw error;
  const text = expected['errorContains'] as string | undefined;
  if (text !== undefined && !error.message.toLowerCase().includes(text.toLowerCase())) throw error;
  if (expected['errorCode'] !== undefined && server?.code !== expected['errorCode']) throw error;
  if (expected['errorCodeName'] !== undefined && server?.codeName !== expected['errorCodeName']) throw error;
  if (expected['errorResponse'] !== undefined) {
    const response = server?.errorResponse ?? {};
    expectMatch({ ...response, code: server?.code }, expected['errorResponse'], entities);
  }
  if (expected['expectResult'] !== undefined && error instanceof MongoBulkWriteError) {
    const { insertedCount, matchedCount, modifiedCount, deletedCount, upsertedCount, result } = error;
    const { upsertedIds, insertedIds } = error;
    const counts = { insertedCount, matchedCount, modifiedCount, deletedCount, upsertedCount };
    expectMatch({ ...counts, insertedIds, upsertedIds, result }, expected['expectResult'], entities);
  }
}

type Running = { readonly server: TestServer; readonly entities: Entities };

async function runStep({ server, entities }: Running, operation: Operation): Promise<void> {
  if (operation.object === 'testRunner') return runnerStep({ server, entities }, operation);
  const outcome = await perform(entities.target(operation.object), operation, (id) =>
    entities.session(id),
  ).then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if (operation.ignoreResultAndError === true) return;
  if (operation.expectError !== undefined) {
    checkError('error' in outcome ? outcome.error : null, operation.expectError, entities);
    return;
  }
  if ('error' in outcome) throw outcome.error;
  if ('expectResult' in operation) expectMatch(outcome.value, operation.expectResult, entities);
  if (operation.saveResultAsEntity !== undefined) entities.keep(operation.saveResultAsEntity, outcome.value);
}

async function runnerStep({ server, entities }: Running, operation: Operation): Promise<void> {
  const values = operation.arguments ?? {};
  switch (operation.name) {
    case 'failPoint':
      await entities
        .client(String(values['client']))
        .db('admin')
        .command(values['failPoint'] as Document);
      return;
    case 'assertSameLsidOnLastTwoCommands': {
      const [before, last] = entities
        .eventsOf(String(values['client']))
        .filter(({ kind }) => kind === 'commandStartedEvent')
        .slice(-2)
        .map(({ event }) => (event['command'] as Document)['lsid'] as unknown);
      expectMatch(last, before, entities, 'lsid');
      return;
    }
    case 'assertCollectionExists':
    case 'assertCollectionNotExists': {
      const name = String(values['collectionName']);
      const found = await server.client
        .db(String(values['databaseName']))
        .listCollections({ name })
        .toArray();
      if ((found.length === 1) !== (operation.name === 'assertCollectionExists'))
        throw new Error(operation.name);
      return;
    }
    default:
      throw new Error(`the runner does not know ${operation.name}`);
  }
}

function checkEvents(entities: Entities, expected: readonly Document[]): void {
  for (const { client, events, eventType, ignoreExtraEvents } of expected) {
    if (eventType === 'cmap' || eventType === 'sdam') continue;
    const seen = entities.eventsOf(String(client));
    const wanted = events as readonly Document[];
    if (ignoreExtraEvents !== true && seen.length !== wanted.length) {
      const names = seen.map(({ event }) => String(event['commandName']));
      throw new Error(`expected ${wanted.length} commands, saw ${names.join(', ')}`);
    }
    wanted.forEach((one, at) => {
      const [kind = '', event] = Object.entries(one)[0] ?? [];
      if (seen[at]?.kind !== kind) throw new Error(`event ${at} should be a ${kind}`);
      checkEvent(entities, seen[at].event, event as Document);
    });
  }
}

/** A command and its reply may have more fields than the test names; so may the event around them. */
function checkEvent(entities: Entities, seen: Document, { command, reply, ...rest }: Document): void {
  expectMatch(seen, rest, entities, 'event');
  if (command !== undefined) expectMatch(seen['command'], command, entities, 'command');
  if (reply !== undefined) expectMatch(seen['reply'], reply, entities, 'reply');
}

async function checkOutcome(client: MongoClient, outcome: readonly Collected[]): Promise<void> {
  for (const { databaseName, collectionName, documents } of outcome) {
    const found = await client
      .db(databaseName)
      .collection(collectionName)
      .find({}, { sort: { _id: 1 } })
      .toArray();
    const none = { valueOf: () => undefined, lsidOf: () => undefined };
    expectMatch({ documents: found }, { documents }, none, collectionName);
  }
}

async function runTest(server: TestServer, suite: Suite, test: Test): Promise<void> {
  for (const data of suite.initialData ?? []) await fill(server.client, data);
  const entities = new Entities(server.uri);
  try {
    entities.create(suite.createEntities);
    for (const operation of test.operations) await runStep({ server, entities }, operation);
    checkEvents(entities, test.expectEvents ?? []);
    await checkOutcome(server.client, test.outcome ?? []);
  } finally {
    await entities.close();
  }
}

/** The suites of the folder with the tests that a standalone server of `version` is asked. */
function askedSuites(path: string, version: string) {
  return filesIn(path).flatMap((file) => {
    const suite = suiteOf(file);
    if (suite === null || !isMet(suite.runOnRequirements, version)) return [];
    const tests = suite.tests.filter(
      (test) => test.skipReason === undefined && isMet(test.runOnRequirements, version),
    );
    return tests.length === 0 ? [] : [{ name: relative(path, file), suite, tests }];
  });
}

// Asked before the tests are named, for the version decides which there are.
const server = hasFolder(folder) ? await testServer({ hasTestCommands: true }) : null;

function hasFolder(path: string | undefined): path is string {
  return path !== undefined && existsSync(path);
}

describe('MongoDB driver specifications', function () {
  this.timeout(20_000);

  if (server === null || folder === undefined) {
    it('SPEC_VECTORS names no folder with the specifications’ tests', function () {
      skipBecause(this, 'SPEC_VECTORS names no folder');
    });
    return;
  }
  after(async () => server.close());

  for (const { name, suite, tests } of askedSuites(folder, server.version)) {
    describe(name, () => {
      for (const test of tests) {
        const reason = driverReason(name, test.description);
        it(reason === null ? test.description : `${test.description} (${reason})`, async function () {
          if (reason !== null) skipBecause(this, reason);
          await runTest(server, suite, test);
        });
      }
    });
  }
});
