// Tables for sign-in: those of better-auth, with its column names, and our own for sign-up links and the audit log.
import {
  bigint,
  boolean,
  index,
  integer,
  pgTable,
  serial,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type { Role } from '@/lib/auth/permissions';

/** better-auth uses dates, while the rest of the database uses milliseconds. */
const date = () => timestamp({ withTimezone: true, mode: 'date' });
/** Milliseconds since 1970. */
const time = () => bigint({ mode: 'number' });
const made = { createdAt: date().notNull(), updatedAt: date().notNull() };
const ofAccount = () =>
  text()
    .notNull()
    .references(() => accounts.id, { onDelete: 'cascade' });

/** Users. */
export const accounts = pgTable(
  'accounts',
  {
    id: text().primaryKey(),
    name: text().notNull(),
    email: text().notNull(),
    emailVerified: boolean().notNull(),
    image: text(),
    role: text().$type<Role>().notNull(),
    ...made,
  },
  (table) => [uniqueIndex('accounts_email').on(table.email)],
);

export const sessions = pgTable(
  'account_sessions',
  {
    id: text().primaryKey(),
    token: text().notNull(),
    userId: ofAccount(),
    expiresAt: date().notNull(),
    ipAddress: text(),
    userAgent: text(),
    ...made,
  },
  (table) => [
    uniqueIndex('account_sessions_token').on(table.token),
    index('account_sessions_user').on(table.userId),
  ],
);

/** Credentials: a password hash, or an account at the OIDC provider. */
export const logins = pgTable(
  'account_logins',
  {
    id: text().primaryKey(),
    accountId: text().notNull(),
    providerId: text().notNull(),
    userId: ofAccount(),
    accessToken: text(),
    refreshToken: text(),
    idToken: text(),
    accessTokenExpiresAt: date(),
    refreshTokenExpiresAt: date(),
    scope: text(),
    password: text(),
    ...made,
  },
  (table) => [index('account_logins_user').on(table.userId)],
);

/** Pending sign-ins, such as the state of an OIDC flow. */
export const verifications = pgTable(
  'account_verifications',
  {
    id: text().primaryKey(),
    identifier: text().notNull(),
    value: text().notNull(),
    expiresAt: date().notNull(),
    ...made,
  },
  (table) => [index('account_verifications_identifier').on(table.identifier)],
);

export const passkeys = pgTable(
  'account_passkeys',
  {
    id: text().primaryKey(),
    name: text(),
    publicKey: text().notNull(),
    userId: ofAccount(),
    credentialID: text('credential_id').notNull(),
    counter: integer().notNull(),
    deviceType: text().notNull(),
    backedUp: boolean().notNull(),
    transports: text(),
    createdAt: date(),
    aaguid: text(),
  },
  (table) => [
    index('account_passkeys_user').on(table.userId),
    index('account_passkeys_credential').on(table.credentialID),
  ],
);

/** API keys, hashed. */
export const apiKeys = pgTable(
  'account_keys',
  {
    id: text().primaryKey(),
    configId: text().notNull(),
    name: text(),
    start: text(),
    referenceId: ofAccount(),
    prefix: text(),
    key: text().notNull(),
    refillInterval: integer(),
    refillAmount: integer(),
    lastRefillAt: date(),
    enabled: boolean(),
    rateLimitEnabled: boolean(),
    rateLimitTimeWindow: integer(),
    rateLimitMax: integer(),
    requestCount: integer(),
    remaining: integer(),
    lastRequest: date(),
    expiresAt: date(),
    permissions: text(),
    metadata: text(),
    ...made,
  },
  (table) => [
    uniqueIndex('account_keys_key').on(table.key),
    index('account_keys_account').on(table.referenceId),
  ],
);

/** Sign-in attempts by address. */
export const attempts = pgTable(
  'account_attempts',
  {
    id: text().primaryKey(),
    key: text().notNull(),
    count: integer().notNull(),
    lastRequest: time().notNull(),
  },
  (table) => [uniqueIndex('account_attempts_key').on(table.key)],
);

/** Links with which somebody creates their account. Only the hash of a link is stored. */
export const signUpLinks = pgTable(
  'sign_up_links',
  {
    id: text().primaryKey(),
    hash: text().notNull(),
    role: text().$type<Role>().notNull(),
    /** The invited address; null for the first account, whose address is not known yet. */
    email: text(),
    /** The admin who made it, with whose account it is deleted; null for the first account. */
    madeBy: text().references(() => accounts.id, { onDelete: 'cascade' }),
    madeAt: time().notNull(),
    expiresAt: time().notNull(),
    usedAt: time(),
  },
  (table) => [
    uniqueIndex('sign_up_links_hash').on(table.hash),
    index('sign_up_links_email').on(table.email),
  ],
);

/** The audit log. It outlives the accounts it names. */
export const auditLog = pgTable(
  'audit_log',
  {
    id: serial().primaryKey(),
    at: time().notNull(),
    account: text(),
    name: text().notNull(),
    /** `key` if it was done with an API key. */
    by: text().notNull(),
    action: text().notNull(),
    object: text().notNull(),
  },
  (table) => [index('audit_log_at').on(table.at)],
);
