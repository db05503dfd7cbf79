import type { Text } from '../../platform/i18n.ts';
import type { VerdictKind } from '../trace/contract.ts';

/** A label of the demonstration that the first page offers to look at. */
export type DemoSample = {
  readonly code: string;
  readonly verdict: VerdictKind;
  /** Null for a code that leads to no product. */
  readonly product: Text | null;
};

/** The demonstration's labels, one for each answer that there is; none where there is no demonstration. */
export type DemoSamples = () => Promise<readonly DemoSample[]>;
