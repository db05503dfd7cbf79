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

/** More people than any organisation here has; a list of them is never longer. */
export const MEMBERS_MAX = 1_000;

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

/** People and where they belong. */
export function accountStore(connection: Connection) {
  const userSchema = new Schema(userDefinition, STRICT);
  userSchema.index({ email: 1 }, { unique: true });
  userSchema.index({ 'memberships.organizationId': 1 });
  const Users = connection.model('User', userSchema, 'users');

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
        .sort({ name: 1, _id: 1 })
        .limit(MEMBERS_MAX)
        .lean();
      return rows.map(toUser);
    },
    /** Which of these organisations have somebody of that role. */
    async withRole(organizationIds: readonly string[], role: MemberRole): Promise<ReadonlySet<string>> {
      const rows = await Users.find({ 'memberships.organizationId': { $in: [...organizationIds] } }).lean();
      const held = rows.flatMap((row) => toUser(row).memberships).filter((one) => one.role === role);
      const ids = new Set(held.map(({ organizationId }) => organizationId));
      return new Set(organizationIds.filter((id) => ids.has(id)));
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
    /** @returns false when the person does not belong to the organisation */
    async setRole(userId: string, organizationId: string, role: MemberRole): Promise<boolean> {
      const { matchedCount } = await Users.updateOne(
        { _id: userId, 'memberships.organizationId': organizationId },
        { $set: { 'memberships.$.role': role } },
      );
      return matchedCount === 1;
    },
    async changeName(userId: string, name: string): Promise<void> {
      await Users.updateOne({ _id: userId }, { $set: { name } });
    },
    /** @returns false when the password was changed meanwhile */
    async changePassword(
      userId: string,
      hashes: { readonly from: string; readonly to: string },
    ): Promise<boolean> {
      const { modifiedCount } = await Users.updateOne(
        { _id: userId, passwordHash: hashes.from },
        { $set: { passwordHash: hashes.to } },
      );
      return modifiedCount === 1;
    },
    async removeMembership(userId: string, organizationId: string): Promise<void> {
      await Users.updateOne({ _id: userId }, { $pull: { memberships: { organizationId } } });
    },
  };
}

export type AccountStore = ReturnType<typeof accountStore>;
