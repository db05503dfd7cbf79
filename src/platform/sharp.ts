import type { Sharp, SharpInput, SharpOptions } from 'sharp';

export type Picture = Sharp;
type OpenPicture = (input: SharpInput, options?: SharpOptions) => Picture;

/** The library for pictures, loaded when a picture is first worked on: its 20 MB are not there before. */
export const loadSharp = async (): Promise<OpenPicture> => (await import('sharp')).default;
