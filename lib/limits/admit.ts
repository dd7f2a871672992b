// Whether a call may begin, as far as it is a matter of how many there are: asked by each route that
// brings an agent into a room.
import type { LiveKit } from '../livekit';
import { serverConfig } from '../server-config';
import type { TokenRequest } from '../token-request';
import { limitedCaller, limitStarts } from './limit-starts';
import { requireMinutes } from './minutes-a-day';
import { requireNoOtherCall } from './one-call';
import { beyondLoopback } from './settings';

/**
 * Lets a caller begin a call with this agent.
 * @throws {Problem} 503 where its minutes of today are used up, 409 where they are in another call
 */
export async function admitCaller(
  livekit: LiveKit,
  asked: TokenRequest,
  agent: string,
): Promise<void> {
  const config = serverConfig();
  await requireMinutes(config, agent);
  const caller = limitedCaller(asked);
  // Programs that do not say who calls make calls for many.
  if (caller === undefined || !beyondLoopback(config)) return;
  await requireNoOtherCall(livekit, caller, asked.room_name);
}

/**
 * Lets a program send these agents.
 * @throws {Problem} 429 where too many calls were started, 503 where an agent's minutes are used up
 */
export async function admitAgents(request: Request, agents: readonly string[]): Promise<void> {
  const config = serverConfig();
  await limitStarts(config, request, undefined);
  for (const agent of agents) await requireMinutes(config, agent);
}
