import { fileTypeOf } from '../../platform/file-type.ts';
import { READERS, requireRole, roleIn, type Actor, type Role } from '../../platform/access.ts';
import type { Clock } from '../../platform/clock.ts';
import { Problem, invalidField } from '../../platform/problem.ts';
import type { FileStore, StoredFile } from '../../store/files.ts';
import type { Organization, Organizations } from '../organizations/contract.ts';
import type { Pictures } from '../pictures/contract.ts';
import type { Product, Products } from '../products/contract.ts';
import type { Certificate, Certificates } from './contract.ts';
import type { NewCertificate } from './input.ts';
import { CERTIFICATES_MAX, type CertificateStore, type WithdrawnCertificate } from './store.ts';

export type CertificateServiceDeps = {
  readonly store: CertificateStore;
  readonly organizations: Organizations;
  readonly products: Products;
  readonly pictures: Pick<Pictures, 'cleaned'>;
  readonly files: FileStore;
  readonly clock: Clock;
};

export type Operation = { readonly actor: Actor | null; readonly id: string };

/** What a cooperative's own people see: its certificates, those taken back, and the products they may cover. */
export type CertificateList = {
  readonly cooperative: Organization;
  readonly certificates: readonly Certificate[];
  readonly withdrawn: readonly WithdrawnCertificate[];
  readonly products: readonly Product[];
  readonly mayChange: boolean;
};

const NUMBER_TAKEN = {
  vi: 'Chứng nhận số này đã được khai.',
  en: 'A certificate of this number has been entered already.',
};
const UNKNOWN_PRODUCT = {
  vi: 'Hợp tác xã không có sản phẩm này.',
  en: 'The cooperative has no such product.',
};
const FILE_KIND = {
  vi: 'Vui lòng chọn tệp PDF, JPEG, PNG hoặc WebP.',
  en: 'Please choose a PDF, JPEG, PNG or WebP file.',
};
const TOO_MANY = {
  vi: `Mỗi hợp tác xã khai nhiều nhất ${CERTIFICATES_MAX} chứng nhận.`,
  en: `A cooperative enters at most ${CERTIFICATES_MAX} certificates.`,
};

/** Certificates of a cooperative: added, shown, withdrawn, never edited. */
export function certificateService(deps: CertificateServiceDeps) {
  const { store, organizations, clock } = deps;

  async function ownCooperative(
    id: string,
    actor: Actor | null,
    roles: readonly Role[],
  ): Promise<Organization> {
    const cooperative = await organizations.byId(id);
    if (cooperative?.kind !== 'cooperative') throw new Problem('not-found');
    requireRole(actor, cooperative, roles);
    return cooperative;
  }

  /** A paper that was photographed may show where and when: only its pixels are kept. */
  async function storeFile(file: Buffer, id: string): Promise<string> {
    const type = fileTypeOf(file);
    if (type === null) throw invalidField('/file', FILE_KIND);
    const stored =
      type === 'application/pdf'
        ? { type, bytes: file }
        : { type: 'image/jpeg', bytes: await deps.pictures.cleaned(file, '/file') };
    await deps.files.put(`certificate-${id}`, stored);
    return `certificate-${id}`;
  }

  async function checkProducts(productIds: readonly string[], cooperativeId: string): Promise<void> {
    const found = await deps.products.byIds(productIds);
    const strange = productIds.findIndex((id) => found.get(id)?.cooperativeId !== cooperativeId);
    if (strange >= 0) throw invalidField(`/productIds/${strange}`, UNKNOWN_PRODUCT);
  }

  const contract: Certificates = {
    ofCooperative: (cooperativeId) => store.ofCooperative(cooperativeId),
    ofCooperatives: (cooperativeIds, since) => store.ofCooperatives(cooperativeIds, since),
    async ofProduct({ id, cooperativeId }) {
      const all = await store.ofCooperative(cooperativeId);
      return all.filter(({ productIds }) => productIds.length === 0 || productIds.includes(id));
    },
  };

  return {
    contract,

    async add(
      cooperativeId: string,
      { productIds = [], ...input }: NewCertificate,
      operation: Operation & { readonly file?: Buffer | undefined },
    ): Promise<Certificate> {
      const { id, actor, file } = operation;
      const cooperative = await ownCooperative(cooperativeId, actor, ['manager']);
      if (cooperative.status !== 'active') throw new Problem('organization-not-active');
      await checkProducts(productIds, cooperativeId);
      const certificate: Certificate = {
        ...input,
        id,
        cooperativeId,
        productIds: [...new Set(productIds)],
        createdAt: clock.now(),
      };
      const others = (await store.ofCooperative(cooperativeId)).filter((other) => other.id !== id);
      if (others.length >= CERTIFICATES_MAX) throw new Problem('invalid', { detail: TOO_MANY });
      // Said before the file is stored; the insert says it for certain.
      if (await store.isNumberTaken(certificate)) {
        throw invalidField('/number', NUMBER_TAKEN, 'already-exists');
      }
      const fileId = file === undefined ? undefined : await storeFile(file, id);
      if ((await store.insert({ ...certificate, fileId })) === 'number-taken') {
        throw invalidField('/number', NUMBER_TAKEN, 'already-exists');
      }
      return (await store.byIdEver(id)) ?? { ...certificate, fileId };
    },

    /** @throws Problem `not-found` for a cooperative that is not active */
    async publicList(cooperativeId: string): Promise<readonly Certificate[]> {
      const cooperative = await organizations.byId(cooperativeId);
      if (cooperative?.kind !== 'cooperative' || cooperative.status !== 'active') {
        throw new Problem('not-found');
      }
      return contract.ofCooperative(cooperativeId);
    },

    async ownList(cooperativeId: string, actor: Actor | null): Promise<CertificateList> {
      const cooperative = await ownCooperative(cooperativeId, actor, READERS);
      const [certificates, withdrawn, products] = await Promise.all([
        contract.ofCooperative(cooperativeId),
        store.withdrawnOf(cooperativeId),
        deps.products.ofCooperative(cooperativeId),
      ]);
      const mayChange = roleIn(actor, cooperative) === 'manager';
      return { cooperative, certificates, withdrawn, products, mayChange };
    },

    /** A certificate for those who may take it back. */
    async forWithdrawal(id: string, actor: Actor | null): Promise<Certificate> {
      const certificate = await store.byId(id);
      if (certificate === null) throw new Problem('not-found');
      await ownCooperative(certificate.cooperativeId, actor, ['manager']);
      return certificate;
    },

    /** Takes a mistaken certificate off every page; the record of it stays. The first reason given counts. */
    async withdraw(id: string, reason: string, actor: Actor | null): Promise<void> {
      const certificate = await store.byIdEver(id);
      if (certificate === null) throw new Problem('not-found');
      await ownCooperative(certificate.cooperativeId, actor, ['manager']);
      await store.withdraw(id, { at: clock.now(), by: actor?.userId ?? '', reason });
    },

    async file(id: string): Promise<StoredFile> {
      const certificate = await store.byId(id);
      const stored = certificate?.fileId === undefined ? null : await deps.files.get(certificate.fileId);
      if (stored === null) throw new Problem('not-found');
      return stored;
    },
  };
}

export type CertificateService = ReturnType<typeof certificateService>;
