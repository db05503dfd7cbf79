import { Schema, type Connection, type InferRawDocType } from 'mongoose';
import { STRICT, insertOnce } from '../../store/connect.ts';
import type { MemberRole } from '../../platform/access.ts';
import type { InvitationState } from './rules.ts';

const definition = {
  _id: { type: String, required: true },
  organizationId: { type: String, required: true },
  /** Lower case. */
  email: { type: String, required: true },
  role: { type: String, required: true },
  /** SHA-256 of the token in the link: whoever reads the database cannot accept with it. */
  tokenHash: { type: String, required: true },
  invitedBy: { type: String, required: true },
  state: { type: String, required: true },
  acceptedBy: { type: String },
  createdAt: { type: Date, required: true },
  expiresAt: { type: Date, required: true },
} as const;

type Row = InferRawDocType<typeof definition>;

export type Invitation = {
  readonly id: string;
  readonly organizationId: string;
  readonly email: string;
  readonly role: MemberRole;
  readonly tokenHash: string;
  readonly invitedBy: string;
  readonly state: Exclude<InvitationState, 'expired'>;
  readonly acceptedBy?: string | undefined;
  readonly createdAt: Date;
  readonly expiresAt: Date;
};

/** Addresses of people who never came are not kept for longer. */
const KEPT_AFTER_END_SECONDS = 90 * 24 * 3600;
/** The longest list of invitations. */
export const INVITATIONS_LISTED_MAX = 200;

function toInvitation({ _id: id, role, state, acceptedBy, ...rest }: Row): Invitation {
  return {
    ...rest,
    id,
    role: role as MemberRole,
    state: state as Invitation['state'],
    acceptedBy: acceptedBy ?? undefined,
  };
}

/** Invitations into organisations. */
export function invitationStore(connection: Connection) {
  const schema = new Schema(definition, STRICT);
  schema.index({ tokenHash: 1 }, { unique: true });
  schema.index({ organizationId: 1, createdAt: -1 });
  schema.index({ expiresAt: 1 }, { expireAfterSeconds: KEPT_AFTER_END_SECONDS });
  const Invitations = connection.model('Invitation', schema, 'invitations');

  return {
    /** The same id again changes nothing. */
    async insert({ id, acceptedBy: _, ...invitation }: Invitation): Promise<void> {
      await insertOnce(Invitations, { _id: id, ...invitation });
    },
    async byId(id: string): Promise<Invitation | null> {
      const row = await Invitations.findById(id).lean();
      return row === null ? null : toInvitation(row);
    },
    async byTokenHash(tokenHash: string): Promise<Invitation | null> {
      const row = await Invitations.findOne({ tokenHash }).lean();
      return row === null ? null : toInvitation(row);
    },
    /** The newest first. */
    async ofOrganization(organizationId: string): Promise<readonly Invitation[]> {
      const rows = await Invitations.find({ organizationId })
        .sort({ createdAt: -1, _id: -1 })
        .limit(INVITATIONS_LISTED_MAX)
        .lean();
      return rows.map(toInvitation);
    },
    async countOpen(organizationId: string, now: Date): Promise<number> {
      return Invitations.countDocuments({ organizationId, state: 'open', expiresAt: { $gt: now } });
    },
    /** Takes back the open invitations that were sent to the address before this one. */
    async revokeEarlier({ id, organizationId, email, createdAt }: Invitation): Promise<void> {
      await Invitations.updateMany(
        { organizationId, email, state: 'open', _id: { $ne: id }, createdAt: { $lte: createdAt } },
        { $set: { state: 'revoked' } },
      );
    },
    /** @returns false when it was not open any more */
    async revoke(id: string): Promise<boolean> {
      const { modifiedCount } = await Invitations.updateOne(
        { _id: id, state: 'open' },
        { $set: { state: 'revoked' } },
      );
      return modifiedCount === 1;
    },
    /** Uses the invitation up; of several who do so at once only one person succeeds, and that one again. */
    async accept(id: string, acceptedBy: string, now: Date): Promise<boolean> {
      const { matchedCount } = await Invitations.updateOne(
        {
          _id: id,
          $or: [
            { state: 'open', expiresAt: { $gt: now } },
            { state: 'accepted', acceptedBy },
          ],
        },
        { $set: { state: 'accepted', acceptedBy } },
      );
      return matchedCount === 1;
    },
  };
}

export type InvitationStore = ReturnType<typeof invitationStore>;
