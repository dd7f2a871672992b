// The desk of a job's call: what it books and the messages it takes are told with the call they are of.
import type { JobContext } from '@livekit/agents';
import type { Desk } from '../../lib/bookings/desk';
import { deskClient } from '../../lib/bookings/desk-client';
import type { Config } from '../../lib/config';
import { shownDeployment } from '../../lib/deployment';
import type { TellCall } from '../events/tell-call';
import { placeOf } from './place';

/** Opens the desk of the job's deployment. */
export function openDesk(ctx: JobContext, config: Config, tell: TellCall): Desk {
  return deskClient({
    config,
    deployment: shownDeployment(config.LIVEKIT_AGENT_DEPLOYMENT),
    where: () => placeOf(ctx),
    tell,
  });
}
