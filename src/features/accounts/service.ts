import type { Actor, MemberRole } from '../../platform/access.ts';
import type { Clock } from '../../platform/clock.ts';
import { Problem, invalidField } from '../../platform/problem.ts';
import type { Random } from '../../platform/random.ts';
import type { Accounts, Member, NewAccount } from './contract.ts';
import { deviceName } from './device.ts';
import { inTurn } from './in-turn.ts';
import type { Passwords } from './passwords.ts';
import { SESSION_MS, actorOf, sha256, type SignIns, type Tokens } from './sign-ins.ts';
import type { AccountStore, User } from './store.ts';
import { PER_ACCOUNT, PER_ACCOUNT_AND_ADDRESS, PER_ADDRESS, type Throttle } from './throttle.ts';
import { networkOf } from '../../platform/network.ts';

const EMAIL_TAKEN = {
  vi: 'Địa chỉ thư điện tử này đã có tài khoản.',
  en: 'This e-mail address has an account already.',
};
const PASSWORD_WRONG = { vi: 'Mật khẩu hiện tại chưa đúng.', en: 'The current password is not right.' };
const PASSWORD_SAME = {
  vi: 'Mật khẩu mới phải khác mật khẩu đang dùng.',
  en: 'The new password must differ from the current one.',
};
const NOT_A_MEMBER = {
  vi: 'Bạn không thuộc tổ chức này.',
  en: 'You do not belong to this organisation.',
};

export type AccountServiceDeps = {
  readonly store: AccountStore;
  readonly signIns: SignIns;
  readonly passwords: Passwords;
  readonly throttle: Throttle;
  readonly clock: Clock;
  readonly random: Random;
};

/** Where a request comes from: the client's address, for throttling, and its device in two words. */
export type Origin = { readonly address: string; readonly device: string };

const memberOf = ({ id, name, email, memberships }: User): Member => ({
  userId: id,
  name,
  email,
  memberships,
});

/** Whose an address and a password are, with guesses slowed down. */
function verifier({ store, passwords, throttle }: AccountServiceDeps) {
  const alone = inTurn();
  /** Takes as long for an address without an account as for a wrong password, and answers the same. */
  return async (login: string, password: string, address: string): Promise<User> => {
    const email = login.trim().toLowerCase();
    const network = networkOf(address);
    const account = `account:${sha256(email)}`;
    const here = `here:${sha256(`${email}\n${network}`)}`;
    const everybody = `address:${sha256(network)}`;
    return alone(account, async () => {
      await throttle.check(here);
      await throttle.check(everybody);
      // Who has signed in from here before is not kept out by guesses made elsewhere.
      const known = await throttle.isKnown(here);
      if (!known) await throttle.check(account);
      const user = await store.userByEmail(email);
      const matched = await passwords.matches(user?.passwordHash ?? null, password);
      if (user === null || !matched) {
        await throttle.fail(here, PER_ACCOUNT_AND_ADDRESS);
        await throttle.fail(everybody, PER_ADDRESS);
        if (!known) await throttle.fail(account, PER_ACCOUNT);
        throw new Problem('sign-in-failed');
      }
      await throttle.forget(here);
      if (!known) await throttle.remember(here);
      return user;
    });
  };
}

/** What other features may ask; see the contract. */
function contractOf(deps: AccountServiceDeps, verify: ReturnType<typeof verifier>): Accounts {
  const { store, clock } = deps;
  return {
    async create(account: NewAccount, emailPointer) {
      const outcome = await store.insertUser({
        id: account.id,
        email: account.email.toLowerCase(),
        name: account.name,
        phone: account.phone,
        passwordHash: await deps.passwords.hash(account.password),
        administrator: account.administrator ?? false,
        memberships: account.memberships,
        createdAt: clock.now(),
      });
      if (outcome === 'email-taken') throw invalidField(emailPointer, EMAIL_TAKEN, 'already-exists');
      return outcome;
    },
    byEmail: async (email) => {
      const user = await store.userByEmail(email.toLowerCase());
      return user === null ? null : memberOf(user);
    },
    hasAccount: async (email) => (await store.userByEmail(email.toLowerCase())) !== null,
    isEmpty: async () => store.isEmpty(),
    membersOf: async (organizationId) => (await store.membersOf(organizationId)).map(memberOf),
    withRole: async (organizationIds, role) => store.withRole(organizationIds, role),
    async namesOf(userIds) {
      return new Map((await store.usersByIds(userIds)).map((user) => [user.id, user.name]));
    },
    addMembership: async (userId, membership) => store.addMembership(userId, membership),
    setRole: async (userId: string, organizationId: string, role: MemberRole) =>
      store.setRole(userId, organizationId, role),
    removeMembership: async (userId, organizationId) => store.removeMembership(userId, organizationId),
    async openSession(userId, userAgent) {
      const value = await deps.signIns.openSession(userId, deviceName(userAgent));
      return { name: deps.signIns.sessionCookie, value, maxAgeMs: SESSION_MS };
    },
    verified: async (login, password, address) => actorOf(await verify(login, password, address)),
  };
}

/** People: their accounts and what they may change of them. */
export function accountService(deps: AccountServiceDeps) {
  const { store, signIns, random } = deps;
  const verify = verifier(deps);
  const contract = contractOf(deps, verify);

  return {
    contract,
    authenticate: signIns.authenticate,

    async signIn(login: string, password: string, origin: Origin): Promise<{ actor: Actor; tokens: Tokens }> {
      const actor = await contract.verified(login, password, origin.address);
      return { actor, tokens: await signIns.openFamily(actor.userId, origin.device) };
    },

    /** Signs a browser in; `before` is the cookie it came with, whose session ends. */
    async signInBrowser(
      credentials: { readonly login: string; readonly password: string },
      origin: Origin,
      before: string | undefined,
    ): Promise<string> {
      const { userId } = await contract.verified(credentials.login, credentials.password, origin.address);
      if (before !== undefined) await signIns.closeSession(before);
      return signIns.openSession(userId, origin.device);
    },

    changeName: async (actor: Actor, name: string): Promise<void> => store.changeName(actor.userId, name),

    /**
     * Sets another password and ends every other sign-in.
     * @throws Problem `invalid` at `/currentPassword` or `/password`; `too-many-requests` after too many tries
     */
    async changePassword(
      actor: Actor,
      change: { readonly currentPassword: string; readonly password: string },
      here: { readonly address: string; readonly signInId: string | null },
    ): Promise<void> {
      const user = await verify(actor.email, change.currentPassword, here.address).catch((error: unknown) => {
        if (error instanceof Problem && error.code === 'sign-in-failed') {
          throw invalidField('/currentPassword', PASSWORD_WRONG);
        }
        throw error;
      });
      if (await deps.passwords.matches(user.passwordHash, change.password)) {
        throw invalidField('/password', PASSWORD_SAME);
      }
      const to = await deps.passwords.hash(change.password);
      if (!(await store.changePassword(user.id, { from: user.passwordHash, to }))) {
        throw new Problem('changed-meanwhile');
      }
      await signIns.endOthers(user.id, here.signInId);
    },

    /** Makes one of the person's organisations the one that this browser works in. */
    async chooseOrganization(actor: Actor, signInId: string | null, organizationId: string): Promise<void> {
      const belongs = actor.memberships.some((one) => one.organizationId === organizationId);
      if (!belongs || signInId === null) throw invalidField('/organizationId', NOT_A_MEMBER);
      await signIns.chooseOrganization(signInId, organizationId);
    },

    /** On a database without an administrator: makes one. */
    async ensureAdministrator(administrator: {
      readonly email: string;
      readonly password: string;
    }): Promise<void> {
      if (await store.anyAdministrator()) return;
      const id = random.newId();
      await contract.create(
        { id, name: 'Quản trị hệ thống', ...administrator, administrator: true, memberships: [] },
        '/email',
      );
    },
  };
}

export type AccountService = ReturnType<typeof accountService>;
