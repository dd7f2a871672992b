// Adds the web process's events at the start of a call: who requested it, which token was signed, and which
// agents were dispatched. Shared by pages, the API and rules.

import { callOf } from '@/lib/calls/call-id';
import type { EventOf } from '@/lib/calls/event';
import { addEvent } from '@/lib/calls/ingest/add-event';
import type { CallsServer } from '@/lib/calls/server';
import { parseUrl } from '@/lib/core/addresses';
import { PRODUCTION } from '@/lib/core/deployment';
import { EMBED_PATH } from '@/lib/core/embed-sites';
import type { TokenPlan } from '@/lib/dispatch/token-plan';
import { PERSON_ATTRIBUTES } from '@/lib/livekit/attributes';
import { callerKey } from '@/lib/livekit/caller-key';
import type { AgentToDispatch } from '@/lib/livekit/dispatch';

type Requested = EventOf<'requested'>;
/** Who dispatched an agent, if it was this process. */
export type DispatchedBy = Exclude<EventOf<'dispatched'>['by'], 'agent'>;

/** Our pages send their origin with POST requests; other clients are programs. */
export const askedBy = (request: Request): 'page' | 'api' =>
  request.headers.has('origin') ? 'page' : 'api';

/** Where a request comes from. The embedded page is ours too, and is recognized by its path. */
export function calledFrom(request: Request): Requested['origin'] {
  const from = request.headers.get('referer') ?? '';
  const embedded = parseUrl(from)?.pathname === EMBED_PATH;
  return embedded ? 'embed' : askedBy(request);
}

/** Adds the event of a call requested with a token. */
export function addTokenRequestEvent(
  server: CallsServer,
  plan: TokenPlan,
  origin: Requested['origin'],
  at: number,
): void {
  const { room, identity, name, agent, attributes } = plan;
  addEvent(
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

/** Adds the event of a call without a token: a program created a room, or a rule answers a telephone call. */
export function addRequestEvent(
  server: CallsServer,
  where: { readonly room: string; readonly roomSid?: string | undefined; readonly at?: number },
  origin: Requested['origin'],
  agent: Pick<AgentToDispatch, 'name' | 'deployment'>,
  // Only these fields of the person are part of the event.
  { identity, name }: { readonly identity: string; readonly name?: string } = { identity: '' },
): void {
  const { name: agentName, deployment } = agent;
  addEvent(server, where, {
    kind: 'requested',
    origin,
    agent: agentName,
    deployment,
    identity,
    name,
  });
}

/** Adds the event that a queued caller was admitted after `ms` milliseconds. */
export function addAdmissionEvent(
  server: CallsServer,
  { room, attributes }: TokenPlan,
  ms: number,
): void {
  addEvent(server, { room, call: callOf(attributes) }, { kind: 'put_through', ms });
}

/** Adds the event of a signed token, and that of its agent's dispatch if the room is not live. */
export function addTokenEvent(
  server: CallsServer,
  plan: TokenPlan,
  ms: number,
  bringsAgent: boolean,
): void {
  const { room, agent, attributes } = plan;
  const where = { room, call: callOf(attributes) };
  addEvent(server, where, { kind: 'token_minted', ms });
  if (!bringsAgent) return;
  const how = attributes[PERSON_ATTRIBUTES.share]
    ? ({ by: 'share', fallback: PRODUCTION } as const)
    : ({ by: 'token' } as const);
  addDispatchEvent(server, where, agent, how);
}

/** Adds the event of a dispatch. @param how by whom, its ID, and the deployment of its replacement if it does not join in time */
export function addDispatchEvent(
  server: CallsServer,
  where: {
    readonly room: string;
    readonly roomSid?: string | undefined;
    readonly call?: string | undefined;
  },
  { name, deployment }: Pick<AgentToDispatch, 'name' | 'deployment'>,
  how: {
    readonly by: DispatchedBy;
    readonly dispatch?: string | undefined;
    readonly fallback?: string | undefined;
  },
): void {
  const { by, fallback } = how;
  const dispatch = how.dispatch || undefined;
  addEvent(server, where, {
    kind: 'dispatched',
    agent: name,
    deployment,
    by,
    dispatch,
    fallback,
  });
}
