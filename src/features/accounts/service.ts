import { createHash } from 'node:crypto';
import type { Request } from 'express';
import jwt from 'jsonwebtoken';
import type { Actor } from '../../platform/access.ts';
import type { Clock } from '../../platform/clock.ts';
import { cookieOf } from '../../platform/cookies.ts';
import type { Caller } from '../../platform/mount.ts';
import { Problem, invalidField } from '../../platform/problem.ts';
import type { Random } from '../../platform/random.ts';
import type { Accounts, NewAccount } from './contract.ts';
import type { Passwords } from './passwords.ts';
import type { AccountStore, User } from './store.ts';
import { PER_ACCOUNT, PER_ADDRESS, type Throttle } from './throttle.ts';

export const SESSION_COOKIE = 'nguon_session';

const DAY_MS = 24 * 3_600_000;
/** A clerk's phone stays signed in while it is used at least monthly. */
export const SESSION_MS = 30 * DAY_MS;
/** A session is written again at most this often. */
const SESSION_RENEW_MS = 3_600_000;
export const ACCESS_TOKEN_SECONDS = 15 * 60;
const REFRESH_TOKEN_MS = 30 * DAY_MS;
const AUDIENCE = 'nguon-api';

const EMAIL_TAKEN = {
  vi: 'Địa chỉ thư điện tử này đã có tài khoản.',
  en: 'This e-mail address has an account already.',
};

export type AccountServiceDeps = {
  readonly store: AccountStore;
  readonly passwords: Passwords;
  readonly throttle: Throttle;
  readonly clock: Clock;
  readonly random: Random;
  readonly secret: Uint8Array;
  readonly issuer: string;
};

export type Tokens = {
  readonly accessToken: string;
  readonly tokenType: 'Bearer';
  readonly expiresIn: number;
  readonly refreshToken: string;
};

const sha256 = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

function actorOf(user: User): Actor {
  const { id, name, email, administrator, memberships } = user;
  return { userId: id, name, email, administrator, memberships };
}

export function accountService(deps: AccountServiceDeps) {
  const { store, clock, random } = deps;
  const key = Buffer.from(deps.secret);
  const seconds = () => Math.floor(clock.now().getTime() / 1000);

  async function issueTokens(userId: string, familyId: string): Promise<Tokens> {
    const now = clock.now();
    const accessToken = jwt.sign({ sub: userId, iat: seconds() }, key, {
      algorithm: 'HS256',
      issuer: deps.issuer,
      audience: AUDIENCE,
      expiresIn: ACCESS_TOKEN_SECONDS,
    });
    const refreshToken = random.newSecret();
    await store.insertRefreshToken({
      hash: sha256(refreshToken),
      userId,
      familyId,
      createdAt: now,
      expiresAt: new Date(now.getTime() + REFRESH_TOKEN_MS),
    });
    return { accessToken, tokenType: 'Bearer', expiresIn: ACCESS_TOKEN_SECONDS, refreshToken };
  }

  function userIdInToken(token: string): string | null {
    try {
      const payload = jwt.verify(token, key, {
        algorithms: ['HS256'],
        issuer: deps.issuer,
        audience: AUDIENCE,
        clockTimestamp: seconds(),
      });
      return typeof payload === 'object' && typeof payload.sub === 'string' ? payload.sub : null;
    } catch {
      return null;
    }
  }

  async function fromBearer(token: string): Promise<Caller> {
    const userId = userIdInToken(token);
    const user = userId === null ? null : await store.userById(userId);
    if (user === null) throw new Problem('token-invalid');
    return { actor: actorOf(user), via: 'bearer' };
  }

  async function fromCookie(secret: string): Promise<Caller> {
    const now = clock.now();
    const hash = sha256(secret);
    const session = await store.session(hash, now);
    const user = session === null ? null : await store.userById(session.userId);
    if (session === null || user === null) return { actor: null, via: 'nothing' };
    const expiresAt = new Date(now.getTime() + SESSION_MS);
    if (expiresAt.getTime() - session.expiresAt.getTime() > SESSION_RENEW_MS) {
      await store.extendSession(hash, expiresAt);
    }
    return { actor: actorOf(user), via: 'cookie' };
  }

  const contract: Accounts = {
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
    },
    hasAccount: async (email) => (await store.userByEmail(email.toLowerCase())) !== null,
    isEmpty: () => store.isEmpty(),
    async membersOf(organizationId) {
      const users = await store.membersOf(organizationId);
      return users.map(({ id, name, email, memberships }) => ({ userId: id, name, email, memberships }));
    },
    async namesOf(userIds) {
      return new Map((await store.usersByIds(userIds)).map((user) => [user.id, user.name]));
    },
    addMembership: (userId, membership) => store.addMembership(userId, membership),
    removeMembership: (userId, organizationId) => store.removeMembership(userId, organizationId),
    /** The account of an address if the password is its own; throttled like signing in. */
    async verified(login, password, address) {
      const email = login.trim().toLowerCase();
      const keys = [`account:${sha256(email)}`, `address:${sha256(address)}`] as const;
      for (const one of keys) await deps.throttle.check(one);
      const user = await store.userByEmail(email);
      const matched = await deps.passwords.matches(user?.passwordHash ?? null, password);
      if (user === null || !matched) {
        await deps.throttle.fail(keys[0], PER_ACCOUNT);
        await deps.throttle.fail(keys[1], PER_ADDRESS);
        throw new Problem('sign-in-failed');
      }
      await deps.throttle.forget(keys[0]);
      return actorOf(user);
    },
  };

  return {
    contract,

    /** Who makes the request. A bearer token that is not ours is refused; a cookie that is not is ignored. */
    async authenticate(request: Request): Promise<Caller> {
      const { authorization } = request.headers;
      if (authorization !== undefined) {
        const [scheme, token] = authorization.split(' ', 2);
        if (scheme?.toLowerCase() !== 'bearer' || token === undefined) throw new Problem('token-invalid');
        return fromBearer(token);
      }
      const secret = cookieOf(request, SESSION_COOKIE);
      return secret === undefined ? { actor: null, via: 'nothing' } : fromCookie(secret);
    },

    async signIn(
      login: string,
      password: string,
      address: string,
    ): Promise<{ actor: Actor; tokens: Tokens }> {
      const actor = await contract.verified(login, password, address);
      return { actor, tokens: await issueTokens(actor.userId, random.newId()) };
    },

    /** The secret for a cookie that keeps a browser signed in. */
    async openSession(userId: string): Promise<string> {
      const secret = random.newSecret();
      const now = clock.now();
      await store.insertSession({
        hash: sha256(secret),
        userId,
        createdAt: now,
        expiresAt: new Date(now.getTime() + SESSION_MS),
      });
      return secret;
    },

    async closeSession(secret: string): Promise<void> {
      await store.deleteSession(sha256(secret));
    },

    /** New tokens for an unused one; one that was used before has leaked, and its whole family ends. */
    async refresh(refreshToken: string): Promise<{ actor: Actor; tokens: Tokens }> {
      const hash = sha256(refreshToken);
      const used = await store.useRefreshToken(hash, clock.now());
      if (used === null) {
        const family = await store.familyOf(hash);
        if (family !== null) await store.deleteFamily(family);
        throw new Problem('token-invalid');
      }
      const user = await store.userById(used.userId);
      if (user === null) throw new Problem('token-invalid');
      return { actor: actorOf(user), tokens: await issueTokens(user.id, used.familyId) };
    },

    /** Ends the sign-in that a refresh token belongs to; unknown ones are no error. */
    async endFamily(refreshToken: string): Promise<void> {
      const family = await store.familyOf(sha256(refreshToken));
      if (family !== null) await store.deleteFamily(family);
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
