import { rmSync } from 'node:fs';
import { MASTER_KEY_BYTES, checkValueOf, unitKey, type UnitKey } from '../../domain/unit-code/unit-code.ts';
import { dateInVietnam, type Clock } from '../../platform/clock.ts';
import { ConfigError } from '../../platform/config.ts';
import { formatDate } from '../../platform/format.ts';
import { makeKeyFile, readKeyFile, writeKeyFile, type KeptKey } from '../../platform/key-file.ts';
import type { Random } from '../../platform/random.ts';
import type { KeyEpoch, KeyStore } from './key-store.ts';

/** Where master keys come from: the setting, newest first, or a file of the installation that holds them. */
export type KeySource =
  | { readonly kind: 'given'; readonly keys: readonly Uint8Array[] }
  | { readonly kind: 'kept'; readonly file: string };

/** The most keys by which codes are read: each multiplies a forger's chances. */
export const KEYS_MAX = 4;
/** How often a process looks whether its key file has changed. */
const KEY_FILE_POLL_MS = 1_000;
/** A new key is used only after every process has had time to read it. */
export const KEY_SETTLES_MS = 3_000;
/** No request that makes a run takes longer than this. */
const LEFT_AFTER_MS = 30_000;

/** How far the labels under a key have come. `expiresOn` is the last day of the last of them; null: they never expire. */
export type KeyUse = { readonly runs: number; readonly expiresOn: string | null };

export type UnitKeysDeps = {
  readonly source: KeySource;
  readonly store: KeyStore;
  readonly clock: Clock;
  readonly random: Random;
  useOf(epoch: number): Promise<KeyUse>;
};

export type RotateOutcome =
  | { readonly kind: 'rotated'; readonly epoch: number; readonly retired: number | null; readonly from: Date }
  /** The oldest of the most keys is needed until the end of `until`; null: for ever. */
  | { readonly kind: 'full'; readonly oldest: number; readonly until: string | null };

const pendingFile = (file: string): string => `${file}.next`;

/** The key of a rotation that is under way or was cut off; whoever else rotates finishes the same one. */
function pendingKey(file: string, random: Random): KeptKey {
  const newest = () => readKeyFile(file)?.[0];
  const epoch = (newest()?.epoch ?? 0) + 1;
  makeKeyFile(pendingFile(file), [{ epoch, key: random.bytes(MASTER_KEY_BYTES) }]);
  const [pending] = readKeyFile(pendingFile(file)) ?? [];
  const last = newest();
  const isStale = last?.epoch === pending?.epoch && checkOf(last) !== checkOf(pending);
  if (pending !== undefined && !isStale && pending.epoch >= (last?.epoch ?? 0)) return pending;
  removePending(file);
  throw new Error('Another rotation has just ended: try again');
}

const checkOf = (kept: KeptKey | undefined): string | null =>
  kept === undefined ? null : checkValueOf(kept.key);

/** One key more and one less than the file has at this moment. */
function changeFile(
  file: string,
  change: { readonly added: KeptKey; readonly dropped: number | null },
): void {
  const others = (readKeyFile(file) ?? []).filter(
    ({ epoch }) => epoch !== change.added.epoch && epoch !== change.dropped,
  );
  writeKeyFile(file, [change.added, ...others]);
}

const removePending = (file: string): void => {
  rmSync(pendingFile(file), { force: true });
};

const isOver = ({ runs, expiresOn }: KeyUse, today: string): boolean =>
  runs === 0 || (expiresOn !== null && expiresOn < today);

const inForceOf = (epochs: readonly KeyEpoch[]): readonly KeyEpoch[] =>
  epochs.filter(({ retiredAt }) => retiredAt === null);

/**
 * The master keys of unit codes: which are in force, and which one new runs use. The database knows each by a check
 * value, so that labels are never made with a key that a restored folder or another machine does not have.
 */
export function unitKeys(deps: UnitKeysDeps) {
  const { source, store, clock, random } = deps;
  let keys: readonly UnitKey[] = [];
  let seen = '';
  let timer: NodeJS.Timeout | undefined;

  const today = () => dateInVietnam(clock.now());
  const hold = (kept: readonly KeptKey[]) => {
    const state = kept.map(({ epoch, key }) => `${epoch} ${checkValueOf(key)}`).join(' ');
    if (state === seen) return;
    keys = kept.map(({ epoch, key }) => unitKey(key, epoch));
    seen = state;
  };

  async function begin({ epoch, key }: KeptKey, activeFrom: Date): Promise<void> {
    await store.begin({ epoch, check: checkValueOf(key), createdAt: clock.now(), activeFrom });
  }

  /** @throws ConfigError when the database was made with other keys than these */
  async function compare(kept: readonly KeptKey[], name: string): Promise<void> {
    const held = new Map(kept.map(({ epoch, key }) => [epoch, checkValueOf(key)]));
    for (const { epoch, check, createdAt } of inForceOf(await store.all())) {
      if (held.get(epoch) === check) continue;
      const since = formatDate(dateInVietnam(createdAt));
      throw new ConfigError(
        `${name} does not have the key of unit codes that this database was made with (key ${epoch}, since ` +
          `${since}): restore keys and database from the same backup`,
      );
    }
  }

  async function openFile(file: string): Promise<void> {
    const epochs = await store.all();
    if (readKeyFile(file) === null) {
      if (epochs.length > 0) {
        throw new ConfigError(
          `${file} is missing, and this database has labels of its keys: restore it from the backup`,
        );
      }
      makeKeyFile(file, [{ epoch: 1, key: random.bytes(MASTER_KEY_BYTES) }]);
    }
    const kept = readKeyFile(file) ?? [];
    await compare(kept, file);
    const known = new Set(epochs.map(({ epoch }) => epoch));
    const settled = new Date(clock.now().getTime() + (known.size === 0 ? 0 : KEY_SETTLES_MS));
    for (const one of [...kept].reverse()) if (!known.has(one.epoch)) await begin(one, settled);
    await compare(kept, file);
    hold(await withoutRetired(kept));
  }

  async function withoutRetired(kept: readonly KeptKey[]): Promise<readonly KeptKey[]> {
    const retired = new Set(
      (await store.all()).filter((one) => one.retiredAt !== null).map((one) => one.epoch),
    );
    return kept.filter(({ epoch }) => !retired.has(epoch));
  }

  /** A key that is no longer listed goes when a later one is and nothing printed with it is still in date. */
  async function retireUnlisted(listed: ReadonlySet<string>): Promise<void> {
    const inForce = inForceOf(await store.all());
    const newest = inForce.findLast(({ check }) => listed.has(check))?.epoch ?? 0;
    for (const { epoch, check } of inForce) {
      if (listed.has(check) || epoch > newest) continue;
      const use = await deps.useOf(epoch);
      if (isOver(use, today())) await store.retire(epoch, clock.now());
    }
  }

  async function openGiven(given: readonly Uint8Array[]): Promise<void> {
    const checks = given.map(checkValueOf);
    const known = await store.all();
    const numberOf = new Map(known.map(({ epoch, check }) => [check, epoch]));
    // With none of them known the database is another one's: nothing begins there.
    if (known.length === 0 || checks.some((check) => numberOf.has(check))) {
      let next = (known.at(-1)?.epoch ?? 0) + 1;
      for (const [at, key] of [...given.entries()].reverse()) {
        if (numberOf.has(checks[at] ?? '')) continue;
        numberOf.set(checks[at] ?? '', next);
        await begin({ epoch: next, key }, clock.now());
        next += 1;
      }
    }
    await retireUnlisted(new Set(checks));
    const kept = given.flatMap((key, at) => {
      const epoch = numberOf.get(checks[at] ?? '');
      return epoch === undefined ? [] : [{ epoch, key }];
    });
    await compare(kept, 'UNIT_CODE_KEY');
    hold(await withoutRetired(kept));
  }

  /** A change that cannot be read now is read at the next look: the keys held stay in force. */
  function look(file: string, tell: (error: unknown) => void): void {
    try {
      const kept = readKeyFile(file);
      if (kept !== null) hold(kept);
    } catch (error) {
      tell(error);
    }
  }

  async function current(): Promise<number> {
    const now = clock.now();
    const epochs = inForceOf(await store.all());
    const active = epochs.filter(({ activeFrom }) => activeFrom <= now).map(({ epoch }) => epoch);
    const held = keys.map(({ epoch }) => epoch);
    // Given keys are in the operator's order, kept ones newest first; before the first settles there is only it.
    const found = held.find((epoch) => active.includes(epoch)) ?? held.at(-1);
    if (found === undefined) throw new Error('No key of unit codes is in force');
    return found;
  }

  /** Whether new runs have used a later key for so long that none is still being made with this one. */
  async function isLeft(epoch: number): Promise<boolean> {
    const before = clock.now().getTime() - LEFT_AFTER_MS;
    const later = (await store.all()).filter((one) => one.epoch > epoch);
    return later.some(({ activeFrom }) => activeFrom.getTime() <= before);
  }

  async function rotateFile(file: string): Promise<RotateOutcome> {
    const kept = await withoutRetired(readKeyFile(file) ?? []);
    const oldest = kept.at(-1);
    let retired: number | null = null;
    if (kept.length >= KEYS_MAX && oldest !== undefined) {
      const use = await deps.useOf(oldest.epoch);
      if (!isOver(use, today())) return { kind: 'full', oldest: oldest.epoch, until: use.expiresOn };
      if (!(await isLeft(oldest.epoch)))
        throw new Error('The last rotation is not through: try again in a minute');
      retired = oldest.epoch;
    }
    const next = pendingKey(file, random);
    // The file first: a run never has a key that is not on the disk.
    changeFile(file, { added: next, dropped: null });
    const from = new Date(clock.now().getTime() + KEY_SETTLES_MS);
    await begin(next, from);
    if (retired !== null) {
      await store.retire(retired, clock.now());
      changeFile(file, { added: next, dropped: retired });
    }
    removePending(file);
    hold(await withoutRetired(readKeyFile(file) ?? []));
    return { kind: 'rotated', epoch: next.epoch, retired, from };
  }

  return {
    /**
     * Reads the keys and compares them with the database; the first start makes one.
     * @throws ConfigError in one line when they do not belong together
     */
    async open(): Promise<void> {
      if (source.kind === 'given') await openGiven(source.keys);
      else await openFile(source.file);
    },

    /** Follows the file from now on, so that a rotation is known here before its key is used. */
    follow(tell: (error: unknown) => void): void {
      if (source.kind === 'given') return;
      timer = setInterval(() => {
        look(source.file, tell);
      }, KEY_FILE_POLL_MS).unref();
    },

    stop(): void {
      clearInterval(timer);
    },

    /** The keys by which codes are read. */
    inForce: (): readonly UnitKey[] => keys,

    /** The epoch of new runs. */
    current,

    /** @throws ConfigError when the keys come from the environment */
    async rotate(): Promise<RotateOutcome> {
      if (source.kind === 'kept') return rotateFile(source.file);
      throw new ConfigError(
        'UNIT_CODE_KEY holds the keys: put a new one before the others, separated by a comma, and restart',
      );
    },

    /** Every epoch there was, oldest first, with what was printed under it. */
    async list(): Promise<readonly (KeyEpoch & KeyUse)[]> {
      const epochs = await store.all();
      return Promise.all(epochs.map(async (one) => ({ ...one, ...(await deps.useOf(one.epoch)) })));
    },
  };
}

export type UnitKeys = ReturnType<typeof unitKeys>;
