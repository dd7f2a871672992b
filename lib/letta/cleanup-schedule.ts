// Schedules this process's next cleanup at Letta.

import { processSingleton } from '@/lib/core/process-singleton';

/** Milliseconds between two runs, and until an early one. Our own choice. */
const EVERY_MS = 60 * 60_000;
const SOON_MS = 60_000;

const next = processSingleton('letta-next-look', () => ({ at: Number.NEGATIVE_INFINITY }));

/** Whether a run is due; the next is then scheduled in an hour. @param now milliseconds since 1970 */
export function isCleanupDue(now: number): boolean {
  if (now < next().at) return false;
  next().at = now + EVERY_MS;
  return true;
}

/** Much is left to do: run again at once. */
export function scheduleNow(): void {
  next().at = Number.NEGATIVE_INFINITY;
}

/** Something failed at Letta: run again in a minute. */
export function scheduleSoon(now = Date.now()): void {
  next().at = now + SOON_MS;
}
