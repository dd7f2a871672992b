// The rooms whose jobs have just begun, for reports: the web process lets callers in by the places that
// are free, and counts each of them until their job shows here.
import { NEW_JOB_MS, NEW_ROOMS_MAX } from '../../lib/livekit/worker-report';

/** Gives for the rooms of all jobs those whose job began within {@link NEW_JOB_MS}, newest first. */
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
