import { Schema, type Connection, type InferRawDocType } from 'mongoose';
import { STRICT, duplicateKey, insertOnce } from '../../store/connect.ts';
import { searchKey } from '../../domain/text/search-key.ts';
import type { Certificate } from './contract.ts';

export type Withdrawal = { readonly at: Date; readonly by: string; readonly reason: string };
export type WithdrawnCertificate = Certificate & { readonly withdrawn: Withdrawal };

/** The most certificates of one cooperative that lists give. */
export const CERTIFICATES_MAX = 1_000;
/** The most certificates of many cooperatives together. */
const MANY_MAX = 5_000;

const definition = {
  _id: { type: String, required: true },
  cooperativeId: { type: String, required: true },
  /** One certificate of a number at a time; one that was withdrawn has none, so the right one can follow it. */
  inForceKey: { type: String },
  standard: { type: String, required: true },
  number: { type: String, required: true },
  issuer: { type: String, required: true },
  issuedOn: { type: String, required: true },
  expiresOn: { type: String, required: true },
  productIds: [{ type: String, required: true }],
  fileId: { type: String },
  createdAt: { type: Date, required: true },
  withdrawn: {
    type: {
      at: { type: Date, required: true },
      by: { type: String, required: true },
      reason: { type: String },
    },
    _id: false,
  },
} as const;

type Row = InferRawDocType<typeof definition>;

function toCertificate(row: Row): Certificate {
  return {
    id: row._id,
    cooperativeId: row.cooperativeId,
    standard: row.standard,
    number: row.number,
    issuer: row.issuer,
    issuedOn: row.issuedOn,
    expiresOn: row.expiresOn,
    productIds: [...(row.productIds ?? [])],
    fileId: row.fileId ?? undefined,
    createdAt: row.createdAt,
  };
}

/** The same number of the same standard is one paper, however it is typed. */
const keyOf = ({ cooperativeId, standard, number }: Certificate): string =>
  [cooperativeId, standard, number].map(searchKey).join('/');

const IN_FORCE = { 'withdrawn.at': { $exists: false } } as const;

/** Certificates: added and withdrawn, never edited. */
export function certificateStore(connection: Connection) {
  const schema = new Schema(definition, STRICT);
  schema.index({ inForceKey: 1 }, { unique: true, sparse: true });
  schema.index({ cooperativeId: 1, expiresOn: -1 });
  const Certificates = connection.model('Certificate', schema, 'certificates');
  return {
    async byId(id: string): Promise<Certificate | null> {
      const row = await Certificates.findOne({ _id: id, ...IN_FORCE }).lean();
      return row === null ? null : toCertificate(row);
    },
    /** Also one that was withdrawn. */
    async byIdEver(id: string): Promise<Certificate | null> {
      const row = await Certificates.findById(id).lean();
      return row === null ? null : toCertificate(row);
    },
    /** Whether another certificate has the number; an insert makes sure of it. */
    async isNumberTaken(certificate: Certificate): Promise<boolean> {
      const other = { inForceKey: keyOf(certificate), _id: { $ne: certificate.id } };
      return (await Certificates.exists(other)) !== null;
    },
    /** Those that were taken back, the latest first. */
    async withdrawnOf(cooperativeId: string): Promise<readonly WithdrawnCertificate[]> {
      const rows = await Certificates.find({ cooperativeId, 'withdrawn.at': { $exists: true } })
        .sort({ 'withdrawn.at': -1 })
        .limit(CERTIFICATES_MAX)
        .lean();
      return rows.flatMap((row) => {
        const { withdrawn } = row;
        if (withdrawn?.at === undefined) return [];
        const { at, by, reason } = withdrawn;
        return [{ ...toCertificate(row), withdrawn: { at, by, reason: reason ?? '' } }];
      });
    },
    /** The ones that end last stand first. */
    async ofCooperative(cooperativeId: string): Promise<readonly Certificate[]> {
      const rows = await Certificates.find({ cooperativeId, ...IN_FORCE })
        .sort({ expiresOn: -1, _id: 1 })
        .limit(CERTIFICATES_MAX)
        .lean();
      return rows.map(toCertificate);
    },
    /** Of these cooperatives, ending on `since` or later; the first to end first. */
    async ofCooperatives(cooperativeIds: readonly string[], since: string): Promise<readonly Certificate[]> {
      const rows = await Certificates.find({
        cooperativeId: { $in: [...new Set(cooperativeIds)] },
        expiresOn: { $gte: since },
        ...IN_FORCE,
      })
        .sort({ expiresOn: 1, _id: 1 })
        .limit(MANY_MAX)
        .lean();
      return rows.map(toCertificate);
    },
    async insert(certificate: Certificate): Promise<'inserted' | 'existed' | 'number-taken'> {
      const { id, ...rest } = certificate;
      const record = { _id: id, ...rest, inForceKey: keyOf(certificate) };
      try {
        return (await insertOnce(Certificates, record)) ? 'inserted' : 'existed';
      } catch (error) {
        if (duplicateKey(error) === null) throw error;
        return 'number-taken';
      }
    },
    /** The first withdrawal counts; the record itself is never deleted. */
    async withdraw(id: string, withdrawn: Withdrawal): Promise<void> {
      await Certificates.updateOne(
        { _id: id, ...IN_FORCE },
        { $set: { withdrawn }, $unset: { inForceKey: 1 } },
      );
    },
  };
}

export type CertificateStore = ReturnType<typeof certificateStore>;
