import type { Bilingual, Text } from '../../platform/i18n.ts';
import type { Verdict } from '../trace/contract.ts';

/** Somebody who can sign in to the demonstration. */
export type DemoAccount = {
  readonly role: Bilingual;
  readonly login: string;
  /** Null where the page may not show it: it was printed once on the terminal. */
  readonly password: string | null;
};

/** A label of the demonstration to look at: one for each verdict that it has. */
export type SampleLabel = {
  readonly code: string;
  readonly verdict: Verdict;
  /** The product on the label; null for a code that nobody issued. */
  readonly product: Text | null;
};

/** What other features may ask of the demonstration. */
export type Demonstration = {
  /** Whether this database has it; a page that shows many things then says so. */
  isShown(): Promise<boolean>;
  /** Empty where there is no demonstration. */
  accounts(): Promise<readonly DemoAccount[]>;
  /** Empty where there is no demonstration. */
  samples(): Promise<readonly SampleLabel[]>;
};
