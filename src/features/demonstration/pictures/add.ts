import type { DemoData, DemoProduct } from '../data.ts';
import type { Entries } from '../entries.ts';
import { demoId } from '../ids.ts';
import { demoStaff } from '../people.ts';
import { lettering, type Outlines } from './lettering.ts';
import { paintProduct } from './paint.ts';

type Adding = {
  readonly data: DemoData;
  readonly entries: Pick<Entries, 'products' | 'addPhoto'>;
  readonly letters: Outlines;
  isStopping(): boolean;
};

/** One after another, so that there is always a processor left for whoever looks at the pages. */
export async function addPictures({ data, entries, letters, isStopping }: Adding): Promise<boolean> {
  const letter = lettering(letters);
  const lacksOne = async ({ key }: DemoProduct) => {
    const stored = await entries.products.byId(demoId(key));
    return stored !== null && stored.photos.length === 0;
  };
  for (const product of data.products) {
    if (isStopping()) return false;
    if (!(await lacksOne(product))) continue;
    const picture = await paintProduct(product, letter);
    const { manager } = demoStaff(data, product.cooperative);
    const operation = { actor: manager, id: demoId(`photo ${product.key}`) };
    if (picture !== null) await entries.addPhoto(demoId(product.key), picture, operation);
  }
  return true;
}
