// Events of all open calls, for components that follow calls and start in the middle of some.
import { asc, eq, inArray, isNull } from 'drizzle-orm';
import { withDatabase } from '@/lib/db/database';
import type { KeptEvent } from '../event';
import { eventsFrom } from './call-row';
import { calls, events } from './schema';

/** In order of arrival. @throws {Problem} 503 if the database is unavailable */
export async function readLiveEvents(): Promise<KeptEvent[]> {
  const rows = await withDatabase((db) =>
    db
      .select({ event: events })
      .from(events)
      .innerJoin(calls, eq(events.call, calls.id))
      .where(isNull(calls.endedAt))
      .orderBy(asc(events.arrivedAt), asc(events.at)),
  );
  return eventsFrom(rows.map(({ event }) => event));
}

/** These events, in order of arrival. @throws {Problem} 503 if the database is unavailable */
export async function readEvents(ids: readonly string[]): Promise<KeptEvent[]> {
  const rows = await withDatabase((db) =>
    db
      .select()
      .from(events)
      .where(inArray(events.id, [...ids]))
      .orderBy(asc(events.arrivedAt), asc(events.at)),
  );
  return eventsFrom(rows);
}
