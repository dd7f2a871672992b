// What a job tells of its call: one function that is handed to all who know something.
import type { JobContext } from '@livekit/agents';
import { callOf, callOfRoom } from '../../lib/calls/call-id';
import type { Happening } from '../../lib/calls/event';
import type { Config } from '../../lib/core/config';
import { callerOf } from '../call/people';
import { openQueue, tellInto } from './events-folder';

/**
 * Tells what happened in this call, now or at `at` (milliseconds since 1970). Takes some ten
 * microseconds; never throws.
 */
export type TellCall = (what: Happening, at?: number, room?: string) => void;

/** The telling of a job. */
export function openTelling(ctx: JobContext, config: Config): TellCall {
  const tell = tellInto(openQueue(config.DATA_DIR));
  const { name = '', sid, metadata } = ctx.job.room ?? {};
  // Known from the room, or once the caller is there, and from then on also when they have left.
  let call = callOfRoom(metadata);
  return (what, at, room) => {
    call ??= callOf(callerOf(ctx.room)?.attributes);
    // Another room than this one has another sid.
    const where = room === undefined ? { room: name, roomSid: sid || undefined } : { room };
    tell({ ...where, call, at }, what);
  };
}
