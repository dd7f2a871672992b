// Locks across web processes: PostgreSQL advisory locks for work that only one process may do at a time. If the lock
// is not available in time, the work is done anyway, because no call waits for a database that is down.
import postgres from 'postgres';
import { logError } from '@/lib/core/log';
import { processSingleton } from '@/lib/core/process-singleton';
import { TimeoutError, withTimeout } from '@/lib/core/wait';

/** First keys of the advisory locks; must be unique. 7_264_510 to 13 belong to the store. */
export const LOCK_KEYS = { work: 7_264_514, lead: 7_264_515, state: 7_264_516 } as const;

/** Connections for locks: each lock occupies one while it is held. */
const CONNECTIONS = 10;
/** Seconds to connect, and extra time before the work is done without the lock. */
const CONNECT_S = 2;
/** Milliseconds before a server that did not respond is tried again. */
const UNAVAILABLE_MS = 2_000;

interface Locks {
  readonly client: postgres.Sql;
  unavailableAt: number;
}

const current = processSingleton('locks', (): { locks?: Locks } => ({}));

function locks(url: string): Locks {
  const state = current();
  state.locks ??= {
    client: postgres(url, {
      max: CONNECTIONS,
      connect_timeout: CONNECT_S,
      idle_timeout: 30,
      fetch_types: false,
      onnotice() {},
      connection: { application_name: 'callboard locks' },
    }),
    unavailableAt: Number.NEGATIVE_INFINITY,
  };
  return state.locks;
}

/** Closes the connections. The next use opens new ones. */
export async function closeLocks(): Promise<void> {
  const open = current().locks;
  current().locks = undefined;
  await open?.client.end({ timeout: 1 });
}

type Release = () => Promise<void>;

/**
 * Takes the lock in a transaction that lasts as long as the work. The driver's `reserve` cannot be used: it never
 * resolves for a pool without an open connection (postgres 3.4.9).
 */
function acquire(client: postgres.Sql, name: string, waitMs: number): Promise<Release> {
  return new Promise((resolve, reject) => {
    const held = client.begin(async (tx) => {
      await tx`select set_config('lock_timeout', ${String(waitMs)}, true)`;
      await tx`select pg_advisory_xact_lock(${LOCK_KEYS.work}, hashtext(${name}))`;
      await new Promise<void>((done) => {
        resolve(async () => {
          done();
          await held;
        });
      });
    });
    held.catch(reject);
  });
}

/** The lock, or undefined if it is not available in time; a lock that arrives later is released. */
async function acquireInTime(
  own: Locks,
  name: string,
  waitMs: number,
): Promise<Release | undefined> {
  if (Date.now() - own.unavailableAt < UNAVAILABLE_MS) return undefined;
  const taking = acquire(own.client, name, waitMs);
  try {
    return await withTimeout(waitMs + CONNECT_S * 1_000, taking);
  } catch (error) {
    own.unavailableAt = Date.now();
    if (error instanceof TimeoutError) void taking.then((one) => one()).catch(() => undefined);
    else logError(`cannot lock ${JSON.stringify(name)} across web processes`, error);
    return undefined;
  }
}

/**
 * Does the work while no other web process does work with the same name.
 * @param waitMs milliseconds to wait for another process before the work is done anyway
 */
export async function withLock<T>(
  name: string,
  waitMs: number,
  work: () => Promise<T>,
): Promise<T> {
  const url = process.env.DATABASE_URL;
  const release = url ? await acquireInTime(locks(url), name, waitMs) : undefined;
  try {
    return await work();
  } finally {
    // A lost connection has already released its lock.
    await release?.().catch(() => undefined);
  }
}
