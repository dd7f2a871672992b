// Decides whether a call may start by the number of calls. Every route that brings an agent into a room asks here.

import { hasPermission, type Visitor } from '@/lib/auth/permissions';
import { beyondLoopback } from '@/lib/core/call-limits';
import { limitStarts } from '@/lib/dispatch/limits/limit-starts';
import { requireMinutes } from '@/lib/dispatch/limits/minutes-a-day';
import {
  type CallerIdentity,
  callerIdentity,
  requireNoOtherCall,
} from '@/lib/dispatch/limits/one-call';
import type { DispatchServer } from '@/lib/dispatch/server';
import type { TokenRequest } from '@/lib/livekit/token-request';

/**
 * Admits a caller to a call with this agent.
 * @returns who they are, if they may be in only one call at a time
 * @throws {Problem} 503 if the agent's minutes of today are used up, 409 if they are in another call
 */
export async function admitCaller(
  server: DispatchServer,
  asked: TokenRequest,
  visitor: Visitor,
  agent: string,
): Promise<CallerIdentity | undefined> {
  const { config } = server;
  await requireMinutes(server, agent);
  const who = callerIdentity(asked, visitor);
  if (who === undefined || !beyondLoopback(config)) return undefined;
  await requireNoOtherCall(server, who, asked.room_name);
  return who;
}

/**
 * Admits a request for these agents: of a program, which calls for many people, or of a caller in their own room.
 * @throws {Problem} 429 if too many calls were started, 503 if an agent's minutes are used up
 */
export async function admitAgents(
  server: DispatchServer,
  request: Request,
  visitor: Visitor,
  agents: readonly string[],
): Promise<void> {
  const who = hasPermission(visitor, 'dispatch') ? undefined : callerIdentity({}, visitor);
  await limitStarts(server, request, who, undefined, visitor.account);
  for (const agent of agents) await requireMinutes(server, agent);
}
