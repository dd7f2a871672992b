// Serializes work by key, within this process and across web processes, so that two concurrent requests cannot both
// find a room without its agent.

import type { Ground } from '@/lib/cluster/ground';
import { withLock } from '@/lib/cluster/locks';

/** Milliseconds to wait for another process's work, which includes some requests to LiveKit. */
const OTHERS_MS = 5_000;

/** Does `work` after all earlier work with the same key has finished or failed. */
export function oneAtATime<T>(server: Ground, key: string, work: () => Promise<T>): Promise<T> {
  return server.turns.add(key, () => withLock(server, key, OTHERS_MS, work));
}
