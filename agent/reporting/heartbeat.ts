// The agent's pulse: a lossy, empty packet from the job's own event loop, so that the page notices
// within three seconds that an agent has died. LiveKit itself takes twenty to say that it left.
import type { Room } from '@livekit/rtc-node';
import { PULSE_EVERY_MS, PULSE_TOPIC } from '../../lib/livekit/attributes';

const EMPTY = new Uint8Array([0]);

/** Starts the pulse; returns what stops it. A packet that cannot be sent is not made up for. */
export function startPulse(room: Room): () => void {
  const beat = () => {
    room.localParticipant
      ?.publishData(EMPTY, { reliable: false, topic: PULSE_TOPIC })
      .catch(() => undefined);
  };
  beat();
  const timer = setInterval(beat, PULSE_EVERY_MS);
  return () => clearInterval(timer);
}
