// The desk of a job's call: what it books and the messages it takes are told with the call they are of.
import type { JobContext } from '@livekit/agents';
import type { Desk } from '../../lib/bookings/desk';
import { deskClient } from '../../lib/bookings/desk-client';
import { callOf, callOfRoom } from '../../lib/calls/call-id';
import type { Config } from '../../lib/config';
import { shownDeployment } from '../../lib/deployment';
import type { TellCall } from '../events/tell-call';
import { callerOf } from '../people';

/** Opens the desk of the job's deployment. */
export function openDesk(ctx: JobContext, config: Config, tell: TellCall): Desk {
  const { name: room = '', sid, metadata } = ctx.job.room ?? {};
  const inRoom = callOfRoom(metadata);
  return deskClient({
    config,
    deployment: shownDeployment(config.LIVEKIT_AGENT_DEPLOYMENT),
    // Looked at anew each time: who the caller is may be known only later.
    where: () => ({
      room,
      roomSid: sid || undefined,
      call: inRoom ?? callOf(callerOf(ctx.room)?.attributes),
    }),
    tell,
  });
}
