// Event reporting of a job: one function that is passed to every part of it.
import type { JobContext } from '@livekit/agents';
import { callOf, callOfRoom } from '../../lib/calls/call-id';
import type { Happening } from '../../lib/calls/event';
import type { Config } from '../../lib/core/config';
import { callerOf } from '../call/people';
import { openQueue, reportInto } from './events-folder';

/**
 * Reports an event of this call, now or at `at` (milliseconds since 1970). Takes about ten
 * microseconds; never throws.
 */
export type ReportCall = (what: Happening, at?: number, room?: string) => void;

/** Opens the event reporting of a job. */
export function openCallReporting(ctx: JobContext, config: Config): ReportCall {
  const reportEvent = reportInto(openQueue(config.DATA_DIR));
  const { name = '', sid, metadata } = ctx.job.room ?? {};
  // Known from the room, or once the caller is present; kept after they have left.
  let call = callOfRoom(metadata);
  return (what, at, room) => {
    call ??= callOf(callerOf(ctx.room)?.attributes);
    // The sid belongs to this room only.
    const where = room === undefined ? { room: name, roomSid: sid || undefined } : { room };
    reportEvent({ ...where, call, at }, what);
  };
}
