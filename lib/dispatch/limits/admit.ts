// Whether a call may begin, as far as it is a matter of how many there are: asked by each route that
// brings an agent into a room.

import type { Visitor } from '@/lib/auth/rights';
import { beyondLoopback } from '@/lib/core/call-limits';
import { serverConfig } from '@/lib/core/server-config';
import type { LiveKit } from '@/lib/livekit/clients';
import type { TokenRequest } from '@/lib/livekit/token-request';
import { limitStarts } from './limit-starts';
import { requireMinutes } from './minutes-a-day';
import { requireNoOtherCall } from './one-call';
import { type WhoCalls, whoCalls } from './who-calls';

/**
 * Lets a caller begin a call with this agent.
 * @returns who they are, where they may be in one call at a time
 * @throws {Problem} 503 where its minutes of today are used up, 409 where they are in another call
 */
export async function admitCaller(
  livekit: LiveKit,
  asked: TokenRequest,
  visitor: Visitor,
  agent: string,
): Promise<WhoCalls | undefined> {
  const config = serverConfig();
  await requireMinutes(config, agent);
  const who = whoCalls(asked, visitor);
  if (who === undefined || !beyondLoopback(config)) return undefined;
  await requireNoOtherCall(livekit, who, asked.room_name);
  return who;
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
