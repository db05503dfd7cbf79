import type { PhotoModel } from '../../platform/view-parts.ts';

/** A stored picture; `width` and `height` are of its largest size, in pixels. */
export type Picture = { readonly id: string; readonly width: number; readonly height: number };

/** What other features may ask of pictures. */
export type Pictures = {
  /**
   * Re-encodes and stores a picture; the same id again leaves the first in place.
   * @throws Problem `invalid` at `pointer` for anything that is no picture
   */
  store(
    file: Buffer | undefined,
    place: { readonly id: string; readonly ownerId: string; readonly pointer: string },
  ): Promise<Picture>;
  belongsTo(pictureId: string, ownerId: string): Promise<boolean>;
  /** A stored picture of that owner; null for anything else. */
  find(pictureId: string, ownerId: string): Promise<Picture | null>;
  /**
   * The copy of a paper: upright, readable in full, without what the camera wrote into it.
   * @returns the bytes of a JPEG
   * @throws as `store`
   */
  cleaned(file: Buffer, pointer: string): Promise<Buffer>;
  /** How a page shows it: three formats, three widths, lazy. */
  model(picture: Picture, alt: string): PhotoModel;
  /** A picture of which only the id is known. */
  modelById(id: string, alt: string): PhotoModel & { readonly href: string };
};
