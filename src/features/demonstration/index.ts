import type { Connection } from 'mongoose';
import { makeBatchCode } from '../../domain/batch-code/batch-code.ts';
import type { Text } from '../../platform/i18n.ts';
import type { ImportClock } from '../../platform/clock.ts';
import type { Batches } from '../batches/contract.ts';
import type { Verdict } from '../trace/contract.ts';
import type { Demonstration, SampleLabel } from './contract.ts';
import { readDemoData } from './data.ts';
import { demoDays } from './days.ts';
import type { Entries } from './entries.ts';
import { demoId } from './ids.ts';
import { loadRecords } from './load.ts';
import type { Outlines } from './pictures/lettering.ts';
import { addPictures } from './pictures/add.ts';
import { demoPasswords } from './passwords.ts';
import { demoAccounts } from './people.ts';
import { demonstrationStore } from './store.ts';

export type DemonstrationFeatureDeps = {
  readonly connection: Connection;
  readonly clock: ImportClock;
  /** Whether the settings ask for a demonstration. */
  readonly wanted: boolean;
  readonly givenPassword: string | undefined;
  /** Whether the settings name an administrator; otherwise the demonstration brings one. */
  readonly hasAdministrator: boolean;
  /** Whether only people at this machine reach the pages, so that they may show passwords. */
  readonly localOnly: boolean;
  readonly sessionSecret: Uint8Array;
  readonly batches: Batches;
  /** The type of the labels, for the pictures of the goods. */
  readonly letters: Outlines;
  verify(codes: readonly string[]): Promise<readonly Judged[]>;
};

type Judged = {
  readonly code: string;
  readonly verdict: Verdict;
  readonly subject: { readonly product: { readonly name: Text } } | null;
};

/** What was printed for a person once: who can sign in, and how. */
export type LoadedDemonstration = { readonly accounts: ReturnType<typeof demoAccounts> };

/** Batches with a label worth looking at: those that the file expects another verdict of than genuine, and one. */
const SAMPLE_BATCHES = ['b-cx-02', 'b-td-02', 'b-sr-01'] as const;

/** A code of the right form that this server never issued. */
const FORGED_CODE = makeBatchCode(new Uint8Array([0x4e, 0x67, 0x75, 0x6f, 0x6e, 0x21, 0x00]));

/** Fictitious cooperatives for whoever looks at the product for the first time. */
export function demonstrationFeature(deps: DemonstrationFeatureDeps) {
  const store = demonstrationStore(deps.connection);
  const passwords = demoPasswords(deps.sessionSecret, deps.givenPassword);
  let shown = false;

  const contract: Demonstration = {
    async isShown() {
      shown ||= (await store.find())?.loaded ?? false;
      return shown;
    },

    async accounts() {
      if (!deps.wanted) return [];
      const installation = await store.find();
      if (installation === null || !installation.loaded) return [];
      const known = deps.localOnly && installation.passwordCheck === passwords.check;
      const accounts = demoAccounts(readDemoData(), passwords, {
        administrator: installation.hasAdministrator,
      });
      return accounts.map((account) => ({ ...account, password: known ? account.password : null }));
    },

    async samples() {
      if (!(await contract.isShown())) return [];
      const batches = await deps.batches.byIds(SAMPLE_BATCHES.map(demoId));
      const codes = SAMPLE_BATCHES.flatMap((key) => batches.get(demoId(key))?.code ?? []);
      const judged = await deps.verify([...codes, FORGED_CODE]);
      const byVerdict = new Map<Verdict, SampleLabel>();
      for (const { code, verdict, subject } of judged) {
        if (!byVerdict.has(verdict)) {
          byVerdict.set(verdict, { code, verdict, product: subject?.product.name ?? null });
        }
      }
      return [...byVerdict.values()];
    },
  };

  return {
    contract,

    /**
     * Claims an empty database for the demonstration; before anything else is written to it.
     * @returns whether there is something to load: it was claimed now, or a start was cut off in the middle
     */
    async begin(entries: Pick<Entries, 'organizations' | 'accounts'>): Promise<boolean> {
      if (!deps.wanted) return false;
      const installation = await store.find();
      if (installation !== null) return !installation.loaded;
      const empty = (await entries.organizations.isEmpty()) && (await entries.accounts.isEmpty());
      if (!empty) return false;
      const { hasAdministrator } = deps;
      await store.begin({
        installedAt: deps.clock.now(),
        passwordCheck: passwords.check,
        hasAdministrator: !hasAdministrator,
      });
      return true;
    },

    /** Enters every record that is not there yet; after `begin`. */
    async load(
      entries: Entries,
      progress: (done: number, total: number) => void,
    ): Promise<LoadedDemonstration> {
      const installation = await store.find();
      if (installation === null) throw new Error('The demonstration has not begun');
      const data = readDemoData();
      const administrator = installation.hasAdministrator;
      await loadRecords({
        data,
        days: demoDays(installation.installedAt),
        entries,
        at: deps.clock.at,
        passwords,
        administrator,
        progress,
      });
      await store.finish('loadedAt', deps.clock.now());
      return { accounts: demoAccounts(data, passwords, { administrator }) };
    },

    /**
     * Paints the products that have no picture yet, while the server answers: until then their pages show the
     * drawing of their group. Ends early, and goes on at the next start, once `isStopping`.
     */
    async paint(entries: Entries, isStopping: () => boolean): Promise<void> {
      const installation = deps.wanted ? await store.find() : null;
      if (installation?.loaded !== true || installation.pictured) return;
      const all = await addPictures({ data: readDemoData(), entries, letters: deps.letters, isStopping });
      if (all) await store.finish('picturesAt', deps.clock.now());
    },
  };
}
