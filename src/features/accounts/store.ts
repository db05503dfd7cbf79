import { Schema, type Connection, type InferRawDocType } from 'mongoose';
import { STRICT, duplicateKey, insertOnce } from '../../store/connect.ts';
import type { MemberRole, Membership, OrganizationKind } from '../../platform/access.ts';

const membership = {
  organizationId: { type: String, required: true },
  kind: { type: String, required: true },
  role: { type: String, required: true },
  provinceCode: { type: String, required: true },
} as const;

const userDefinition = {
  _id: { type: String, required: true },
  /** Lower case. */
  email: { type: String, required: true },
  name: { type: String, required: true },
  phone: { type: String },
  passwordHash: { type: String, required: true },
  administrator: { type: Boolean, required: true },
  memberships: [{ _id: false, ...membership }],
  createdAt: { type: Date, required: true },
} as const;

const sessionDefinition = {
  /** SHA-256 of the cookie: whoever reads the database cannot sign in with it. */
  _id: { type: String, required: true },
  userId: { type: String, required: true },
  createdAt: { type: Date, required: true },
  expiresAt: { type: Date, required: true },
} as const;

const refreshDefinition = {
  ...sessionDefinition,
  /** All tokens that one sign-in led to. */
  familyId: { type: String, required: true },
  usedAt: { type: Date },
} as const;

type UserRow = InferRawDocType<typeof userDefinition>;

export type User = {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly phone?: string | undefined;
  readonly passwordHash: string;
  readonly administrator: boolean;
  readonly memberships: readonly Membership[];
};

type Session = {
  readonly hash: string;
  readonly userId: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
};
type RefreshToken = Session & { readonly familyId: string };

function toUser(row: UserRow): User {
  return {
    id: row._id,
    email: row.email,
    name: row.name,
    phone: row.phone ?? undefined,
    passwordHash: row.passwordHash,
    administrator: row.administrator,
    memberships: (row.memberships ?? []).map((one) => ({
      organizationId: one.organizationId,
      kind: one.kind as OrganizationKind,
      role: one.role as MemberRole,
      provinceCode: one.provinceCode,
    })),
  };
}

/** People, their cookie sessions and their refresh tokens. */
export function accountStore(connection: Connection) {
  const userSchema = new Schema(userDefinition, STRICT);
  userSchema.index({ email: 1 }, { unique: true });
  userSchema.index({ 'memberships.organizationId': 1 });
  const Users = connection.model('User', userSchema, 'users');
  const sessionSchema = new Schema(sessionDefinition, STRICT);
  sessionSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
  const Sessions = connection.model('Session', sessionSchema, 'sessions');
  const refreshSchema = new Schema(refreshDefinition, STRICT);
  refreshSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
  refreshSchema.index({ familyId: 1 });
  const RefreshTokens = connection.model('RefreshToken', refreshSchema, 'refreshTokens');

  return {
    /** @returns `email-taken` when another account has the address */
    async insertUser(
      user: User & { readonly createdAt: Date },
    ): Promise<'inserted' | 'existed' | 'email-taken'> {
      const { id, ...rest } = user;
      try {
        return (await insertOnce(Users, { _id: id, ...rest })) ? 'inserted' : 'existed';
      } catch (error) {
        if (duplicateKey(error) === null) throw error;
        return 'email-taken';
      }
    },
    async userById(id: string): Promise<User | null> {
      const row = await Users.findById(id).lean();
      return row === null ? null : toUser(row);
    },
    async userByEmail(email: string): Promise<User | null> {
      const row = await Users.findOne({ email }).lean();
      return row === null ? null : toUser(row);
    },
    async usersByIds(ids: readonly string[]): Promise<readonly User[]> {
      return (await Users.find({ _id: { $in: [...new Set(ids)] } }).lean()).map(toUser);
    },
    async membersOf(organizationId: string): Promise<readonly User[]> {
      const rows = await Users.find({ 'memberships.organizationId': organizationId })
        .sort({ name: 1 })
        .lean();
      return rows.map(toUser);
    },
    async isEmpty(): Promise<boolean> {
      return (await Users.exists({})) === null;
    },
    async anyAdministrator(): Promise<boolean> {
      return (await Users.exists({ administrator: true })) !== null;
    },
    /** Adds a membership unless the person belongs to that organisation already. */
    async addMembership(userId: string, added: Membership): Promise<void> {
      await Users.updateOne(
        { _id: userId, 'memberships.organizationId': { $ne: added.organizationId } },
        { $push: { memberships: added } },
      );
    },
    async removeMembership(userId: string, organizationId: string): Promise<void> {
      await Users.updateOne({ _id: userId }, { $pull: { memberships: { organizationId } } });
    },

    async insertSession({ hash, ...session }: Session): Promise<void> {
      await Sessions.create([{ _id: hash, ...session }]);
    },
    async session(hash: string, now: Date): Promise<{ userId: string; expiresAt: Date } | null> {
      const row = await Sessions.findOne({ _id: hash, expiresAt: { $gt: now } }).lean();
      return row === null ? null : { userId: row.userId, expiresAt: row.expiresAt };
    },
    async extendSession(hash: string, expiresAt: Date): Promise<void> {
      await Sessions.updateOne({ _id: hash }, { $set: { expiresAt } });
    },
    async deleteSession(hash: string): Promise<void> {
      await Sessions.deleteOne({ _id: hash });
    },

    async insertRefreshToken({ hash, ...token }: RefreshToken): Promise<void> {
      await RefreshTokens.create([{ _id: hash, ...token }]);
    },
    /** Of several that use one token at once, exactly one gets it. */
    async useRefreshToken(hash: string, now: Date): Promise<{ userId: string; familyId: string } | null> {
      const row = await RefreshTokens.findOneAndUpdate(
        { _id: hash, usedAt: { $exists: false }, expiresAt: { $gt: now } },
        { $set: { usedAt: now } },
      ).lean();
      return row === null ? null : { userId: row.userId, familyId: row.familyId };
    },
    async familyOf(hash: string): Promise<string | null> {
      return (await RefreshTokens.findById(hash).lean())?.familyId ?? null;
    },
    async deleteFamily(familyId: string): Promise<void> {
      await RefreshTokens.deleteMany({ familyId });
    },
  };
}

export type AccountStore = ReturnType<typeof accountStore>;
