// Reports problems of a job outside its conversation: connection changes and uncaught errors, which
// the framework does not surface.
import { type Room, RoomEvent } from '@livekit/rtc-node';
import { tellError } from './session-events';
import type { TellCall } from './tell-call';

/** Watches the connection of this room, and this process. */
export function watchJob(room: Room, tell: TellCall, identity: string): void {
  room.on(RoomEvent.Reconnecting, () =>
    tell({ kind: 'connection', identity, state: 'reconnecting' }),
  );
  room.on(RoomEvent.Reconnected, () =>
    tell({ kind: 'connection', identity, state: 'reconnected' }),
  );
  process.on('uncaughtExceptionMonitor', (error) => tellError(tell, 'job', error));
  process.on('unhandledRejection', (error) => tellError(tell, 'job', error));
}
