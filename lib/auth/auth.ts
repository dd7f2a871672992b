// better-auth on the database of the calls: sessions, passwords, passkeys, OIDC and API keys. Loaded
// only where people have to sign in.
import { inspect } from 'node:util';
import { apiKey } from '@better-auth/api-key';
import { passkey } from '@better-auth/passkey';
import { betterAuth } from 'better-auth';
import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { APIError } from 'better-auth/api';
import { genericOAuth } from 'better-auth/plugins/generic-oauth';
import type { Config } from '@/lib/core/config';
import { redact } from '@/lib/core/redact';
import { serverConfig } from '@/lib/core/server-config';
import { type Database, withDatabase } from '@/lib/db/database';
import { ADDRESS_HEADER, withClientAddress } from '@/lib/http/client-address';
import { takeWelcome, welcomeByEmail } from './invitations';
import { OIDC } from './oidc';
import * as tables from './tables';

/** Where its routes are. */
export const AUTH_PATH = '/api/auth';
/** Begins each API key, so that one is known for what it is wherever it turns up. */
export const KEY_PREFIX = 'cb_';
/** Least characters of a password: NIST SP 800-63B-4 asks for 15 where nothing else is needed. */
export const PASSWORD_MIN = 15;
/** Attempts to sign in from one address, in so many seconds. Our own choice. */
const SIGN_INS = { window: 60, max: 10 };

/** The page of sign-in knows this word (`app/sign-in/page.tsx`). */
const NOT_INVITED = new APIError('FORBIDDEN', { message: 'not invited' });

const schema = {
  user: tables.accounts,
  session: tables.sessions,
  account: tables.logins,
  verification: tables.verifications,
  passkey: tables.passkeys,
  apikey: tables.apiKeys,
  rateLimit: tables.attempts,
};

/** Providers need not tell a name (OpenID Connect Core 5.1), and nobody is kept out for lack of one. */
const nameOf = ({ name, preferred_username, email }: Readonly<Record<string, unknown>>) => ({
  name: String(name || preferred_username || email || ''),
});

function oidcOf({ OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET }: Config) {
  if (!OIDC_ISSUER || !OIDC_CLIENT_ID || !OIDC_CLIENT_SECRET) return [];
  const issuer = OIDC_ISSUER.replace(/\/$/, '');
  const provider = {
    providerId: OIDC,
    discoveryUrl: `${issuer}/.well-known/openid-configuration`,
    clientId: OIDC_CLIENT_ID,
    clientSecret: OIDC_CLIENT_SECRET,
    scopes: ['openid', 'email', 'profile'],
    pkce: true,
    mapProfileToUser: nameOf,
  };
  return [genericOAuth({ config: [provider] })];
}

function make(db: Database, config: Config) {
  const address = new URL(config.PUBLIC_URL ?? '');
  return betterAuth({
    appName: 'Callboard',
    baseURL: address.origin,
    basePath: AUTH_PATH,
    secret: config.AUTH_SECRET,
    trustedOrigins: [address.origin],
    telemetry: { enabled: false },
    // Whoever comes back from the provider with what does not hold: its own page is none of the product's.
    onAPIError: { errorURL: `${address.origin}/sign-in` },
    // Nothing here asks the provider again: what it gave is of use only to whoever reads the database.
    account: { encryptOAuthTokens: true },
    logger: {
      level: 'error',
      /**
       * A wrong key, and an account at the provider that nobody invited, are the visitor's own affair, and
       * anybody could fill the log with them. Errors are also given in place of a message.
       */
      log(_level, ...said: readonly unknown[]) {
        const text = said.map((one) => (typeof one === 'string' ? one : inspect(one))).join(' ');
        if (text.startsWith('Failed to validate API key') || said[0] === NOT_INVITED) return;
        console.error(redact(text));
      },
    },
    database: drizzleAdapter(db, { provider: 'pg', schema }),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_MIN,
      revokeSessionsOnPasswordReset: true,
    },
    user: {
      // Never from a request, nor from the provider: a role is given by an admin. It is not required of
      // them, therefore; the table has nobody without one.
      additionalFields: { role: { type: 'string', required: false, input: false } },
    },
    rateLimit: {
      enabled: true,
      storage: 'database',
      customRules: { '/sign-in/*': SIGN_INS, '/passkey/verify-authentication': SIGN_INS },
    },
    advanced: {
      cookiePrefix: 'callboard',
      // By its own rule better-auth would believe what a client says of itself: see `headersFor`.
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
      useSecureCookies: address.protocol === 'https:',
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax' },
    },
    databaseHooks: {
      user: {
        create: {
          /** A stranger whom the OIDC provider vouches for needs an invitation too. */
          before: async (user, context) => {
            if (!context) return;
            const now = Date.now();
            const welcome = user.emailVerified ? await welcomeByEmail(user.email, now) : undefined;
            if (!welcome || !(await takeWelcome(db, welcome, now))) {
              throw NOT_INVITED;
            }
            return { data: { ...user, role: welcome.role } };
          },
        },
      },
    },
    plugins: [
      passkey({ rpID: address.hostname, rpName: 'Callboard', origin: address.origin }),
      apiKey({
        defaultPrefix: KEY_PREFIX,
        requireName: true,
        // Requests are limited by who makes them, not by key.
        rateLimit: { enabled: false },
      }),
      ...oidcOf(config),
    ],
  });
}

export type Auth = ReturnType<typeof make>;

/** One for each opened database: one that was lost is opened anew. */
const made = new WeakMap<Database, Auth>();

function authOn(db: Database): Auth {
  const auth = made.get(db) ?? make(db, serverConfig());
  made.set(db, auth);
  return auth;
}

/**
 * Does `work` with better-auth.
 * @throws {Problem} 503 where the database does not answer
 */
export const withAuth = <T>(work: (auth: Auth, db: Database) => Promise<T>): Promise<T> =>
  withDatabase((db) => work(authOn(db), db));

/** The headers of a request as better-auth is given them: with its address, as `TRUST_PROXY` has it. */
export const headersFor = (headers: Headers): Headers =>
  withClientAddress(headers, serverConfig().TRUST_PROXY);
