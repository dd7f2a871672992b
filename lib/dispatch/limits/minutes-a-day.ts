// Limits cost: the minutes of calls that an agent may have in a day, by the stored calls. Active calls continue,
// but no new ones start. The day is that of the server's time zone.

import { and, eq, gte, isNotNull, isNull, or, sql } from 'drizzle-orm';
import { DateTime } from 'luxon';
import { calls } from '@/lib/calls/store/schema';
import type { Ground } from '@/lib/cluster/ground';
import { Problem } from '@/lib/core/problem';
import { withDatabase } from '@/lib/db/database';
import type { DispatchServer } from '@/lib/dispatch/server';

const MINUTE_MS = 60_000;
/** Milliseconds for which sums are cached, so that fifty simultaneous callers do not each query them. */
export const MINUTES_MS = 1_000;
/** Most agents whose sums are cached. */
export const MINUTES_MAX = 1_000;

/** Start and end of the day of `now`, in milliseconds since 1970. */
const dayOf = (now: number) => {
  const day = DateTime.fromMillis(now).startOf('day');
  return { begins: day.toMillis(), ends: day.plus({ days: 1 }).toMillis() };
};

/**
 * Minutes of today's calls with this agent, counted from when it joined.
 * @throws {Problem} 503 if the database is unavailable
 */
export async function minutesToday(
  server: Ground,
  agent: string,
  now = Date.now(),
): Promise<number> {
  const { begins } = dayOf(now);
  const from = sql`greatest(${calls.joinedAt}, ${begins})`;
  const to = sql`coalesce(${calls.endedAt}, ${now})`;
  const [row] = await withDatabase(server, (db) =>
    db
      .select({ ms: sql<number>`coalesce(sum(greatest(${to} - ${from}, 0)), 0)`.mapWith(Number) })
      .from(calls)
      .where(
        and(
          eq(sql`${calls.agents}[1]`, agent),
          calls.begun,
          isNotNull(calls.joinedAt),
          or(isNull(calls.endedAt), gte(calls.endedAt, begins)),
          // Calls that started more than a day earlier were closed long ago.
          gte(calls.requestedAt, begins - 24 * 60 * MINUTE_MS),
        ),
      ),
  );
  return (row?.ms ?? 0) / MINUTE_MS;
}

/** {@link minutesToday}, at most a second old. 0 while the database is unavailable, so that calls still start. */
function recentMinutes(server: DispatchServer, agent: string, now: number): Promise<number> {
  const known = server.minutes.get(agent);
  if (known) return known;
  const used = minutesToday(server, agent, now).catch(() => 0);
  server.minutes.set(agent, used);
  return used;
}

/**
 * Requires that an agent's minutes of today (`MINUTES_A_DAY`) are not used up.
 * @throws {Problem} 503 with `Retry-After` until midnight
 */
export async function requireMinutes(
  server: DispatchServer,
  agent: string,
  now = Date.now(),
): Promise<void> {
  const { MINUTES_A_DAY } = server.config;
  const minutes = MINUTES_A_DAY?.[agent];
  if (minutes === undefined || (await recentMinutes(server, agent, now)) < minutes) return;
  throw new Problem(
    'day-used-up',
    `${agent} has used its ${minutes} minutes for today. Try again tomorrow.`,
    {},
    { 'retry-after': String(Math.ceil((dayOf(now).ends - now) / 1_000)) },
  );
}
