// Bounds how many calls are started: by one caller, from one address, and by strangers. Every route
// that brings an agent into a room asks here first, as each agent costs money.
import { createHmac } from 'node:crypto';
import { getTableName } from 'drizzle-orm';
import { RateLimiterMemory, RateLimiterPostgres } from 'rate-limiter-flexible';
import { rateLimits } from '@/lib/calls/store/schema';
import { COUNTED, type Counted, startLimits } from '@/lib/core/call-limits';
import type { Config } from '@/lib/core/config';
import { Problem } from '@/lib/core/problem';
import { processSingleton } from '@/lib/core/process-singleton';
import { namesLoopback } from '@/lib/core/sign-in-mode';
import { withDatabase } from '@/lib/db/database';
import { addressOf, networkOf } from '@/lib/http/client-address';
import type { WhoCalls } from './who-calls';

// Where starts are counted: in PostgreSQL, which all web processes share, or in the memory of the one
// process that a folder can have. Of addresses and callers' ids only a keyed hash is kept: a plain one of
// an address is undone by trying all there are.

type Limiter = RateLimiterMemory | RateLimiterPostgres;

const limiters = processSingleton('limiters', () => new Map<string, Limiter>());

/** A query as the limiter asks it, and the driver (postgres.js) of Drizzle's client for a server. */
interface Query {
  readonly text: string;
  readonly values?: readonly unknown[];
}
interface Driver {
  unsafe(text: string, values?: readonly unknown[]): Promise<readonly unknown[]>;
}

/** The database as the limiter wants it: with node-postgres's `query`. */
const client = {
  query: ({ text, values }: Query) =>
    withDatabase(async (db) => {
      const { $client } = db as typeof db & { readonly $client: Driver };
      const rows = await $client.unsafe(text, values);
      return { rows, rowCount: rows.length };
    }),
};

interface Counter {
  /** What is counted: each has its own numbers. */
  readonly what: string;
  readonly points: number;
  /** Seconds. */
  readonly duration: number;
}

function limiter({ DATABASE_URL }: Pick<Config, 'DATABASE_URL'>, counter: Counter): Limiter {
  const key = JSON.stringify([counter, DATABASE_URL !== undefined]);
  const known = limiters().get(key);
  if (known) return known;
  const { what: keyPrefix, points, duration } = counter;
  const memory = new RateLimiterMemory({ keyPrefix, points, duration });
  const made = DATABASE_URL
    ? new RateLimiterPostgres({
        ...{ keyPrefix, points, duration },
        storeClient: client,
        storeType: 'client',
        tableName: getTableName(rateLimits),
        tableCreated: true,
        // While the database is away each process counts for itself: calls begin all the same.
        insuranceLimiter: memory,
      })
    : memory;
  limiters().set(key, made);
  return made;
}

/**
 * Counts one, or only looks whether one more would be within the limit.
 * @returns undefined where it is within the limit, else the milliseconds until the next is
 */
async function take(
  how: 'count' | 'look',
  config: Config,
  by: Counted,
  key: string,
): Promise<number | undefined> {
  const points = startLimits(config)[by];
  if (points === 0) return undefined;
  const counting = limiter(config, {
    what: `start-${by}`,
    points,
    duration: WINDOW_MINUTES * 60,
  });
  // All web processes have this secret, and the database does not.
  const hashed = createHmac('sha256', config.LIVEKIT_API_SECRET).update(key).digest('base64url');
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

/** Minutes in which starts are counted: long enough for a limit, short enough to wait for. */
const WINDOW_MINUTES = 10;
/** This machine's own addresses. */
const LOOPBACK = ['127.0.0.1', '::1'].map(networkOf);

const WHOSE: Readonly<Record<Counted, string>> = {
  caller: 'one caller',
  address: 'one address',
  strangerAddress: 'one address without signing in',
  strangerAgent: 'all together without signing in, with one agent,',
};

/**
 * The address that a start is counted by; undefined where there is only that of a proxy on this machine
 * (`TRUST_PROXY` is not set): all who come through it would be one.
 */
export function countedAddress(config: Config, request: Request): string | undefined {
  const { PUBLIC_URL, TRUST_PROXY } = config;
  const address = addressOf(request, TRUST_PROXY);
  const isProxied = TRUST_PROXY === 0 && PUBLIC_URL !== undefined && !namesLoopback(PUBLIC_URL);
  return isProxied && LOOPBACK.includes(address ?? '') ? undefined : address;
}

/**
 * Counts the start of a call. For the agent that a stranger calls it counts when they join
 * ({@link countJoined}): a token that nobody uses takes nothing from the others.
 * @param who undefined for a program that makes calls for many
 * @param publicAgent agent that somebody calls who has not signed in
 * @throws {Problem} 429 with `Retry-After`, where there were too many
 */
export async function limitStarts(
  config: Config,
  request: Request,
  who: WhoCalls | undefined,
  publicAgent?: string,
): Promise<void> {
  const address = countedAddress(config, request);
  const isStranger = publicAgent !== undefined;
  const keys: Readonly<Record<Counted, string | undefined>> = {
    caller: who && JSON.stringify(who),
    address: isStranger ? undefined : address,
    strangerAddress: isStranger ? address : undefined,
    strangerAgent: publicAgent,
  };
  // What a caller or an address has too much of does not count for the others.
  for (const by of COUNTED) {
    const key = keys[by];
    if (key === undefined) continue;
    const wait = await take(by === 'strangerAgent' ? 'look' : 'count', config, by, key);
    if (wait === undefined) continue;
    const seconds = Math.max(1, Math.ceil(wait / 1_000));
    throw new Problem(
      'too-many-calls',
      `${startLimits(config)[by]} calls in ${WINDOW_MINUTES} minutes are what ${WHOSE[by]} may start. ` +
        `Try again in ${seconds} s.`,
      {},
      { 'retry-after': String(seconds) },
    );
  }
}

/** Counts a stranger who joined a call with this agent. @returns whether that is within the limit */
export const countJoined = async (config: Config, agent: string): Promise<boolean> =>
  (await take('count', config, 'strangerAgent', agent)) === undefined;
