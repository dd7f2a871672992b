// Records the web process's events at the start of a call: who requested it, which token was signed, and which
// agents were dispatched. Shared by pages, the API and rules.

import { callOf } from '@/lib/calls/call-id';
import type { EventData } from '@/lib/calls/event';
import { recordEvent } from '@/lib/calls/ingest/record-event';
import type { CallsServer } from '@/lib/calls/server';
import { parseUrl } from '@/lib/core/addresses';
import { PRODUCTION } from '@/lib/core/deployment';
import { EMBED_PATH } from '@/lib/core/embed-sites';
import { PERSON_ATTRIBUTES } from '@/lib/livekit/attributes';
import { callerKey } from '@/lib/livekit/caller-key';
import type { AgentToDispatch } from '@/lib/livekit/dispatch';
import type { TokenPlan } from './token-plan';

type Requested = Extract<EventData, { kind: 'requested' }>;
/** Who dispatched an agent, if it was this process. */
export type DispatchedBy = Exclude<Extract<EventData, { kind: 'dispatched' }>['by'], 'agent'>;

/** Our pages send their origin with POST requests; other clients are programs. */
export const askedBy = (request: Request): 'page' | 'api' =>
  request.headers.has('origin') ? 'page' : 'api';

/** Where a request comes from. The embedded page is ours too, and is recognized by its path. */
export function calledFrom(request: Request): Requested['origin'] {
  const from = request.headers.get('referer') ?? '';
  const embedded = parseUrl(from)?.pathname === EMBED_PATH;
  return embedded ? 'embed' : askedBy(request);
}

/** Records a call requested with a token. */
export function recordTokenRequest(
  server: CallsServer,
  plan: TokenPlan,
  origin: Requested['origin'],
  at: number,
): void {
  const { room, identity, name, agent, attributes } = plan;
  recordEvent(
    server,
    { room, call: callOf(attributes), at },
    {
      kind: 'requested',
      origin,
      agent: agent.name,
      deployment: agent.deployment,
      identity,
      name,
      account: attributes[PERSON_ATTRIBUTES.account],
      callerId: callerKey(identity, attributes),
    },
  );
}

/** Records a call without a token: a program created a room, or a rule answers a telephone call. */
export function recordRequest(
  server: CallsServer,
  where: { readonly room: string; readonly roomSid?: string; readonly at?: number },
  origin: Requested['origin'],
  agent: Pick<AgentToDispatch, 'name' | 'deployment'>,
  // Only these fields of the person are part of the event.
  { identity, name }: { readonly identity: string; readonly name?: string } = { identity: '' },
): void {
  const { name: agentName, deployment } = agent;
  recordEvent(server, where, {
    kind: 'requested',
    origin,
    agent: agentName,
    deployment,
    identity,
    name,
  });
}

/** Records that a queued caller was admitted after `ms` milliseconds. */
export function recordAdmission(
  server: CallsServer,
  { room, attributes }: TokenPlan,
  ms: number,
): void {
  recordEvent(server, { room, call: callOf(attributes) }, { kind: 'put_through', ms });
}

/** Records a signed token, and its agent's dispatch if the room is not live. */
export function recordToken(
  server: CallsServer,
  plan: TokenPlan,
  ms: number,
  bringsAgent: boolean,
): void {
  const { room, agent, attributes } = plan;
  const where = { room, call: callOf(attributes) };
  recordEvent(server, where, { kind: 'token_minted', ms });
  if (!bringsAgent) return;
  const how = attributes[PERSON_ATTRIBUTES.share]
    ? ({ by: 'share', fallback: PRODUCTION } as const)
    : ({ by: 'token' } as const);
  recordDispatch(server, where, agent, how);
}

/** Records a dispatch. @param how by whom, its ID, and the deployment of its replacement if it does not join in time */
export function recordDispatch(
  server: CallsServer,
  where: { readonly room: string; readonly roomSid?: string; readonly call?: string },
  { name, deployment }: Pick<AgentToDispatch, 'name' | 'deployment'>,
  how: { readonly by: DispatchedBy; readonly dispatch?: string; readonly fallback?: string },
): void {
  const { by, fallback } = how;
  const dispatch = how.dispatch || undefined;
  recordEvent(server, where, {
    kind: 'dispatched',
    agent: name,
    deployment,
    by,
    dispatch,
    fallback,
  });
}
