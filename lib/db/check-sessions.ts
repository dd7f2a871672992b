// Whether each connection has a session of its own on the server. A pooler in transaction mode gives it another one for each
// transaction: locks that this process holds would stay with whoever is next, and notifications would not arrive. So that is
// found out before anything is set or locked, by what the pooler does and not by its name.
import { randomInt } from 'node:crypto';
import { waitFor } from '@/lib/core/wait';
import { ServerFault } from '@/lib/db/explain';
import type { ServerClient } from '@/lib/db/server-client';

/** Attempts: with other clients, a pooler may by chance give a connection the same server again. */
const ATTEMPTS = 3;
/** Milliseconds for an answer, and until the pooler has reset a connection. */
const ANSWER_MS = 5_000;
const RESET_MS = 2_000;

const SHARED =
  'The connection pooler of DATABASE_URL works in transaction mode, but Callboard needs sessions, for locks and ' +
  'notifications. Use its session mode (pgbouncer: pool_mode = session; Supabase: port 5432), or connect directly ' +
  '(Neon: the host without "-pooler").';
const NO_SESSION_LOCKS =
  'The server of DATABASE_URL has no advisory locks or no notifications (LISTEN) that work, and Callboard needs both. Use ' +
  'PostgreSQL; CockroachDB cannot be used, and YugabyteDB only in versions that have both.';
const NOT_RESET =
  'The connection pooler of DATABASE_URL does not reset connections after use, so locks would stay behind. Set ' +
  'pgbouncer\'s server_reset_query to "DISCARD ALL", or connect directly.';

const ask = async (client: ServerClient, text: string): Promise<Record<string, unknown>> => {
  const { rows } = await client.query({ text, query_timeout: ANSWER_MS } as { text: string });
  return rows[0] ?? {};
};
/** Id of the server's process that answers. */
const serverOf = async (client: ServerClient) =>
  (await ask(client, 'select pg_backend_pid() as pid')).pid as number;

/**
 * Checks that sessions are kept, and ends both connections.
 * @param one and `other`: connections that are not open yet
 * @throws {ServerFault} if the server of a connection changes, or a lock is still held when its connection is closed
 */
export async function checkSessions(one: ServerClient, other: ServerClient): Promise<void> {
  try {
    await Promise.all([one.open(), other.open()]);
    const pid = await serverOf(one);
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      // The last one that the pooler had back may be that of the second one, of the attempt before. One that uses its servers
      // in turn gives two requests in a row different ones.
      const own = [await serverOf(one), await serverOf(one)];
      if (own.some((server) => server !== pid)) throw new ServerFault(SHARED, undefined);
      // While the second one has a transaction, it has a server of its own. That of the first one must still be there.
      await begin(other);
      const isShared = (await serverOf(other)) === pid || (await serverOf(one)) !== pid;
      if (isShared) throw new ServerFault(SHARED, undefined);
      await ask(other, 'rollback');
    }
    await checkLocks(one, other);
    // PostgreSQL tells a connection the id of its process; a pooler tells it one of its own.
    if ((one as unknown as { processID: number }).processID === pid) return;
    await checkReset(one, other, pid);
  } finally {
    for (const client of [one, other]) void client.end();
  }
}

/** Begins a transaction. pgbouncer refuses that in its statement mode. */
async function begin(client: ServerClient): Promise<void> {
  try {
    await ask(client, 'begin');
  } catch (error) {
    if (/statement pooling/.test(String(error))) throw new ServerFault(SHARED, error);
    throw error;
  }
}

/** Databases that are not PostgreSQL may refuse locks and notifications, or accept locks and do nothing. */
async function checkLocks(one: ServerClient, other: ServerClient): Promise<void> {
  const key = randomInt(1, 2 ** 31);
  const lock = `select pg_try_advisory_xact_lock(${key}) as got`;
  try {
    await ask(one, 'begin');
    const excludes = (await ask(one, lock)).got && !(await ask(other, lock)).got;
    if (!excludes) throw new ServerFault(NO_SESSION_LOCKS, undefined);
    await ask(one, 'rollback');
    await ask(one, 'listen callboard');
    await ask(one, 'unlisten callboard');
  } catch (error) {
    const { code } = error as { code?: unknown };
    // A standby, which can be read.
    if (code === '25006') return;
    // Features that are not supported, and syntax.
    const unknown = /^(0A|42)/.test(String(code));
    throw unknown ? new ServerFault(NO_SESSION_LOCKS, error) : error;
  }
}

async function checkReset(one: ServerClient, other: ServerClient, pid: number): Promise<void> {
  const key = randomInt(1, 2 ** 31);
  await ask(one, `select pg_advisory_lock(${key})`);
  await one.end();
  const isHeld = `select exists (select from pg_locks
    where locktype = 'advisory' and classid = 0 and objid = ${key} and pid = ${pid}) as held`;
  const free = await waitFor(RESET_MS, async () => !(await ask(other, isHeld)).held);
  if (free) return;
  // Only that server process can release it.
  await ask(other, `select pg_terminate_backend(${pid})`);
  throw new ServerFault(NOT_RESET, undefined);
}
