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

/** Deletes everything that has expired. @param now milliseconds since 1970 @throws {Problem} 503 */
export async function deleteExpired(server: CallsServer, now: number): Promise<void> {
  await deleteExpiredAccess(server, now);
  await deleteOldState(server, now);
  await deleteExpiredStarts(server, now);
  await deleteOld(server, now);
}

/** Deletes it now and regularly. @returns a function that stops it */
export const deleteExpiredRegularly = (server: CallsServer): (() => Promise<void>) =>
  poll(EVERY_MS, 'cannot delete expired data', () => deleteExpired(server, Date.now()));
