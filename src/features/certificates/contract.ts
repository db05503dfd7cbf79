/** A certificate of a cooperative, for some of its products or (empty list) for all. Dates are `YYYY-MM-DD`. */
export type Certificate = {
  readonly id: string;
  readonly cooperativeId: string;
  readonly standard: string;
  readonly number: string;
  readonly issuer: string;
  readonly issuedOn: string;
  readonly expiresOn: string;
  readonly productIds: readonly string[];
  readonly fileId?: string | undefined;
  readonly createdAt: Date;
};

export type CertificateStatus = 'valid' | 'lapses-soon' | 'lapsed' | 'not-yet';

export { certificateItem, type CertificateItemModel } from './state.ts';

/** What other features may ask of certificates. */
export type Certificates = {
  ofCooperative(cooperativeId: string): Promise<readonly Certificate[]>;
  /** Those of these cooperatives that end on `since` (`YYYY-MM-DD`) or later, the first to end first; at most 5,000. */
  ofCooperatives(cooperativeIds: readonly string[], since: string): Promise<readonly Certificate[]>;
  /** Those that cover the product: named for it, or for the whole cooperative. */
  ofProduct(product: {
    readonly id: string;
    readonly cooperativeId: string;
  }): Promise<readonly Certificate[]>;
};
