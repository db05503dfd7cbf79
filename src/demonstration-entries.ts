import { parse } from './platform/validate.ts';
import { printRunInput } from './features/labels/input.ts';
import { certificateInput } from './features/certificates/input.ts';
import type { Entries } from './features/demonstration/entries.ts';
import type { Features } from './features.ts';

/** The demonstration's ways into the features: each input is checked as if it had come in a request. */
export function demonstrationEntries(
  features: Pick<Features, 'organizations' | 'accounts' | 'products' | 'certificates' | 'batches' | 'labels'>,
): Entries {
  const { organizations, accounts, products, certificates, batches, labels } = features;
  return {
    organizations: organizations.contract,
    accounts: accounts.contract,
    products: products.contract,
    batches: batches.contract,
    addProduct: (cooperativeId, input, operation) =>
      products.service.create(cooperativeId, parse(products.inputs.product, input), operation),
    addPhoto: (productId, picture, operation) => products.photos.add(productId, picture, operation),
    addCertificate: (cooperativeId, input, operation) =>
      certificates.service.add(cooperativeId, parse(certificateInput, input), operation),
    addBatch: (productId, input, operation) =>
      batches.service.create(productId, parse(batches.inputs.batch, input), operation),
    record: (batchId, input, operation) =>
      batches.records.record(batchId, parse(batches.inputs.event, input), operation),
    correct: (eventId, input, operation) =>
      batches.records.correct(eventId, parse(batches.inputs.correction, input), operation),
    printLabels: (batchId, input, operation) =>
      labels.service.create(batchId, parse(printRunInput, input), operation),
    close: (batchId, actor) => batches.service.close(batchId, actor),
  };
}
