import { AbstractCursor, Collection, GridFSBucket, MongoClient } from 'mongodb';
import type { ClientSession, Document } from 'mongodb';
import type { EntityValues } from './matching.ts';
import type { Target } from './operations.ts';

/** A command event as tests see it: its kind, and what it says. */
export type SeenEvent = { readonly kind: string; readonly event: Document };

const KINDS = ['commandStarted', 'commandSucceeded', 'commandFailed'] as const;
/** What a runner must not show. Source: unified test format, observeEvents and observeSensitiveCommands */
const HIDDEN = new Set(['configureFailPoint', 'hello', 'isMaster', 'ismaster']);

/** The things that one test made, by the names that it gave them. */
export class Entities implements EntityValues {
  readonly #targets = new Map<string, Target>();
  readonly #sessions = new Map<string, ClientSession>();
  readonly #values = new Map<string, unknown>();
  readonly #events = new Map<string, SeenEvent[]>();
  readonly #uri: string;

  constructor(uri: string) {
    this.#uri = uri;
  }

  /** Makes what `createEntities` lists, in its order. */
  create(entities: readonly Document[]): void {
    for (const entity of entities) {
      const [kind = '', options] = Object.entries(entity)[0] ?? [];
      this.#make(kind, options as Document);
    }
  }

  #make(kind: string, options: Document): void {
    const id = String(options['id']);
    switch (kind) {
      case 'client':
        this.#targets.set(id, { kind, client: this.#client(id, options) });
        return;
      case 'database': {
        const client = this.client(String(options['client']));
        const database = client.db(String(options['databaseName']), options['databaseOptions'] as Document);
        this.#targets.set(id, { kind, database });
        return;
      }
      case 'collection': {
        const owner = this.target(String(options['database']));
        if (owner.kind !== 'database') throw new Error(`${id} is in no database`);
        const name = String(options['collectionName']);
        const collection = owner.database.collection(name, options['collectionOptions'] as Document);
        this.#targets.set(id, { kind, collection });
        return;
      }
      case 'bucket': {
        const owner = this.target(String(options['database']));
        if (owner.kind !== 'database') throw new Error(`${id} is in no database`);
        const bucket = new GridFSBucket(owner.database, (options['bucketOptions'] ?? {}) as Document);
        this.#targets.set(id, { kind, bucket });
        return;
      }
      case 'session':
        this.#sessions.set(id, this.client(String(options['client'])).startSession());
        return;
      default:
        throw new Error(`the runner does not make a ${kind}`);
    }
  }

  #client(id: string, options: Document): MongoClient {
    const uriOptions = (options['uriOptions'] ?? {}) as Document;
    const serverApi = options['serverApi'] as { version: '1' } | undefined;
    const client = new MongoClient(this.#uri, {
      monitorCommands: true,
      ...uriOptions,
      ...(serverApi === undefined ? {} : { serverApi }),
    });
    const hidden = new Set([...HIDDEN, ...((options['ignoreCommandMonitoringEvents'] ?? []) as string[])]);
    const seen: SeenEvent[] = [];
    for (const kind of KINDS) {
      if (((options['observeEvents'] ?? []) as string[]).includes(`${kind}Event`)) {
        client.on(kind, (event: { commandName: string }) => {
          if (!hidden.has(event.commandName)) seen.push({ kind: `${kind}Event`, event });
        });
      }
    }
    this.#events.set(id, seen);
    return client;
  }

  target(id: string): Target {
    const target = this.#targets.get(id);
    if (target === undefined) throw new Error(`there is no entity ${id}`);
    return target;
  }

  client(id: string): MongoClient {
    const target = this.target(id);
    if (target.kind !== 'client') throw new Error(`${id} is no client`);
    return target.client;
  }

  session(id: string): ClientSession {
    const session = this.#sessions.get(id);
    if (session === undefined) throw new Error(`there is no session ${id}`);
    return session;
  }

  eventsOf(clientId: string): readonly SeenEvent[] {
    return this.#events.get(clientId) ?? [];
  }

  keep(id: string, value: unknown): void {
    this.#values.set(id, value);
    if (value instanceof AbstractCursor) this.#targets.set(id, { kind: 'cursor', cursor: value });
    if (value instanceof Collection) this.#targets.set(id, { kind: 'collection', collection: value });
  }

  valueOf(id: string): unknown {
    return this.#values.get(id);
  }

  lsidOf(id: string): unknown {
    return this.session(id).id;
  }

  async close(): Promise<void> {
    for (const session of this.#sessions.values()) await session.endSession();
    for (const target of this.#targets.values()) if (target.kind === 'client') await target.client.close();
  }
}
