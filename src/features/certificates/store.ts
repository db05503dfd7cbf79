import { Schema, type Connection, type InferRawDocType } from 'mongoose';
import { STRICT, duplicateKey, insertOnce } from '../../store/connect.ts';
import type { Certificate } from './contract.ts';

const definition = {
  _id: { type: String, required: true },
  cooperativeId: { type: String, required: true },
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

const IN_FORCE = { 'withdrawn.at': { $exists: false } } as const;

/** Certificates: added and withdrawn, never edited. */
export function certificateStore(connection: Connection) {
  const schema = new Schema(definition, STRICT);
  schema.index({ cooperativeId: 1, standard: 1, number: 1 }, { unique: true });
  const Certificates = connection.model('Certificate', schema, 'certificates');
  return {
    async byId(id: string): Promise<Certificate | null> {
      const row = await Certificates.findOne({ _id: id, ...IN_FORCE }).lean();
      return row === null ? null : toCertificate(row);
    },
    /** The ones that end last stand first. */
    async ofCooperative(cooperativeId: string): Promise<readonly Certificate[]> {
      const rows = await Certificates.find({ cooperativeId, ...IN_FORCE }).lean();
      return rows.map(toCertificate).sort((a, b) => (a.expiresOn < b.expiresOn ? 1 : -1));
    },
    async insert({ id, ...rest }: Certificate): Promise<'inserted' | 'existed' | 'number-taken'> {
      try {
        return (await insertOnce(Certificates, { _id: id, ...rest })) ? 'inserted' : 'existed';
      } catch (error) {
        if (duplicateKey(error) === null) throw error;
        return 'number-taken';
      }
    },
    async withdraw(id: string, withdrawn: { at: Date; by: string; reason: string }): Promise<void> {
      await Certificates.updateOne({ _id: id, ...IN_FORCE }, { $set: { withdrawn } });
    },
  };
}

export type CertificateStore = ReturnType<typeof certificateStore>;
