import type { Actor } from '../../platform/access.ts';
import type { Accounts } from '../accounts/contract.ts';
import type { Batches } from '../batches/contract.ts';
import type { Organizations } from '../organizations/contract.ts';
import type { Products } from '../products/contract.ts';

/** Who does it, and the id of what it makes: a repeat with the same id makes nothing new. */
type Operation = { readonly actor: Actor; readonly id: string };

/**
 * The ways by which the demonstration enters its records: the same services as a request's, behind the same checks
 * of what comes in. `input` is what the API takes as JSON.
 */
export type Entries = {
  readonly organizations: Pick<Organizations, 'byId' | 'insert' | 'isEmpty'>;
  readonly accounts: Pick<Accounts, 'create' | 'isEmpty'>;
  readonly products: Pick<Products, 'byId'>;
  readonly batches: Pick<Batches, 'byId' | 'eventsOf'>;
  addProduct(cooperativeId: string, input: object, operation: Operation): Promise<unknown>;
  addPhoto(productId: string, picture: Buffer, operation: Operation): Promise<unknown>;
  addCertificate(cooperativeId: string, input: object, operation: Operation): Promise<unknown>;
  addBatch(productId: string, input: object, operation: Operation): Promise<unknown>;
  record(batchId: string, input: object, operation: Operation): Promise<unknown>;
  correct(eventId: string, input: object, operation: Operation): Promise<unknown>;
  printLabels(batchId: string, input: object, operation: Operation): Promise<unknown>;
  close(batchId: string, actor: Actor): Promise<unknown>;
};
