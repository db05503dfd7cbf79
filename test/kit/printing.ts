import { expect } from 'chai';
import type { TestApp } from './app.ts';
import type { Answer, Json } from './client.ts';
import { teaBatch, teaProduct } from './samples.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A product of the test cooperative, batches of it and print runs of those. */
export type Printing = {
  readonly productId: string;
  /** A new batch with a lot of its own, as the API answers it. */
  batch(fields?: Fields): Promise<Json>;
  /** What the API says when the clerk prints ten labels of a batch on a sheet. */
  print(batchId: string, fields?: Fields): Promise<Answer>;
  /** The run, where it must be printed. */
  printed(batchId: string, fields?: Fields): Promise<Json>;
};

/** @param usual what batches and print runs have unless a test says otherwise */
export async function printing(
  app: TestApp,
  usual: { readonly product?: Fields; readonly batch?: Fields; readonly run?: Fields } = {},
): Promise<Printing> {
  const right = async (asked: Promise<Answer>): Promise<Json> => {
    const answer = await asked;
    expect(answer.status, answer.text).to.equal(201);
    return answer.body;
  };
  const [manager, clerk] = [await app.as('manager'), await app.as('clerk')];
  const body = { ...teaProduct, ...usual.product };
  const product = await right(manager.post(`/cooperatives/${app.cooperativeId}/products`, body));
  let lot = 0;

  const print = async (batchId: string, fields: Fields = {}) =>
    clerk.post(`/batches/${batchId}/print-runs`, {
      template: 'avery-l7160',
      count: 10,
      ...usual.run,
      ...fields,
    });

  return {
    productId: product.id,
    async batch(fields = {}) {
      const lotNumber = `IN-${(lot += 1)}`;
      const made = { ...teaBatch, lotNumber, ...usual.batch, ...fields };
      return right(clerk.post(`/products/${product.id}/batches`, made));
    },
    print,
    printed: async (batchId, fields) => right(print(batchId, fields)),
  };
}

/** The codes of a run's table, as its CSV file has them, in the order of the labels. */
export const codesOf = (csv: string): readonly string[] =>
  csv
    .trim()
    .split('\r\n')
    .slice(1)
    .map((row) => /^"\d+","([^"]+)"/.exec(row)?.[1] ?? row);
