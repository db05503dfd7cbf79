import { createHash } from 'node:crypto';
import type { Request } from 'express';
import jwt from 'jsonwebtoken';
import type { Actor, Membership } from '../../platform/access.ts';
import type { Clock } from '../../platform/clock.ts';
import { cookieName, cookieOf } from '../../platform/cookies.ts';
import type { Caller } from '../../platform/mount.ts';
import { Problem } from '../../platform/problem.ts';
import type { Random } from '../../platform/random.ts';
import type { SignIn, SignInStore } from './sign-in-store.ts';
import type { User } from './store.ts';

const DAY_MS = 24 * 3_600_000;
/** A clerk's phone stays signed in while it is used at least monthly. */
export const SESSION_MS = 30 * DAY_MS;
/** A session is written again at most this often. */
const SESSION_RENEW_MS = 3_600_000;
export const ACCESS_TOKEN_SECONDS = 15 * 60;
const REFRESH_TOKEN_MS = 30 * DAY_MS;
const AUDIENCE = 'nguon-api';

export type SignInDeps = {
  readonly store: SignInStore;
  readonly userById: (id: string) => Promise<User | null>;
  readonly clock: Clock;
  readonly random: Random;
  readonly secret: Uint8Array;
  /** The server's own public address; a token of another installation is not one of ours. */
  readonly issuer: string;
};

export type Tokens = {
  readonly accessToken: string;
  readonly tokenType: 'Bearer';
  readonly expiresIn: number;
  readonly refreshToken: string;
};

export const sha256 = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

/** A person as a request has them; the organisation chosen to work in comes first. */
export function actorOf(user: User, organizationId?: string): Actor {
  const { id, name, email, administrator, memberships } = user;
  const chosen = memberships.filter((one) => one.organizationId === organizationId);
  const others: readonly Membership[] = memberships.filter((one) => one.organizationId !== organizationId);
  return { userId: id, name, email, administrator, memberships: [...chosen, ...others] };
}

type Claims = { readonly userId: string; readonly familyId: string };

/** Access tokens: RFC 7519, HS256 only, for this audience and issuer only. */
function accessTokens({ secret, issuer, clock }: Pick<SignInDeps, 'secret' | 'issuer' | 'clock'>) {
  const key = Buffer.from(secret);
  const seconds = () => Math.floor(clock.now().getTime() / 1000);
  return {
    issue({ userId, familyId }: Claims): string {
      return jwt.sign({ sub: userId, sid: familyId, iat: seconds() }, key, {
        algorithm: 'HS256',
        issuer,
        audience: AUDIENCE,
        expiresIn: ACCESS_TOKEN_SECONDS,
      });
    },
    read(token: string): Claims | null {
      try {
        const payload = jwt.verify(token, key, {
          algorithms: ['HS256'],
          issuer,
          audience: AUDIENCE,
          clockTimestamp: seconds(),
        });
        if (typeof payload !== 'object' || typeof payload['sid'] !== 'string') return null;
        return payload.sub === undefined ? null : { userId: payload.sub, familyId: payload['sid'] };
      } catch {
        return null;
      }
    },
  };
}

const NOBODY: Caller = { actor: null, via: 'nothing', signInId: null };

/** A client that asks for new tokens often sends the old one along; that it has run out is why it asks. */
const forNewTokens = (request: Request): boolean =>
  ['/api/v1/auth/login', '/api/v1/auth/refresh', '/api/v1/auth/logout'].includes(request.path);

/** A refresh token is `{family}.{secret}`. */
function familyIdOf(refreshToken: string): string {
  return refreshToken.split('.', 1)[0] ?? '';
}

/** Browsers kept signed in by a cookie, programs by tokens. */
export function signIns(deps: SignInDeps) {
  const { store, clock, random } = deps;
  const tokens = accessTokens(deps);
  const sessionCookie = cookieName('nguon_session', deps.issuer.startsWith('https://'));

  const times = (lifetimeMs: number) => {
    const seenAt = clock.now();
    return { seenAt, expiresAt: new Date(seenAt.getTime() + lifetimeMs) };
  };

  async function fromBearer(token: string): Promise<Caller> {
    const claims = tokens.read(token);
    const alive = claims !== null && (await store.familyLives(claims.familyId, clock.now()));
    const user = alive ? await deps.userById(claims.userId) : null;
    if (claims === null || user === null) throw new Problem('token-invalid');
    return { actor: actorOf(user), via: 'bearer', signInId: claims.familyId };
  }

  async function fromCookie(secret: string): Promise<Caller> {
    const now = clock.now();
    const id = sha256(secret);
    const session = await store.session(id, now);
    const user = session === null ? null : await deps.userById(session.userId);
    if (session === null || user === null) return NOBODY;
    if (now.getTime() - session.seenAt.getTime() > SESSION_RENEW_MS) {
      await store.extendSession(id, times(SESSION_MS));
    }
    return { actor: actorOf(user, session.organizationId), via: 'cookie', signInId: id };
  }

  const answer = (claims: Claims, refreshToken: string): Tokens => ({
    accessToken: tokens.issue(claims),
    tokenType: 'Bearer',
    expiresIn: ACCESS_TOKEN_SECONDS,
    refreshToken,
  });

  return {
    sessionCookie,

    /** Who makes the request. A bearer token that is not ours is refused; a cookie that is not is ignored. */
    async authenticate(request: Request): Promise<Caller> {
      const { authorization } = request.headers;
      if (authorization !== undefined) {
        const [scheme, token] = authorization.split(' ', 2);
        if (scheme?.toLowerCase() !== 'bearer' || token === undefined) throw new Problem('token-invalid');
        return fromBearer(token).catch((error: unknown) => {
          if (!forNewTokens(request)) throw error;
          return NOBODY;
        });
      }
      const secret = cookieOf(request, sessionCookie);
      return secret === undefined ? NOBODY : fromCookie(secret);
    },

    /** The secret for a cookie that keeps a browser signed in; always a new one. */
    async openSession(userId: string, device: string): Promise<string> {
      const secret = random.newSecret();
      const { seenAt, expiresAt } = times(SESSION_MS);
      const base = { id: sha256(secret), kind: 'browser', userId, device } as const;
      await store.insertSession({ ...base, createdAt: seenAt, seenAt, expiresAt });
      return secret;
    },
    closeSession: async (secret: string): Promise<void> => store.end('browser', sha256(secret)),

    /** The tokens of a new family. */
    async openFamily(userId: string, device: string): Promise<Tokens> {
      const familyId = random.newId();
      const refreshToken = `${familyId}.${random.newSecret()}`;
      const { seenAt, expiresAt } = times(REFRESH_TOKEN_MS);
      const base = { id: familyId, kind: 'program', userId, device } as const;
      await store.insertFamily({
        ...base,
        tokenHash: sha256(refreshToken),
        createdAt: seenAt,
        seenAt,
        expiresAt,
      });
      return answer({ userId, familyId }, refreshToken);
    },

    /** New tokens for an unused one; one that was used before has leaked, and its whole family ends. */
    async refresh(refreshToken: string): Promise<{ actor: Actor; tokens: Tokens }> {
      const familyId = familyIdOf(refreshToken);
      const next = `${familyId}.${random.newSecret()}`;
      const hashes = { from: sha256(refreshToken), to: sha256(next) };
      const userId = await store.rotate(familyId, hashes, times(REFRESH_TOKEN_MS));
      const user = userId === null ? null : await deps.userById(userId);
      if (userId === null || user === null) {
        await store.end('program', familyId);
        throw new Problem('token-invalid');
      }
      return { actor: actorOf(user), tokens: answer({ userId, familyId }, next) };
    },

    /** Ends the sign-in that a refresh token belongs to; unknown ones are no error. */
    endFamily: async (refreshToken: string): Promise<void> => store.end('program', familyIdOf(refreshToken)),
    end: async (id: string): Promise<void> => {
      await store.end('browser', id);
      await store.end('program', id);
    },
    ofUser: async (userId: string): Promise<readonly SignIn[]> => store.ofUser(userId, clock.now()),
    endOwn: async (userId: string, id: string): Promise<boolean> => store.endOwn(userId, id),
    endOthers: async (userId: string, kept: string | null): Promise<void> => store.endOthers(userId, kept),
    chooseOrganization: async (id: string, organizationId: string): Promise<void> =>
      store.chooseOrganization(id, organizationId),
  };
}

export type SignIns = ReturnType<typeof signIns>;
