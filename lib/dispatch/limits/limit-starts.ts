// Limits how many calls are started: by one caller, from one address, and by anonymous visitors (callers who are not
// signed in). Every route that brings an agent into a room asks here first, because agents cost money.

import { getTableName, lt } from 'drizzle-orm';
import type { Pool, QueryConfig } from 'pg';
import { RateLimiterMemory, RateLimiterPostgres } from 'rate-limiter-flexible';
import { rateLimits } from '@/lib/calls/store/schema';
import type { Ground } from '@/lib/cluster/ground';
import { COUNTED, type Counted, hidesAddresses, startLimits } from '@/lib/core/call-limits';
import type { Config } from '@/lib/core/config';
import { englishDuration } from '@/lib/core/figures';
import { Problem } from '@/lib/core/problem';
import { isLoopback } from '@/lib/core/sign-in-mode';
import { signatureOf } from '@/lib/core/signature';
import { withDatabase } from '@/lib/db/database';
import type { CallerIdentity } from '@/lib/dispatch/limits/one-call';
import type { DispatchServer } from '@/lib/dispatch/server';
import { addressOf } from '@/lib/http/client-address';

// Starts are counted in PostgreSQL, which all web processes share, or in memory if there is only one process.
// Addresses and caller IDs are stored as keyed hashes; a plain hash of an address can be reversed by trying all
// addresses.

type Limiter = RateLimiterMemory | RateLimiterPostgres;

/** The database's driver, as the limiter expects it. */
const clientOf = (server: Ground) => ({
  query: (query: QueryConfig) =>
    withDatabase(server, (db) =>
      (db as typeof db & { readonly $client: Pool }).$client.query(query),
    ),
});

interface Counter {
  /** What is counted; each has its own counters. */
  readonly what: string;
  readonly points: number;
  /** Seconds. */
  readonly duration: number;
}

function limiter(server: DispatchServer, counter: Counter): Limiter {
  const key = JSON.stringify(counter);
  const known = server.limiters.get(key);
  if (known) return known;
  const { what: keyPrefix, points, duration } = counter;
  const memory = new RateLimiterMemory({ keyPrefix, points, duration });
  const made = server.config.DATABASE_URL
    ? new RateLimiterPostgres({
        ...{ keyPrefix, points, duration },
        storeClient: clientOf(server),
        storeType: 'client',
        tableName: getTableName(rateLimits),
        tableCreated: true,
        // While the database is unavailable, each process counts for itself, and calls still start.
        insuranceLimiter: memory,
      })
    : memory;
  server.limiters.set(key, made);
  return made;
}

/**
 * Counts one start, or only checks whether another would be within the limit.
 * @returns undefined if within the limit, otherwise the milliseconds until the next start
 */
async function take(
  server: DispatchServer,
  how: 'count' | 'look',
  by: Counted,
  key: string,
): Promise<number | undefined> {
  const { config } = server;
  const points = startLimits(config)[by];
  if (points === 0) return undefined;
  const counting = limiter(server, {
    what: `start-${by}`,
    points,
    duration: WINDOW_MINUTES * 60,
  });
  // All web processes have this secret; the database does not.
  const hashed = signatureOf('callboard starts', key, config.LIVEKIT_API_SECRET);
  if (how === 'look') {
    const found = await counting.get(hashed);
    return found && found.consumedPoints >= points ? found.msBeforeNext : undefined;
  }
  try {
    await counting.consume(hashed);
    return undefined;
  } catch (refused) {
    if (refused instanceof Error) throw refused;
    return (refused as { readonly msBeforeNext: number }).msBeforeNext;
  }
}

/** The window in minutes: long enough for a useful limit, short enough to wait for. */
const WINDOW_MINUTES = 10;

const SCOPES: Readonly<Record<Counted, string>> = {
  caller: 'for one caller',
  address: 'from one address',
  anonymousAddress: 'from one address without signing in',
  anonymousAgent: 'to this agent by all callers who are not signed in',
};

/**
 * The address that a start is counted by; undefined if it is only a proxy on this machine (`TRUST_PROXY` is not
 * set), which would make all callers one.
 */
export function countedAddress(config: Config, request: Request): string | undefined {
  const address = addressOf(request, config.TRUST_PROXY);
  return address && hidesAddresses(config) && isLoopback(address) ? undefined : address;
}

/**
 * Without addresses, nothing would limit an anonymous visitor, and a shared limit would let one visitor block all others.
 * @throws {Problem} 403 if the addresses of callers are unknown
 */
function requireAddresses(config: Config): void {
  if (!hidesAddresses(config)) return;
  throw new Problem(
    'feature-off',
    'Calls without signing in are off, because this server does not know the addresses of callers. Its log tells ' +
      'its operator what to do.',
  );
}

/**
 * Counts the start of a call. Anonymous visitors' calls to an agent count only when they join ({@link countJoined}):
 * unused tokens take nothing from others.
 * @param who undefined for a program that makes calls for many people
 * @param publicAgent the agent, if the caller is not signed in
 * @param account the visitor's, which is counted in place of an unknown address
 * @throws {Problem} 429 with `Retry-After` if there were too many; 403 for anonymous visitors if addresses are unknown
 */
export async function limitStarts(
  server: DispatchServer,
  request: Request,
  who: CallerIdentity | undefined,
  publicAgent?: string,
  account?: string,
): Promise<void> {
  const { config } = server;
  const isAnonymous = publicAgent !== undefined;
  if (isAnonymous) requireAddresses(config);
  const address = countedAddress(config, request) ?? (account && `account ${account}`);
  const keys: Readonly<Record<Counted, string | undefined>> = {
    caller: who && JSON.stringify(who),
    address: isAnonymous ? undefined : address,
    anonymousAddress: isAnonymous ? address : undefined,
    anonymousAgent: publicAgent,
  };
  // A start that one limit refuses does not count for the next ones.
  for (const by of COUNTED) {
    const key = keys[by];
    if (key === undefined) continue;
    const wait = await take(server, by === 'anonymousAgent' ? 'look' : 'count', by, key);
    if (wait === undefined) continue;
    const seconds = Math.max(1, Math.ceil(wait / 1_000));
    throw new Problem(
      'too-many-calls',
      `The limit is ${startLimits(config)[by]} calls in ${WINDOW_MINUTES} minutes ${SCOPES[by]}. ` +
        `Try again in ${englishDuration(seconds * 1_000)}.`,
      {},
      { 'retry-after': String(seconds) },
    );
  }
}

/** Deletes the counters that have expired. @param now milliseconds since 1970 @throws {Problem} 503 */
export const deleteExpiredStarts = (server: Ground, now: number): Promise<unknown> =>
  withDatabase(server, (db) => db.delete(rateLimits).where(lt(rateLimits.expire, now)));

/** Counts an anonymous visitor who joined a call with this agent. @returns whether they are within the limit */
export const countJoined = async (server: DispatchServer, agent: string): Promise<boolean> =>
  (await take(server, 'count', 'anonymousAgent', agent)) === undefined;

/** Counts a call that a caller's token started again. @returns whether they are within the limit */
export const countRestart = async (server: DispatchServer, who: CallerIdentity): Promise<boolean> =>
  (await take(server, 'count', 'caller', JSON.stringify(who))) === undefined;
