// Text and data of a participant may arrive before LiveKit has announced who that is.
import { type RemoteParticipant, type Room, RoomEvent } from 'livekit-client';

/** Resolves with the participant as soon as LiveKit has announced it. */
export function announced(room: Room, identity: string): Promise<RemoteParticipant> {
  const known = room.remoteParticipants.get(identity);
  if (known) return Promise.resolve(known);
  return new Promise((resolve) => {
    const seen = (one: RemoteParticipant) => {
      if (one.identity !== identity) return;
      room.off(RoomEvent.ParticipantConnected, seen);
      resolve(one);
    };
    room.on(RoomEvent.ParticipantConnected, seen);
  });
}
