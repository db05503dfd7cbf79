import { Schema, type Connection, type InferRawDocType } from 'mongoose';
import { STRICT } from '../../store/connect.ts';

const signInDefinition = {
  userId: { type: String, required: true },
  /** “Chrome · Android”: enough for a person to know a device again, no more. */
  device: { type: String, required: true },
  createdAt: { type: Date, required: true },
  seenAt: { type: Date, required: true },
  expiresAt: { type: Date, required: true },
} as const;

const sessionDefinition = {
  /** SHA-256 of the cookie: whoever reads the database cannot sign in with it. */
  _id: { type: String, required: true },
  ...signInDefinition,
  /** The organisation that the person chose to work in. */
  organizationId: { type: String },
} as const;

const familyDefinition = {
  /** All tokens that one sign-in led to. */
  _id: { type: String, required: true },
  ...signInDefinition,
  /** SHA-256 of the one refresh token that is good now. */
  tokenHash: { type: String, required: true },
} as const;

type SessionRow = InferRawDocType<typeof sessionDefinition>;
type FamilyRow = InferRawDocType<typeof familyDefinition>;

/** One place where a person is signed in: a browser, or a program with tokens. */
export type SignIn = {
  readonly id: string;
  readonly kind: 'browser' | 'program';
  readonly userId: string;
  readonly device: string;
  readonly createdAt: Date;
  readonly seenAt: Date;
  readonly expiresAt: Date;
};

export type Session = SignIn & { readonly organizationId?: string | undefined };

/** The longest list of sign-ins that is shown. */
const SIGN_INS_SHOWN_MAX = 50;

function toSignIn(row: SessionRow | FamilyRow, kind: SignIn['kind']): SignIn {
  const { _id: id, userId, device, createdAt, seenAt, expiresAt } = row;
  return { id, kind, userId, device, createdAt, seenAt, expiresAt };
}

/** Cookie sessions, and families of refresh tokens: one document each, so that ending one is one step. */
export function signInStore(connection: Connection) {
  const sessionSchema = new Schema(sessionDefinition, STRICT);
  sessionSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
  sessionSchema.index({ userId: 1, seenAt: -1 });
  const Sessions = connection.model('Session', sessionSchema, 'sessions');
  const familySchema = new Schema(familyDefinition, STRICT);
  familySchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
  familySchema.index({ userId: 1, seenAt: -1 });
  const Families = connection.model('TokenFamily', familySchema, 'tokenFamilies');

  return {
    async insertSession({ id, kind: _, ...session }: SignIn): Promise<void> {
      await Sessions.create([{ _id: id, ...session }]);
    },
    async session(id: string, now: Date): Promise<Session | null> {
      const row = await Sessions.findOne({ _id: id, expiresAt: { $gt: now } }).lean();
      if (row === null) return null;
      return { ...toSignIn(row, 'browser'), organizationId: row.organizationId ?? undefined };
    },
    async extendSession(
      id: string,
      times: { readonly seenAt: Date; readonly expiresAt: Date },
    ): Promise<void> {
      await Sessions.updateOne({ _id: id }, { $set: times });
    },
    async chooseOrganization(id: string, organizationId: string): Promise<void> {
      await Sessions.updateOne({ _id: id }, { $set: { organizationId } });
    },

    async insertFamily({ id, kind: _, ...family }: SignIn & { readonly tokenHash: string }): Promise<void> {
      await Families.create([{ _id: id, ...family }]);
    },
    async familyLives(id: string, now: Date): Promise<boolean> {
      return (await Families.exists({ _id: id, expiresAt: { $gt: now } })) !== null;
    },
    /**
     * Puts the next token in place of the one that is good now. Of several that use one token at once exactly one
     * succeeds, and none after the family has ended.
     * @returns whose family it is, or null
     */
    async rotate(
      id: string,
      hashes: { readonly from: string; readonly to: string },
      times: { readonly seenAt: Date; readonly expiresAt: Date },
    ): Promise<string | null> {
      const row = await Families.findOneAndUpdate(
        { _id: id, tokenHash: hashes.from, expiresAt: { $gt: times.seenAt } },
        { $set: { tokenHash: hashes.to, ...times } },
      ).lean();
      return row?.userId ?? null;
    },

    async end(kind: SignIn['kind'], id: string): Promise<void> {
      await (kind === 'browser' ? Sessions.deleteOne({ _id: id }) : Families.deleteOne({ _id: id }));
    },
    /** Ends one sign-in of this person; @returns false when it is not theirs. */
    async endOwn(userId: string, id: string): Promise<boolean> {
      const browser = await Sessions.deleteOne({ _id: id, userId });
      const program = await Families.deleteOne({ _id: id, userId });
      return browser.deletedCount + program.deletedCount > 0;
    },
    /** Ends every sign-in of this person but `kept`. */
    async endOthers(userId: string, kept: string | null): Promise<void> {
      await Sessions.deleteMany({ userId, _id: { $ne: kept ?? '' } });
      await Families.deleteMany({ userId, _id: { $ne: kept ?? '' } });
    },
    /** The latest used first. */
    async ofUser(userId: string, now: Date): Promise<readonly SignIn[]> {
      const alive = { userId, expiresAt: { $gt: now } };
      const sessions = await Sessions.find(alive).sort({ seenAt: -1 }).limit(SIGN_INS_SHOWN_MAX).lean();
      const families = await Families.find(alive).sort({ seenAt: -1 }).limit(SIGN_INS_SHOWN_MAX).lean();
      return [
        ...sessions.map((row) => toSignIn(row, 'browser')),
        ...families.map((row) => toSignIn(row, 'program')),
      ]
        .sort((a, b) => b.seenAt.getTime() - a.seenAt.getTime())
        .slice(0, SIGN_INS_SHOWN_MAX);
    },
  };
}

export type SignInStore = ReturnType<typeof signInStore>;
