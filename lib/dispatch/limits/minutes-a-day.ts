// The ceiling of cost: minutes of calls that an agent may have in a day, by the kept calls. A call that
// goes on is not cut; no further one begins. The day is the server's own, from midnight.
import { and, eq, gte, isNotNull, isNull, or, sql } from 'drizzle-orm';
import { DateTime } from 'luxon';
import { calls } from '@/lib/calls/store/schema';
import type { Config } from '@/lib/core/config';
import { Problem } from '@/lib/core/problem';
import { processSingleton } from '@/lib/core/process-singleton';
import { withDatabase } from '@/lib/db/database';

const MINUTE_MS = 60_000;
/** Milliseconds for which sums are taken as they were: of fifty who call at once, each would ask. */
const FRESH_MS = 1_000;

const minutes = processSingleton(
  'minutes-a-day',
  () => new Map<string, { readonly at: number; readonly used: Promise<number> }>(),
);

/** Milliseconds since 1970 at which the day of `now` began and ends. */
const dayOf = (now: number) => {
  const day = DateTime.fromMillis(now).startOf('day');
  return { begins: day.toMillis(), ends: day.plus({ days: 1 }).toMillis() };
};

/**
 * Minutes that calls with this agent had today: of calls that asked for it, from when it joined.
 * @throws {Problem} 503 where the database is away
 */
export async function minutesToday(agent: string, now = Date.now()): Promise<number> {
  const { begins } = dayOf(now);
  const from = sql`greatest(${calls.joinedAt}, ${begins})`;
  const to = sql`coalesce(${calls.endedAt}, ${now})`;
  const [row] = await withDatabase((db) =>
    db
      .select({ ms: sql<number>`coalesce(sum(greatest(${to} - ${from}, 0)), 0)`.mapWith(Number) })
      .from(calls)
      .where(
        and(
          eq(sql`${calls.agents}[1]`, agent),
          calls.begun,
          isNotNull(calls.joinedAt),
          or(isNull(calls.endedAt), gte(calls.endedAt, begins)),
          // What began more than a day before this one was closed long ago.
          gte(calls.requestedAt, begins - 24 * 60 * MINUTE_MS),
        ),
      ),
  );
  return (row?.ms ?? 0) / MINUTE_MS;
}

/** {@link minutesToday}, at most a second old; 0 while the database is away: calls begin all the same. */
function recentMinutes(agent: string, now: number): Promise<number> {
  const known = minutes().get(agent);
  if (known && now - known.at < FRESH_MS) return known.used;
  const used = minutesToday(agent, now).catch(() => 0);
  minutes().set(agent, { at: now, used });
  return used;
}

/**
 * Makes sure that an agent's minutes of today (`MINUTES_A_DAY`) are not used up.
 * @throws {Problem} 503 with `Retry-After` until midnight
 */
export async function requireMinutes(
  { MINUTES_A_DAY }: Pick<Config, 'MINUTES_A_DAY'>,
  agent: string,
  now = Date.now(),
): Promise<void> {
  const minutes = MINUTES_A_DAY?.[agent];
  if (minutes === undefined || (await recentMinutes(agent, now)) < minutes) return;
  throw new Problem(
    'day-used-up',
    `The ${minutes} minutes that ${agent} has each day are used up. Calls go through again tomorrow.`,
    {},
    { 'retry-after': String(Math.ceil((dayOf(now).ends - now) / 1_000)) },
  );
}
