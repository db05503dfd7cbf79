import type { Product } from './contract.ts';

/** A product as everyone may see it; a rank that has lapsed says so on the day of asking. */
export function productAnswer(product: Product, { publicUrl, today }: { publicUrl: string; today: string }) {
  const { demo, createdAt, photos, ocop, ...rest } = product;
  const { searchKey: _, ...shown } = rest as typeof rest & { searchKey?: string };
  return {
    ...shown,
    url: `${publicUrl}/products/${product.slug}`,
    ocop: ocop === undefined ? null : { ...ocop, valid: ocop.issuedOn <= today && today <= ocop.expiresOn },
    photos: photos.map((photo) => ({ ...photo, url: `${publicUrl}/pictures/${photo.id}-1280.jpg` })),
    demo,
    createdAt: createdAt.toISOString(),
  };
}
