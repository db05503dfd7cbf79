import { expect } from 'chai';
import sharp from 'sharp';
import { testApp, type TestApp } from '../kit/app.ts';
import type { Answer } from '../kit/client.ts';
import * as pictures from '../kit/pictures.ts';

describe('pictures of products', () => {
  let app: TestApp;

  const newProduct = async (): Promise<string> => {
    const manager = await app.as('manager');
    const fields = { name: { vi: 'Chè' }, tier: 'local', category: '1.11' };
    return (await manager.post(`/cooperatives/${app.cooperativeId}/products`, fields)).body.id as string;
  };
  const upload = async (
    productId: string,
    file: Buffer,
    headers: Record<string, string> = {},
  ): Promise<Answer> => {
    const body = new FormData();
    body.append('photo', new Blob([new Uint8Array(file)]), 'IMG_0001.JPG');
    return (await app.as('manager')).send('POST', `/api/v1/products/${productId}/photos`, { body, headers });
  };
  const fetched = async (path: string) => {
    const response = await fetch(app.url + path);
    const bytes = Buffer.from(await response.arrayBuffer());
    return { response, bytes };
  };

  before(async () => {
    app = await testApp();
  });
  after(async () => app.stop());

  it('stand upright, in three formats and three widths, without what the camera wrote', async () => {
    const original = await pictures.cameraJpeg();
    const claims = await sharp(original).metadata();
    expect(claims.orientation).to.equal(6);
    expect(original.includes('SECRET-WORDS')).to.equal(true);

    const answer = await upload(await newProduct(), original);

    expect(answer.status, answer.text).to.equal(201);
    expect(answer.body).to.include({ width: 1200, height: 1600 });
    for (const [format, name] of [
      ['jpg', 'jpeg'],
      ['webp', 'webp'],
      ['avif', 'heif'],
    ] as const) {
      for (const size of [320, 640, 1280]) {
        const { response, bytes } = await fetched(`/pictures/${answer.body.id as string}-${size}.${format}`);
        const about = await sharp(bytes).metadata();
        expect(response.status).to.equal(200);
        expect(response.headers.get('cache-control')).to.contain('immutable');
        expect(about).to.include({ format: name, width: Math.min(size, 1200) });
        expect([about.exif, about.icc, about.xmp, about.iptc, about.orientation]).to.deep.equal(
          Array.from({ length: 5 }, () => undefined),
        );
        for (const secret of ['SECRET-WORDS', 'PHOTOGRAPHER-NAME', 'CAMERA-MAKER', 'GPS']) {
          expect(bytes.includes(secret), `${secret} in ${format}`).to.equal(false);
        }
      }
    }
    const { bytes } = await fetched(`/pictures/${answer.body.id as string}-320.jpg`);
    const corner = await sharp(bytes).extract({ left: 10, top: 10, width: 1, height: 1 }).raw().toBuffer();
    expect(corner[0]).to.be.greaterThan(150);
    expect(corner[1]).to.be.lessThan(100);
  });

  for (const [what, make] of [
    ['a JPEG that broke off on its way', pictures.truncatedJpeg],
    ['a hundred million pixels', pictures.pixelBomb],
    ['an SVG', async () => pictures.svg()],
    ['nothing', async () => Buffer.alloc(0)],
    ['a GIF', pictures.gif],
    ['a PDF', async () => Buffer.from('%PDF-1.7\n%%EOF')],
    ['a text with the first bytes of a JPEG', async () => Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3, 4])],
    ['a text with the first bytes of a PNG', async () => Buffer.from('\x89PNG\r\n\x1a\n nothing', 'latin1')],
  ] as const) {
    it(`refuse ${what}, beside the field, and change nothing`, async () => {
      const id = await newProduct();

      const answer = await upload(id, await make());

      expect(answer.status, answer.text).to.equal(422);
      expect(answer.body.errors[0].pointer).to.equal('/photo');
      expect((await (await app.as('guest')).get(`/products/${id}`)).body.photos).to.deep.equal([]);
    });
  }

  for (const [what, make, width] of [
    ['an animated WebP, as its first frame', pictures.animatedWebp, 60],
    ['a CMYK JPEG of a print shop', pictures.cmykJpeg, 200],
    ['a PNG of 16 bits', pictures.deepPng, 200],
    ['a grey PNG', pictures.greyPng, 200],
    ['a transparent PNG', pictures.clearPng, 120],
    ['a single pixel', pictures.onePixel, 1],
    ['a picture narrower than the smallest size', () => pictures.smallJpeg(90, 60), 90],
    ['a very long strip', () => pictures.smallJpeg(20, 3000), 20],
  ] as const) {
    it(`take ${what}`, async () => {
      const answer = await upload(await newProduct(), await make());

      expect(answer.status, answer.text).to.equal(201);
      expect(answer.body.width).to.equal(width);
      for (const format of ['jpg', 'webp', 'avif']) {
        const { bytes } = await fetched(`/pictures/${answer.body.id as string}-1280.${format}`);
        expect((await sharp(bytes).metadata()).width).to.equal(width);
      }
    });
  }

  it('keep the colour of a print shop’s picture, and white where there was nothing', async () => {
    const [printed, clear] = await Promise.all([pictures.cmykJpeg(), pictures.clearPng()]);
    const ids = [await upload(await newProduct(), printed), await upload(await newProduct(), clear)].map(
      ({ body }) => body.id as string,
    );

    const [green, white] = await Promise.all(
      ids.map(async (id) => sharp((await fetched(`/pictures/${id}-320.jpg`)).bytes).stats()),
    );

    const [red = 0, greenness = 0, blue = 0] = green?.channels.map(({ mean }) => mean) ?? [];
    expect(greenness).to.be.greaterThan(Math.max(red, blue));
    expect(white?.channels[0]?.mean).to.be.greaterThan(250);
  });

  it('take the largest that is allowed, several at once, within a minute', async () => {
    const id = await newProduct();
    const large = await pictures.largestPng();

    const answers = await Promise.all([upload(id, large), upload(id, large), upload(id, large)]);

    expect(answers.map(({ status }) => status)).to.deep.equal([201, 201, 201]);
  }).timeout(60_000);

  it('answer a file beyond the limit with 413', async () => {
    const answer = await upload(await newProduct(), Buffer.alloc(12 * 1024 * 1024 + 1, 0xff));

    expect(answer.status).to.equal(413);
  });

  it('are eight at most, also when many come at once', async () => {
    const id = await newProduct();
    const small = await pictures.smallJpeg(40, 40);

    const answers = await Promise.all(Array.from({ length: 10 }, () => upload(id, small)));

    expect(answers.filter(({ status }) => status === 201)).to.have.length(8);
    const refused = answers.find(({ status }) => status === 422);
    expect(refused?.body.errors[0]).to.include({ pointer: '/photo' });
    expect(refused?.body.detail).to.contain('nhiều nhất 8 ảnh');
    expect((await (await app.as('guest')).get(`/products/${id}`)).body.photos).to.have.length(8);
  });

  it('are added once for one idempotency key', async () => {
    const id = await newProduct();
    const small = await pictures.smallJpeg();
    const key = { 'idempotency-key': 'photo-1' };

    const answers = [await upload(id, small, key), await upload(id, small, key)];

    expect(answers[1]?.body).to.deep.equal(answers[0]?.body);
    expect((await (await app.as('guest')).get(`/products/${id}`)).body.photos).to.have.length(1);
  });

  it('are put in another order and taken off by the product’s manager only', async () => {
    const id = await newProduct();
    const [one, two] = [
      (await upload(id, await pictures.smallJpeg())).body.id as string,
      (await upload(id, await pictures.smallJpeg())).body.id as string,
    ];
    const manager = await app.as('manager');
    const other = await app.as('otherManager');

    const turned = await manager.patch(`/products/${id}`, { photos: [two, one] });
    const lost = await manager.patch(`/products/${id}`, { photos: [two] });
    const foreign = await other.delete(`/products/${id}/photos/${one}`);
    const gone = [
      await manager.delete(`/products/${id}/photos/${two}`),
      await manager.delete(`/products/${id}/photos/${two}`),
    ];

    expect(turned.body.photos.map((photo: { id: string }) => photo.id)).to.deep.equal([two, one]);
    expect([lost.status, foreign.status]).to.deep.equal([422, 404]);
    expect(gone.map(({ status }) => status)).to.deep.equal([204, 204]);
    const left = (await (await app.as('guest')).get(`/products/${id}`)).body.photos;
    expect(left.map((photo: { id: string }) => photo.id)).to.deep.equal([one]);
  });

  it('answer an unknown name with 404', async () => {
    const statuses = await Promise.all(
      [
        '/pictures/none-320.jpg',
        '/pictures/none-321.jpg',
        '/pictures/..%2f..%2fetc-320.jpg',
        '/pictures/none-320.svg',
      ].map(async (path) => (await fetched(path)).response.status),
    );

    expect(statuses).to.deep.equal([404, 404, 404, 404]);
  });
});
