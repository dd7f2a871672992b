// Tells the pages of other web processes which calls have changed, and whoever watches calls for all of
// them which events are new: sent with what changed, or not at all.
import { z } from 'zod';
import { heard, onMissed, tellWithin } from '../../processes/bus';
import { tellChanged, tellMissed } from './call-feed';
import type { Database } from './database';

/** Hears of calls from now on. Our own pages are told without the way round. */
export function hearOfCalls(): void {
  heard('calls', z.array(z.string()), tellChanged);
  onMissed('calls', tellMissed);
}

/** Tells others once the transaction is done; nobody where it is not. */
export async function notifyOthers(
  tx: Database,
  ids: readonly string[],
  events: readonly string[] = [],
): Promise<void> {
  await tellWithin(tx, 'calls', ids);
  if (events.length > 0) await tellWithin(tx, 'events', events);
}
