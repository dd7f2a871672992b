// Adds the web process's events at the start of a call: who requested it, which token was signed, and which
// agents were dispatched. Shared by pages, the API and rules.

import { callOf } from '@/lib/calls/call-id';
import type { EventData, EventOf } from '@/lib/calls/event';
import { type AddedEvent, addEvent, addEvents } from '@/lib/calls/ingest/add-event';
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
  const from = request.headers.get('referer');
  const embedded = from !== null && parseUrl(from)?.pathname === EMBED_PATH;
  return embedded ? 'embed' : askedBy(request);
}

/** How a token was granted. */
interface Granted {
  /** Who requested the call, and when; undefined for a caller who joins one that was requested already. */
  readonly requested: { readonly origin: Requested['origin']; readonly at: number } | undefined;
  /** Milliseconds in the queue. */
  readonly queuedMs: number;
  /** Milliseconds that the request took. */
  readonly ms: number;
  /** Whether the token dispatches the agent, because the room is not live. */
  readonly bringsAgent: boolean;
}

/**
 * Adds the events of a token, all in one write: the request of its call, the end of its time in the queue, the token itself,
 * and the dispatch of its agent.
 */
export function addTokenEvents(server: CallsServer, plan: TokenPlan, granted: Granted): void {
  const { room, identity, name, agent, attributes } = plan;
  const { requested, queuedMs, ms, bringsAgent } = granted;
  const where = { room, call: callOf(attributes) };
  const events: AddedEvent[] = [];
  if (requested) {
    const { origin, at } = requested;
    const what: Requested = {
      kind: 'requested',
      origin,
      agent: agent.name,
      deployment: agent.deployment,
      identity,
      name,
      account: attributes[PERSON_ATTRIBUTES.account],
      callerId: callerKey(identity, attributes),
    };
    events.push({ ...where, at, what });
  }
  if (queuedMs > 0) events.push({ ...where, what: { kind: 'put_through', ms: queuedMs } });
  events.push({ ...where, what: { kind: 'token_minted', ms } });
  if (bringsAgent) {
    const how = attributes[PERSON_ATTRIBUTES.share]
      ? ({ by: 'share', fallback: PRODUCTION } as const)
      : ({ by: 'token' } as const);
    events.push({ ...where, what: dispatched(agent, how) });
  }
  addEvents(server, events);
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

/** By whom an agent was dispatched, the ID of its dispatch, and the deployment of its replacement if it does not join in time. */
interface HowDispatched {
  readonly by: DispatchedBy;
  readonly dispatch?: string | undefined;
  readonly fallback?: string | undefined;
}

const dispatched = (
  { name: agent, deployment }: Pick<AgentToDispatch, 'name' | 'deployment'>,
  { by, dispatch, fallback }: HowDispatched,
): EventData => ({
  kind: 'dispatched',
  agent,
  deployment,
  by,
  dispatch: dispatch || undefined,
  fallback,
});

/** Adds the event of a dispatch. */
export function addDispatchEvent(
  server: CallsServer,
  where: {
    readonly room: string;
    readonly roomSid?: string | undefined;
    readonly call?: string | undefined;
  },
  agent: Pick<AgentToDispatch, 'name' | 'deployment'>,
  how: HowDispatched,
): void {
  addEvent(server, where, dispatched(agent, how));
}
