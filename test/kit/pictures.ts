import sharp from 'sharp';

/** Pictures as people send them and as people break them, made when they are asked for. */

const plain = (width: number, height: number, background = '#3a7d44') =>
  sharp({ create: { width, height, channels: 3, background } });

/** What a camera writes: where, by whom, with what. It lies on its side, as most phones' pictures do. */
const CAMERA = {
  IFD0: { Make: 'CAMERA-MAKER', Artist: 'PHOTOGRAPHER-NAME', Copyright: 'SECRET-WORDS' },
  IFD3: {
    GPSLatitudeRef: 'N',
    GPSLatitude: '23/1 9/1 13/1',
    GPSLongitudeRef: 'E',
    GPSLongitude: '105/1 18/1 29/1',
  },
} as const;

/** 1600 × 1200 with the words and the place of `CAMERA`; orientation 6: to be turned by 90°, so 1200 × 1600. */
export async function cameraJpeg(): Promise<Buffer> {
  return plain(1600, 1200)
    .composite([
      // The corner that is top left when the picture stands upright: bottom left as it is stored.
      {
        input: await plain(400, 400, '#d02020').png().toBuffer(),
        gravity: 'southwest',
      },
    ])
    .withExif(CAMERA)
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();
}

export const smallJpeg = (width = 300, height = 200): Promise<Buffer> =>
  plain(width, height).jpeg().toBuffer();

export async function truncatedJpeg(): Promise<Buffer> {
  const whole = await sharp({
    create: {
      width: 800,
      height: 600,
      channels: 3,
      background: '#000',
      noise: { type: 'gaussian', mean: 128, sigma: 40 },
    },
  })
    .jpeg()
    .toBuffer();
  return whole.subarray(0, whole.length / 2);
}

/** A few kilobytes that unpack to 100 million pixels. */
export const pixelBomb = (): Promise<Buffer> =>
  sharp({
    create: { width: 10_000, height: 10_000, channels: 3, background: '#fff' },
    limitInputPixels: false,
  })
    .png({ compressionLevel: 9 })
    .toBuffer();

/** Just under the limit: it must be taken, and in time. */
export const largestPng = (): Promise<Buffer> => plain(9_900, 6_000).png({ compressionLevel: 6 }).toBuffer();

export const gif = (): Promise<Buffer> => plain(40, 40).gif().toBuffer();

export async function animatedWebp(): Promise<Buffer> {
  const frames = await Promise.all(
    ['#d02020', '#2020d0'].map((colour) => plain(60, 60, colour).png().toBuffer()),
  );
  return sharp(frames, { join: { animated: true } })
    .webp({ delay: [100, 100], loop: 0 })
    .toBuffer();
}

/** As a print shop sends it. */
export const cmykJpeg = (): Promise<Buffer> => plain(200, 100).toColourspace('cmyk').jpeg().toBuffer();

export const deepPng = (): Promise<Buffer> =>
  plain(200, 100).toColourspace('rgb16').png({ palette: false }).toBuffer();

export const greyPng = (): Promise<Buffer> => plain(200, 100).greyscale().png().toBuffer();

export const clearPng = (): Promise<Buffer> =>
  sharp({ create: { width: 120, height: 80, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } })
    .png()
    .toBuffer();

export const onePixel = (): Promise<Buffer> => plain(1, 1).png().toBuffer();

export const svg = (): Buffer =>
  Buffer.from(
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>',
  );
