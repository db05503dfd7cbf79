import sharp from 'sharp';
import { expect } from 'chai';
import type { Person, TestApp } from './app.ts';
import type { Client } from './client.ts';
import { checkDigit } from '../../src/domain/gs1/check-digit.ts';
import { ownSheet } from './own-labels.ts';
import { harvest, teaBatch, teaProduct } from './samples.ts';

/** Who is who from one cooperative's side: for the other cooperative, its own people are “own”. */
export type Side = 'first' | 'second';

/** One of the two cooperatives of the test world, with things of its own and makers of more. */
export type Tenant = {
  readonly side: Side;
  /** Stands in the text of everything private that it has; nobody else's answer may hold it. */
  readonly marker: string;
  readonly cooperativeId: string;
  readonly unionId: string;
  readonly provinceCode: string;
  readonly cooperativeSlug: string;
  readonly productId: string;
  readonly productSlug: string;
  readonly photoId: string;
  readonly certificateId: string;
  readonly batchId: string;
  readonly batchCode: string;
  readonly eventId: string;
  /** Something that is nobody's yet, such as a lot number or a certificate number. */
  fresh(prefix: string): string;
  newProduct(): Promise<string>;
  newBatch(): Promise<{ readonly id: string; readonly code: string }>;
  /** A batch with neither packs nor an expiry date, of a product that says nothing of them. */
  newBareBatch(): Promise<string>;
  newEvent(): Promise<string>;
  /** Two labels of its batch on a sheet. */
  newPrintRun(): Promise<string>;
  /** A print run that was printed again once; the run's id. */
  newReprint(): Promise<string>;
  /** A batch of a product with a number of open trade. */
  newTraded(): Promise<{ readonly gtin: string; readonly lot: string }>;
  /** A sheet that the cooperative measured itself. */
  newOwnSheet(): Promise<string>;
  newCertificate(): Promise<string>;
  newPhoto(): Promise<string>;
  /** An open invitation of a new clerk. */
  newInvitation(): Promise<{ readonly id: string; readonly token: string }>;
  /** A new clerk of the cooperative; its user id. */
  newMember(): Promise<string>;
  /** A registration in its province that waits for an officer. */
  newRegistration(): Promise<string>;
};

/** A person of the second cooperative's world who stands where `person` stands in the first's. */
export function onSide(person: Person, side: Side): Person {
  const swapped: Partial<Record<Person, Person>> = {
    officer: 'otherOfficer',
    manager: 'otherManager',
    clerk: 'otherClerk',
    otherOfficer: 'officer',
    otherManager: 'manager',
    otherClerk: 'clerk',
  };
  return side === 'first' ? person : (swapped[person] ?? person);
}

/** A small photo; each call a picture of its own. */
export async function photoBytes(): Promise<Buffer> {
  const noise = Buffer.from(Array.from({ length: 16 * 12 * 3 }, () => Math.floor(Math.random() * 256)));
  return sharp(noise, { raw: { width: 16, height: 12, channels: 3 } })
    .jpeg()
    .toBuffer();
}

export const PDF_BYTES = Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n');

export function multipart(fields: Readonly<Record<string, string | File>>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  return form;
}

export const fileOf = (bytes: Buffer, name: string, type: string): File =>
  new File([new Uint8Array(bytes)], name, { type });

let count = 0;
/** A print run that is right, of any batch. */
export const PRINT_RUN = { template: 'avery-l7160', count: 2, codes: 'batch', startAt: 3 } as const;

/** Never the same twice in one run. */
export const fresh = (prefix: string): string => `${prefix}-${(count += 1)}`;

/** The body of a registration that is right. */
export function registrationBody(provinceCode: string, marker: string) {
  const name = fresh('htx');
  return {
    cooperative: {
      name: `HTX ${marker} ${name}`,
      kind: 'cooperative',
      provinceCode,
      address: 'Thôn 3',
      description: { vi: 'Trồng chè', en: 'Grows tea' },
      foundedOn: '2015-03-01',
    },
    manager: { name: 'Nguyễn Thị Thử', email: `${name}@example.org`, password: 'mật khẩu đủ dài' },
  };
}

/** The same as the fields of the page's form. */
export function registrationForm(provinceCode: string, marker: string): Record<string, string> {
  const { cooperative, manager } = registrationBody(provinceCode, marker);
  return {
    'cooperative.name': cooperative.name,
    'cooperative.kind': cooperative.kind,
    'cooperative.provinceCode': provinceCode,
    'cooperative.address': cooperative.address,
    'manager.name': manager.name,
    'manager.email': manager.email,
    'manager.password': manager.password,
  };
}

type Made = { readonly status: number; readonly body: { readonly id: string }; readonly text: string };

function idOf(answer: Made): string {
  expect(answer.status, answer.text).to.equal(201);
  return answer.body.id;
}

async function makers(app: TestApp, side: Side) {
  const first = side === 'first';
  const marker = first ? 'Kín một' : 'Kín hai';
  const cooperativeId = first ? app.cooperativeId : app.otherCooperativeId;
  const manager: Client = await app.as(onSide('manager', side));
  const clerk: Client = await app.as(onSide('clerk', side));
  const { gtin: _, ...product } = teaProduct;

  const newProduct = async () =>
    idOf(await manager.post(`/cooperatives/${cooperativeId}/products`, { ...product, brand: fresh(marker) }));
  const newBareProduct = async () => {
    const { name, tier, category } = product;
    return idOf(await manager.post(`/cooperatives/${cooperativeId}/products`, { name, tier, category }));
  };
  const newPhoto = async (productId: string) =>
    idOf(
      await manager.send('POST', `/api/v1/products/${productId}/photos`, {
        body: multipart({ photo: fileOf(await photoBytes(), 'anh.jpg', 'image/jpeg') }),
      }),
    );
  const newCertificate = async () =>
    idOf(
      await manager.send('POST', `/api/v1/cooperatives/${cooperativeId}/certificates`, {
        body: multipart({
          standard: 'VietGAP',
          number: fresh('VG'),
          issuer: 'Trung tâm chứng nhận',
          issuedOn: '2026-01-01',
          expiresOn: '2028-01-01',
          file: fileOf(PDF_BYTES, 'vietgap.pdf', 'application/pdf'),
        }),
      }),
    );
  const newBatch = async (productId: string) => {
    const body = { ...teaBatch, lotNumber: fresh(first ? 'KIN1' : 'KIN2') };
    const answer = await clerk.post(`/products/${productId}/batches`, body);
    return { id: idOf(answer), code: String(answer.body.code) };
  };
  const newEvent = async (batchId: string) =>
    idOf(await clerk.post(`/batches/${batchId}/events`, { ...harvest, note: { vi: `Ghi chú ${marker}` } }));
  const newInvitation = async () => {
    const body = { email: `${fresh('moi')}@example.org`, role: 'clerk' };
    const answer = await manager.post(`/organizations/${cooperativeId}/invitations`, body);
    return { id: idOf(answer), token: String(answer.body.token) };
  };
  const newMember = async () => {
    const { token } = await newInvitation();
    const person = { token, name: `Lò Thị ${marker}`, password: 'mật khẩu đủ dài' };
    const answer = await (await app.as('guest')).post('/invitations/accept', person);
    expect(answer.status, answer.text).to.equal(201);
    return String(answer.body.userId);
  };
  const newPrintRun = async (batchId: string) =>
    idOf(await clerk.post(`/batches/${batchId}/print-runs`, PRINT_RUN));
  const newReprint = async (batchId: string) => {
    const runId = await newPrintRun(batchId);
    idOf(await clerk.post(`/print-runs/${runId}/reprints`, { reason: 'Kẹt giấy' }));
    return runId;
  };
  const newTraded = async () => {
    const body = `8935244${String((count += 1)).padStart(5, '0')}`;
    const gtin = body + String(checkDigit(body));
    const made = await manager.post(`/cooperatives/${cooperativeId}/products`, { ...product, gtin });
    const lot = fresh('DL');
    idOf(await clerk.post(`/products/${idOf(made)}/batches`, { ...teaBatch, lotNumber: lot }));
    return { gtin, lot };
  };
  const newOwnSheet = async () =>
    idOf(
      await clerk.post(`/cooperatives/${cooperativeId}/label-templates`, ownSheet(fresh(`Giấy ${marker}`))),
    );
  return {
    newTraded,
    newOwnSheet,
    newPrintRun,
    newReprint,
    newInvitation,
    newMember,
    newBareProduct,
    marker,
    cooperativeId,
    newProduct,
    newPhoto,
    newCertificate,
    newBatch,
    newEvent,
  };
}

/** The cooperative of `side` with a product, a photo, a certificate, a batch and an event. */
export async function tenantOf(app: TestApp, side: Side): Promise<Tenant> {
  const { marker, cooperativeId, ...make } = await makers(app, side);
  const provinceCode = side === 'first' ? '08' : '68';
  const bareProductId = await make.newBareProduct();
  const guest = await app.as('guest');
  const productId = await make.newProduct();
  const { slug } = (await guest.get(`/products/${productId}`)).body as { slug: string };
  const photoId = await make.newPhoto(productId);
  const certificateId = await make.newCertificate();
  const batch = await make.newBatch(productId);
  const eventId = await make.newEvent(batch.id);
  const { service } = app.app.features.organizations;
  return {
    side,
    marker,
    cooperativeId,
    unionId: side === 'first' ? app.unionId : 'union2',
    provinceCode,
    cooperativeSlug: String((await guest.get(`/cooperatives/${cooperativeId}`)).body.slug),
    productId,
    productSlug: slug,
    photoId,
    certificateId,
    batchId: batch.id,
    batchCode: batch.code,
    eventId,
    fresh,
    newProduct: make.newProduct,
    newBatch: () => make.newBatch(productId),
    newBareBatch: async () => (await make.newBatch(bareProductId)).id,
    newPrintRun: () => make.newPrintRun(batch.id),
    newTraded: make.newTraded,
    newOwnSheet: make.newOwnSheet,
    newReprint: () => make.newReprint(batch.id),
    newEvent: async () => make.newEvent((await make.newBatch(productId)).id),
    newInvitation: make.newInvitation,
    newMember: make.newMember,
    newCertificate: make.newCertificate,
    newPhoto: async () => make.newPhoto(productId),
    async newRegistration() {
      const { cooperative, manager } = registrationBody(provinceCode, marker);
      const input = { cooperative: { ...cooperative, kind: 'cooperative' as const }, manager };
      return (await service.register(input, { actor: null, id: `r${fresh('x').replace('-', '')}` })).id;
    },
  };
}
