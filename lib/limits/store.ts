// Where starts are counted: in PostgreSQL, which all web processes share, or in the memory of the one
// process that a folder can have. Of addresses and callers' ids only a keyed hash is kept: a plain one of
// an address is undone by trying all there are.
import { createHmac } from 'node:crypto';
import { getTableName } from 'drizzle-orm';
import { RateLimiterMemory, RateLimiterPostgres } from 'rate-limiter-flexible';
import { withDatabase } from '../calls/store/database';
import { rateLimits } from '../calls/store/schema';
import type { Config } from '../config';

type Limiter = RateLimiterMemory | RateLimiterPostgres;

/** Next bundles each route on its own: what routes share is reached through the process. */
const shared = globalThis as typeof globalThis & { callboardLimiters?: Map<string, Limiter> };

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
  shared.callboardLimiters ??= new Map();
  const key = JSON.stringify([counter, DATABASE_URL !== undefined]);
  const known = shared.callboardLimiters.get(key);
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
  shared.callboardLimiters.set(key, made);
  return made;
}

/**
 * Counts one.
 * @returns undefined where it is within the limit, else the milliseconds until the next is
 */
export async function count(
  config: Pick<Config, 'DATABASE_URL' | 'LIVEKIT_API_SECRET'>,
  counter: Counter,
  key: string,
): Promise<number | undefined> {
  // All web processes have this secret, and the database does not.
  const hashed = createHmac('sha256', config.LIVEKIT_API_SECRET).update(key).digest('base64url');
  try {
    await limiter(config, counter).consume(hashed);
    return undefined;
  } catch (refused) {
    if (refused instanceof Error) throw refused;
    return (refused as { readonly msBeforeNext: number }).msBeforeNext;
  }
}
