// Deletes what has expired, also while nothing happens: a server without calls, or whose last visitor was an attacker, deletes
// on time too. Each web process does it, because it costs little and takes no harm from being done twice.
import { deleteExpiredAccess } from '@/lib/auth/expired';
import { deleteOld } from '@/lib/calls/store/retention';
import { deleteOldState } from '@/lib/cluster/shared-state';
import { processSingleton } from '@/lib/core/process-singleton';
import { poll } from '@/lib/core/wait';
import { deleteExpiredStarts } from '@/lib/dispatch/limits/limit-starts';

/** Milliseconds between two runs. Our own choice: about as long as the shortest-lived rows are valid. */
const EVERY_MS = 10 * 60_000;

/** Deletes everything that has expired. @param now milliseconds since 1970 @throws {Problem} 503 */
export async function deleteExpired(now: number): Promise<void> {
  await deleteExpiredAccess(now);
  await deleteOldState(now);
  await deleteExpiredStarts(now);
  await deleteOld(now);
}

const running = processSingleton('delete-expired', (): { stop?: () => Promise<void> } => ({}));

/** Deletes it now and regularly. Does nothing if it has already begun. */
export function deleteExpiredRegularly(): void {
  running().stop ??= poll(EVERY_MS, 'cannot delete expired data', () => deleteExpired(Date.now()));
}
