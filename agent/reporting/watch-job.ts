// Reports problems of a job outside its conversation: connection changes and uncaught errors, which
// the framework does not surface.
import { type Room, RoomEvent } from '@livekit/rtc-node';
import type { ReportCall } from './call-reporting';
import { reportError } from './session-events';

/** Watches the connection of this room, and this process. */
export function watchJob(room: Room, report: ReportCall, identity: string): void {
  room.on(RoomEvent.Reconnecting, () =>
    report({ kind: 'connection', identity, state: 'reconnecting' }),
  );
  room.on(RoomEvent.Reconnected, () =>
    report({ kind: 'connection', identity, state: 'reconnected' }),
  );
  process.on('uncaughtExceptionMonitor', (error) => reportError(report, 'job', error));
  process.on('unhandledRejection', (error) => reportError(report, 'job', error));
}
