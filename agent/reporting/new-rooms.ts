// Rooms whose jobs have just begun, for reports: the web process admits callers by free slots and
// counts each admitted caller until their job appears here.
import { NEW_JOB_MS, NEW_ROOMS_MAX } from '../../lib/livekit/worker-report';

/**
 * Returns a function that filters the rooms of all jobs to those whose job began within {@link
 * NEW_JOB_MS}, newest first.
 */
export function followNewRooms(
  now: () => number = Date.now,
): (rooms: readonly string[]) => string[] {
  const since = new Map<string, number>();
  return (rooms) => {
    for (const room of since.keys()) if (!rooms.includes(room)) since.delete(room);
    for (const room of rooms) if (!since.has(room)) since.set(room, now());
    return [...since]
      .filter(([, at]) => now() - at < NEW_JOB_MS)
      .map(([room]) => room)
      .reverse()
      .slice(0, NEW_ROOMS_MAX);
  };
}
