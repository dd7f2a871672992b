// The agent's heartbeat: a lossy, one-byte packet sent from the job's own event loop, so that the
// page notices within three seconds that an agent has died. LiveKit takes twenty.
import type { Room } from '@livekit/rtc-node';
import { HEARTBEAT_EVERY_MS, HEARTBEAT_TOPIC } from '../../lib/livekit/attributes';

const EMPTY = new Uint8Array([0]);

/** Starts the heartbeat and returns a function that stops it. Failed packets are not retried. */
export function startHeartbeat(room: Room): () => void {
  const beat = () => {
    room.localParticipant
      ?.publishData(EMPTY, { reliable: false, topic: HEARTBEAT_TOPIC })
      .catch(() => undefined);
  };
  beat();
  const timer = setInterval(beat, HEARTBEAT_EVERY_MS);
  return () => clearInterval(timer);
}
