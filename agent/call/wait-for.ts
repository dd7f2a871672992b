// Waits for a condition of the room, checked immediately and on each room event that can change it.
import type { Room, RoomEvent } from '@livekit/rtc-node';

/**
 * Resolves to true once `holds` returns true; to false after `ms` milliseconds or, without a
 * timeout, when the room is disconnected.
 */
export function waitFor(
  room: Room,
  events: readonly RoomEvent[],
  holds: () => boolean,
  ms?: number,
): Promise<boolean> {
  return new Promise((resolve) => {
    const done = (held: boolean) => {
      for (const event of events) room.off(event, look);
      room.off('disconnected' as RoomEvent.Disconnected, gone);
      clearTimeout(timer);
      resolve(held);
    };
    const look = () => {
      if (holds()) done(true);
    };
    const gone = () => done(false);
    const timer = ms === undefined ? undefined : setTimeout(() => done(false), ms);
    for (const event of events) room.on(event, look);
    room.on('disconnected' as RoomEvent.Disconnected, gone);
    look();
  });
}
