// The rooms the doctor makes to try things out. They are nobody's call: the history, the rules and the
// watcher ask here and leave them alone.
import { randomBytes } from 'node:crypto';

/** What the name of every probe's room begins with; no token is signed for such a name otherwise. */
const PREFIX = 'callboard-probe-';
/** Bytes of randomness: nobody is to join a probe by guessing. */
const RANDOM_BYTES = 16;
/** Seconds LiveKit keeps such a room without people, should it not be removed: the longest probe. */
export const PROBE_TIMEOUTS = { emptyTimeout: 20, departureTimeout: 1 } as const;
/**
 * Agent name that no worker has. A room that is made with a list of agents gets none by automatic
 * dispatch, so that nobody is called into a room in which only the server is tried.
 */
export const NOBODY = 'callboard-probe-nobody';

/** A name for a new one. */
export const newProbeRoom = () => `${PREFIX}${randomBytes(RANDOM_BYTES).toString('base64url')}`;

/** Whether a room is the doctor's own. */
export const isProbeRoom = (name: string): boolean => name.startsWith(PREFIX);
