// Where a job's call is, as far as its worker knows it: by this the web process finds the call.
import type { JobContext } from '@livekit/agents';
import type { CallPlace } from '../../lib/bookings/desk';
import { callOf, callOfRoom } from '../../lib/calls/call-id';
import { callerOf } from '../people';

/** The place of a job's call. Looked at anew each time: who the caller is may be known only later. */
export function placeOf(ctx: JobContext): CallPlace {
  const { name: room = '', sid, metadata } = ctx.job.room ?? {};
  const call = callOfRoom(metadata) ?? callOf(callerOf(ctx.room)?.attributes);
  return { room, roomSid: sid || undefined, call };
}
