// Deletes what has expired, also while nothing happens: a server without calls, or whose last visitor was an attacker, deletes
// on time too. Each web process does it, because it costs little and takes no harm from being done twice.

import { deleteExpiredAccess } from '@/lib/auth/expired';
import type { CallsServer } from '@/lib/calls/server';
import { deleteOld } from '@/lib/calls/store/retention';
import { deleteOldState } from '@/lib/cluster/shared-state';
import { poll } from '@/lib/core/wait';
import { deleteExpiredStarts } from '@/lib/dispatch/limits/limit-starts';

/** Milliseconds between two runs. Our own choice: about as long as the shortest-lived rows are valid. */
const EVERY_MS = 10 * 60_000;
/** The same for calls and recordings, which are kept for days. Our own choice. */
const CALLS_EVERY_MS = 60 * 60_000;

/** Deletes everything that has expired but calls. @param now milliseconds since 1970 @throws {Problem} 503 */
export async function deleteExpired(server: CallsServer, now: number): Promise<void> {
  await deleteExpiredAccess(server, now);
  await deleteOldState(server, now);
  await deleteExpiredStarts(server, now);
}

/** Deletes expired data now and regularly. @returns a function that stops it */
export function deleteExpiredRegularly(server: CallsServer): () => Promise<void> {
  const stops = [
    poll(EVERY_MS, 'cannot delete expired data', () => deleteExpired(server, Date.now())),
    poll(CALLS_EVERY_MS, 'cannot delete expired calls', (stopping) =>
      deleteOld(server, Date.now(), stopping),
    ),
  ];
  return async () => {
    await Promise.all(stops.map((stop) => stop()));
  };
}
