// Locks across web processes: PostgreSQL advisory locks for work that only one process may do at a time. If the lock
// is not available in time, the work is done anyway, because no call waits for a database that is down.

import type { Ground } from '@/lib/cluster/ground';
import { logError } from '@/lib/core/log';
import { TimeoutError, withTimeout } from '@/lib/core/wait';
import { explain } from '@/lib/db/explain';
import { openPool, parseServer } from '@/lib/db/server-client';

/** First keys of the advisory locks; must be unique. 7_264_510 to 13 belong to the store. */
export const LOCK_KEYS = { work: 7_264_514, lead: 7_264_515, state: 7_264_516 } as const;

/** Connections for locks: each lock occupies one while it is held. */
const CONNECTIONS = 10;
/** Seconds to connect at most, and extra time before the work is done without the lock. */
const CONNECT_S = 2;
/** Milliseconds before a server that did not respond is tried again. */
const UNAVAILABLE_MS = 2_000;

/** Milliseconds after which an unused connection is closed. Our own choice. */
const IDLE_MS = 30_000;

type Pool = ReturnType<typeof openPool>;

function poolOf({ locks }: Ground, url: string): Pool {
  const purpose = { name: 'locks', connectMaxS: CONNECT_S };
  const limits = { max: CONNECTIONS, idleTimeoutMillis: IDLE_MS };
  locks.pool ??= openPool(parseServer(url), purpose, limits);
  return locks.pool;
}

/** Closes the connections. The next use opens new ones. */
export async function closeLocks({ locks }: Ground): Promise<void> {
  const { pool } = locks;
  locks.pool = undefined;
  await pool?.close();
}

type Release = () => Promise<void>;

/**
 * Takes the lock in a transaction that lasts as long as the work, so that it is released on whatever connection it was taken.
 */
async function acquire({ pool }: Pool, name: string, waitMs: number): Promise<Release> {
  const client = await pool.connect();
  try {
    await client.query(`begin; set local lock_timeout = ${waitMs}`);
    await client.query('select pg_advisory_xact_lock($1, hashtext($2))', [LOCK_KEYS.work, name]);
  } catch (error) {
    client.release(true);
    throw error;
  }
  return async () => {
    const left = await client.query('commit').catch(() => undefined);
    client.release(!left);
  };
}

/** The lock, or undefined if it is not available in time; a lock that arrives later is released. */
async function acquireInTime(
  server: Ground,
  url: string,
  name: string,
  waitMs: number,
): Promise<Release | undefined> {
  let taking: Promise<Release> | undefined;
  try {
    if (Date.now() - server.locks.unavailableAt < UNAVAILABLE_MS) return undefined;
    taking = acquire(poolOf(server, url), name, waitMs);
    return await withTimeout(waitMs + CONNECT_S * 1_000, taking);
  } catch (error) {
    server.locks.unavailableAt = Date.now();
    if (error instanceof TimeoutError) void taking?.then((one) => one()).catch(() => undefined);
    else {
      const cause = explain(error, parseServer(url));
      logError(`cannot lock ${JSON.stringify(name)} across web processes`, cause);
    }
    return undefined;
  }
}

/**
 * Does the work while no other web process does work with the same name.
 * @param waitMs milliseconds to wait for another process before the work is done anyway
 */
export async function withLock<T>(
  server: Ground,
  name: string,
  waitMs: number,
  work: () => Promise<T>,
): Promise<T> {
  const url = server.config.DATABASE_URL;
  const release = url ? await acquireInTime(server, url, name, waitMs) : undefined;
  try {
    return await work();
  } finally {
    // A lost connection has already released its lock.
    await release?.().catch(() => undefined);
  }
}
