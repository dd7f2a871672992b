// Whether anybody hears the agent. LiveKit tells a room of a caller who sends no audio, or has left, up to three seconds
// late; by then its API no longer lists them, and the room may have ended.
import { log } from '@livekit/agents';
import { type Room, RoomEvent } from '@livekit/rtc-node';
import type { Config } from '../../lib/core/config';
import { withTimeout } from '../../lib/core/wait';
import { KIND_AGENT, visibleParticipants } from '../../lib/dispatch/presence';
import { callLiveKit, liveKit } from '../../lib/livekit/clients';
import { peopleIn } from '../core/people';

/** Milliseconds for LiveKit to say who is there: it takes a few. Our own choice: a caller waits for a goodbye. */
const ASK_MS = 1_000;

/** Watches the room. @returns since when nobody hears the agent (ms since 1970); undefined while somebody does */
export function watchAudience(room: Room): () => number | undefined {
  let emptySince: number | undefined = 0;
  const look = () => {
    const isEmpty = !room.isConnected || peopleIn(room).length === 0;
    emptySince = isEmpty ? (emptySince ?? Date.now()) : undefined;
  };
  for (const event of [
    RoomEvent.Connected,
    RoomEvent.Disconnected,
    RoomEvent.ParticipantConnected,
    RoomEvent.ParticipantDisconnected,
    RoomEvent.ParticipantAttributesChanged,
  ] as const) {
    room.on(event, look);
  }
  return () => emptySince;
}

/**
 * Why LiveKit wants the job to end. It does so when the worker stops or the dispatch is deleted, but also when the room
 * has ended, often before the room itself says so.
 */
export async function whyAskedToLeave(
  name: string,
  config: Config,
): Promise<'asked to leave' | 'caller left' | 'room closed'> {
  try {
    const { rooms } = liveKit(config);
    const there = await withTimeout(ASK_MS, callLiveKit(rooms.listParticipants(name), []));
    if (there.length === 0) return 'room closed';
    const isHeard = visibleParticipants(there).some(({ kind }) => kind !== KIND_AGENT);
    return isHeard ? 'asked to leave' : 'caller left';
  } catch (error) {
    // LiveKit may be stopping too. Whoever is there hears why the agent leaves.
    log().debug({ error }, 'it is not known whether anybody is still in the room');
    return 'asked to leave';
  }
}
