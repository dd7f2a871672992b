// better-auth on the application's database: sessions, passwords, passkeys, OIDC and API keys. Loaded only where
// sign-in is required.

import { apiKey } from '@better-auth/api-key';
import { passkey } from '@better-auth/passkey';
import { betterAuth } from 'better-auth';
import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { APIError, createAuthMiddleware } from 'better-auth/api';
import { genericOAuth } from 'better-auth/plugins/generic-oauth';
import { DrizzleQueryError } from 'drizzle-orm';
import { PASSWORD_MIN, SIGN_IN, SIGN_IN_BY_PASSKEY } from '@/lib/auth/auth-requests';
import { DEVICE_COOKIE, DEVICE_SECONDS, deviceCookie, knownDevice } from '@/lib/auth/devices';
import { keepPendingFew } from '@/lib/auth/expired';
import { OIDC } from '@/lib/auth/sign-in';
import { signUpLinkFor, takeSignUpLink } from '@/lib/auth/sign-up-links';
import * as tables from '@/lib/auth/tables';
import type { Ground } from '@/lib/cluster/ground';
import { joinUrl } from '@/lib/core/addresses';
import type { Config } from '@/lib/core/config';
import { cookieOf } from '@/lib/core/cookie';
import { describeError, logError } from '@/lib/core/log';
import { type Database, withDatabase } from '@/lib/db/database';
import { ADDRESS_HEADER, withClientAddress } from '@/lib/http/client-address';

/** Base path of better-auth's routes. */
export const AUTH_PATH = '/api/auth';
/** Prefix of API keys, so that scanners and `redact` can recognize them. */
export const KEY_PREFIX = 'cb_';
/** The message of a passkey that cannot be verified, to which better-auth adds the error. */
const UNVERIFIED = 'Failed to verify';

/** better-auth's paths that sign in. */
const SIGN_IN_PATHS = [SIGN_IN, SIGN_IN_BY_PASSKEY, '/oauth2/callback/:providerId'];

/** The sign-in page matches this message (`app/sign-in/page.tsx`). */
const NOT_INVITED = new APIError('FORBIDDEN', { message: 'not invited' });

const schema = {
  user: tables.accounts,
  session: tables.sessions,
  account: tables.logins,
  verification: tables.verifications,
  passkey: tables.passkeys,
  apikey: tables.apiKeys,
};

/**
 * What counts of an OIDC profile. Providers need not send a name (OpenID Connect Core 5.1), and a missing name must not
 * prevent sign-in. Only the boolean `true` verifies an e-mail address: better-auth takes any value, also "false".
 */
const profileOf = (profile: Readonly<Record<string, unknown>>) => ({
  name: String(profile.name || profile.preferred_username || profile.email || ''),
  emailVerified: profile.email_verified === true,
});

function oidcOf({ OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET }: Config) {
  if (!OIDC_ISSUER || !OIDC_CLIENT_ID || !OIDC_CLIENT_SECRET) return [];
  const provider = {
    providerId: OIDC,
    discoveryUrl: joinUrl(OIDC_ISSUER, '.well-known/openid-configuration'),
    clientId: OIDC_CLIENT_ID,
    clientSecret: OIDC_CLIENT_SECRET,
    scopes: ['openid', 'email', 'profile'],
    pkce: true,
    mapProfileToUser: profileOf,
  };
  return [genericOAuth({ config: [provider] })];
}

function make(server: Ground, db: Database) {
  const { config } = server;
  const address = new URL(config.PUBLIC_URL ?? '');
  return betterAuth({
    appName: 'Callboard',
    baseURL: address.origin,
    basePath: AUTH_PATH,
    secret: config.AUTH_SECRET,
    trustedOrigins: [address.origin],
    telemetry: { enabled: false },
    // Errors of the OIDC flow are shown on our sign-in page instead of better-auth's error page.
    onAPIError: { errorURL: `${address.origin}/sign-in` },
    // We never use the provider's tokens again; encrypted, they are useless to anybody who reads the database.
    account: { encryptOAuthTokens: true },
    logger: {
      level: 'error',
      /**
       * Invalid API keys and sign-ins of people without a sign-up link are not server errors, and anybody could fill the
       * log with them. better-auth may pass an error in place of the message.
       */
      log(_level, ...said: readonly unknown[]) {
        const text = said
          .map((one) => (typeof one === 'string' ? one : describeError(one)))
          .join(' ');
        if (text.startsWith('Failed to validate API key') || said[0] === NOT_INVITED) return;
        // Whoever is signed in can send an invalid passkey; that the database failed is an error.
        const isOurs = said.some((one) => one instanceof DrizzleQueryError);
        if (text.startsWith(UNVERIFIED) && !isOurs) return;
        logError(text);
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
      // Only an admin assigns a role, never a request or the provider. So it cannot be required in a request, although
      // everybody in the table has one.
      additionalFields: { role: { type: 'string', required: false, input: false } },
    },
    // Requests are counted in one place for all routes: `attempts.ts`.
    rateLimit: { enabled: false },
    advanced: {
      cookiePrefix: 'callboard',
      // By default better-auth would trust the address that a client claims: see `headersFor`.
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
      useSecureCookies: address.protocol === 'https:',
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax' },
    },
    hooks: {
      /** Every way to sign in makes the device known. */
      after: createAuthMiddleware(async (context) => {
        const signedIn = context.context.newSession;
        if (!signedIn || !SIGN_IN_PATHS.includes(context.path)) return;
        const { name, attributes } = context.context.createAuthCookie(DEVICE_COOKIE, {
          maxAge: DEVICE_SECONDS,
        });
        const before = context.getCookie(name) ?? undefined;
        const value = await deviceCookie(server, db, signedIn.user.id, before);
        if (value !== undefined) context.setCookie(name, value, attributes);
      }),
    },
    databaseHooks: {
      verification: {
        create: {
          /** Anybody can begin a sign-in, which stores a row. */
          before: async () => keepPendingFew(db, Date.now()),
        },
      },
      user: {
        create: {
          /** Somebody whom the OIDC provider vouches for needs a sign-up link too. */
          before: async (user, context) => {
            if (!context) return;
            const now = Date.now();
            const signUpLink = user.emailVerified
              ? await signUpLinkFor(server, user.email, now)
              : undefined;
            if (!signUpLink || !(await takeSignUpLink(db, signUpLink, now))) {
              throw NOT_INVITED;
            }
            return { data: { ...user, role: signUpLink.role } };
          },
        },
      },
    },
    plugins: [
      passkey({ rpID: address.hostname, rpName: 'Callboard', origin: address.origin }),
      apiKey({
        defaultPrefix: KEY_PREFIX,
        requireName: true,
        // Requests are limited by client, not by key.
        rateLimit: { enabled: false },
      }),
      ...oidcOf(config),
    ],
  });
}

export type Auth = ReturnType<typeof make>;

/** One instance per opened database: after a lost connection the database is opened again. */
const made = new WeakMap<Database, Auth>();

function authOn(server: Ground, db: Database): Auth {
  const auth = made.get(db) ?? make(server, db);
  made.set(db, auth);
  return auth;
}

/**
 * Does `work` with better-auth.
 * @throws {Problem} 503 if the database does not answer
 */
export const withAuth = <T>(
  server: Ground,
  work: (auth: Auth, db: Database) => Promise<T>,
): Promise<T> => withDatabase(server, (db) => work(authOn(server, db), db));

/** Request headers for better-auth, with the client address according to `TRUST_PROXY`. */
export const headersFor = (server: Ground, headers: Headers): Headers =>
  withClientAddress(headers, server.config.TRUST_PROXY);

/** The id of the device that sent these headers, if it is known for the account with this e-mail address. */
export async function deviceOf(
  server: Ground,
  email: string,
  headers: Headers,
): Promise<string | undefined> {
  const { createAuthCookie } = await withAuth(server, (auth) => auth.$context);
  const { name } = createAuthCookie(DEVICE_COOKIE);
  return knownDevice(server, email, cookieOf(headers, name));
}
