import type { Cookie } from '../../platform/routing.ts';
import type { Actor, MemberRole, Membership } from '../../platform/access.ts';

export type NewAccount = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly phone?: string | undefined;
  readonly password: string;
  readonly administrator?: boolean;
  readonly memberships: readonly Membership[];
};

/** A person as colleagues see them. */
export type Member = {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly memberships: readonly Membership[];
};

/** What other features may ask of accounts. */
export type Accounts = {
  /**
   * Makes an account; the same id again changes nothing.
   * @throws Problem `already-exists` pointing at `emailPointer` when the address has an account
   */
  create(account: NewAccount, emailPointer: string): Promise<'inserted' | 'existed'>;
  byEmail(email: string): Promise<Member | null>;
  hasAccount(email: string): Promise<boolean>;
  /** Whether nobody has an account. */
  isEmpty(): Promise<boolean>;
  /** By name, at most 1,000. */
  membersOf(organizationId: string): Promise<readonly Member[]>;
  /** Which of these organisations have somebody of that role. */
  withRole(organizationIds: readonly string[], role: MemberRole): Promise<ReadonlySet<string>>;
  /** The names of people by id, for “recorded by”. */
  namesOf(userIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
  addMembership(userId: string, membership: Membership): Promise<void>;
  /** @returns false when the person does not belong to the organisation */
  setRole(userId: string, organizationId: string, role: MemberRole): Promise<boolean>;
  removeMembership(userId: string, organizationId: string): Promise<void>;
  /** The cookie that keeps a browser signed in as this person; `userAgent` is what the browser calls itself. */
  openSession(userId: string, userAgent: string | undefined): Promise<Cookie>;
  /**
   * Whose the address and password are; `address` is the client's, for throttling.
   * @throws Problem `sign-in-failed`, or `too-many-requests` after too many of them
   */
  verified(login: string, password: string, address: string): Promise<Actor>;
};

export type { Throttle, ThrottleRule } from './throttle.ts';
