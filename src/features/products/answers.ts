import { validOn } from '../../platform/clock.ts';
import type { Product } from './contract.ts';
import { differingFields } from './rules.ts';
import type { ProductVersion } from './service.ts';

/** A product as everyone may see it; a rank that has lapsed says so on the day of asking. */
export function productAnswer(product: Product, { publicUrl, today }: { publicUrl: string; today: string }) {
  const { demo, createdAt, updatedAt, updatedBy: _, photos, ocop, ...rest } = product;
  const { searchKey: __, ...shown } = rest as typeof rest & { searchKey?: string };
  return {
    ...shown,
    url: `${publicUrl}/products/${product.slug}`,
    ocop: ocop === undefined ? null : { ...ocop, valid: validOn(ocop, today) },
    photos: photos.map((photo) => ({ ...photo, url: `${publicUrl}/pictures/${photo.id}-1280.jpg` })),
    demo,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}

/** Each earlier version with who wrote it, and what the version after it changed. */
export function revisionsAnswer(replacing: ProductVersion, earlier: readonly ProductVersion[]) {
  return earlier.map(({ version, at, by, fields }, index) => {
    const replaced = earlier[index - 1] ?? replacing;
    return {
      version,
      writtenAt: at.toISOString(),
      writtenBy: by,
      replacedAt: replaced.at.toISOString(),
      replacedBy: replaced.by,
      changedFields: differingFields(fields, replaced.fields),
      fields,
    };
  });
}
