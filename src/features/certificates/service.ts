import { fileTypeOf } from './file-type.ts';
import { requireRole, type Actor, type Role } from '../../platform/access.ts';
import type { Clock } from '../../platform/clock.ts';
import { Problem, invalidField } from '../../platform/problem.ts';
import type { FileStore, StoredFile } from '../../store/files.ts';
import type { Organization, Organizations } from '../organizations/contract.ts';
import type { Products } from '../products/contract.ts';
import type { Certificate, Certificates } from './contract.ts';
import type { NewCertificate } from './input.ts';
import type { CertificateStore } from './store.ts';

export type CertificateServiceDeps = {
  readonly store: CertificateStore;
  readonly organizations: Organizations;
  readonly products: Products;
  readonly files: FileStore;
  readonly clock: Clock;
};

export type Operation = { readonly actor: Actor | null; readonly id: string };

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

  async function storeFile(file: Buffer, id: string): Promise<string> {
    const type = fileTypeOf(file);
    if (type === null) throw invalidField('/file', FILE_KIND);
    await deps.files.put(`certificate-${id}`, { type, bytes: file });
    return `certificate-${id}`;
  }

  const contract: Certificates = {
    ofCooperative: (cooperativeId) => store.ofCooperative(cooperativeId),
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
      const cooperative = await ownCooperative(cooperativeId, operation.actor, ['manager']);
      if (cooperative.status !== 'active') throw new Problem('organization-not-active');
      const own = new Set((await deps.products.ofCooperative(cooperativeId)).map(({ id }) => id));
      const strange = productIds.findIndex((id) => !own.has(id));
      if (strange >= 0) throw invalidField(`/productIds/${strange}`, UNKNOWN_PRODUCT);
      const fileId = operation.file === undefined ? undefined : await storeFile(operation.file, operation.id);
      const certificate: Certificate = {
        ...input,
        id: operation.id,
        cooperativeId,
        productIds,
        fileId,
        createdAt: clock.now(),
      };
      if ((await store.insert(certificate)) === 'number-taken') {
        throw invalidField('/number', NUMBER_TAKEN, 'already-exists');
      }
      return (await store.byId(operation.id)) ?? certificate;
    },

    async ownList(cooperativeId: string, actor: Actor | null): Promise<readonly Certificate[]> {
      await ownCooperative(cooperativeId, actor, ['manager', 'clerk', 'officer', 'administrator']);
      return contract.ofCooperative(cooperativeId);
    },

    /** Takes a mistaken certificate off every page; the record of it stays. */
    async withdraw(id: string, reason: string, actor: Actor | null): Promise<void> {
      const certificate = await store.byId(id);
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
