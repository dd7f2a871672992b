// Listens to what the web process says that it does for a room's people. Only the server's own API
// sends data without a sender; what anybody in the room sends is not believed.
import { type Room, RoomEvent } from 'livekit-client';
import { WATCH_TOPIC, type WatchSignal, watchSignal } from '@/lib/livekit/attributes';

function readSignal(payload: Uint8Array): WatchSignal | undefined {
  try {
    return watchSignal.safeParse(JSON.parse(new TextDecoder().decode(payload))).data;
  } catch {
    return undefined;
  }
}

/** Calls `onSignal` with each signal of the web process. */
export function followWatch(room: Room, onSignal: (signal: WatchSignal) => void): void {
  room.on(RoomEvent.DataReceived, (payload, participant, _kind, topic, _encryption, sender) => {
    // A sender that LiveKit has not shown us yet has an identity, and no participant.
    if (topic !== WATCH_TOPIC || participant || sender) return;
    const signal = readSignal(payload);
    if (signal) onSignal(signal);
  });
}
