// The web's own part in how a call begins: who asked for it, what was signed for it, and which agents
// were sent for. Told in one way for pages, the API and rules.

import { callOf } from '@/lib/calls/call-id';
import type { Happening } from '@/lib/calls/event';
import { tell } from '@/lib/calls/tell/tell';
import { shownDeployment } from '@/lib/core/deployment';
import { EMBED_PATH } from '@/lib/core/embed-sites';
import { callerKey, PERSON_ATTRIBUTES } from '@/lib/livekit/attributes';
import type { CheckedAgent } from './checks';
import type { TokenPlan } from './token-plan';

type Requested = Extract<Happening, { kind: 'requested' }>;
/** Who sent for an agent, as far as it is this process. */
export type SentBy = Exclude<Extract<Happening, { kind: 'dispatched' }>['by'], 'agent'>;

/** A page of ours names its origin with what it posts; whoever else asks is a program. */
export const askedBy = (request: Request): 'page' | 'api' =>
  request.headers.has('origin') ? 'page' : 'api';

/** Who asks for a call: the page in another site's frame is ours too, and told apart by its address. */
export function calledFrom(request: Request): Requested['origin'] {
  const from = request.headers.get('referer') ?? '';
  const embedded = URL.canParse(from) && new URL(from).pathname === EMBED_PATH;
  return embedded ? 'embed' : askedBy(request);
}

/** Somebody asks for a call with a token. */
export function tellTokenRequest(plan: TokenPlan, origin: Requested['origin'], at: number): void {
  const { room, identity, name, agent, attributes } = plan;
  const deployment = shownDeployment(agent.deployment);
  tell(
    { room, call: callOf(attributes), at },
    {
      kind: 'requested',
      origin,
      agent: agent.name,
      deployment,
      identity,
      name,
      account: attributes[PERSON_ATTRIBUTES.account],
      callerId: callerKey(identity, attributes),
    },
  );
}

/** Somebody has a call begin without a token: a program makes a room, or a rule answers a telephone. */
export function tellRequest(
  where: { readonly room: string; readonly roomSid?: string; readonly at?: number },
  origin: Requested['origin'],
  agent: Pick<CheckedAgent, 'name' | 'deployment'>,
  // Whoever it is has more to them, which is no part of the event.
  { identity, name }: { readonly identity: string; readonly name?: string } = { identity: '' },
): void {
  const deployment = shownDeployment(agent.deployment);
  tell(where, { kind: 'requested', origin, agent: agent.name, deployment, identity, name });
}

/** Somebody who waited in line for a place is let in, after so many milliseconds. */
export function tellPutThrough({ room, attributes }: TokenPlan, ms: number): void {
  tell({ room, call: callOf(attributes) }, { kind: 'put_through', ms });
}

/** A token was signed; its agent comes with it, where the room is not live. */
export function tellToken(plan: TokenPlan, ms: number, bringsAgent: boolean): void {
  const { room, agent, attributes } = plan;
  const where = { room, call: callOf(attributes) };
  tell(where, { kind: 'token_minted', ms });
  if (!bringsAgent) return;
  const by = attributes[PERSON_ATTRIBUTES.share] ? 'share' : 'token';
  tell(where, dispatched(agent, by));
}

const dispatched = (
  { name, deployment }: Pick<CheckedAgent, 'name' | 'deployment'>,
  by: SentBy,
  dispatch?: string,
): Happening => ({
  kind: 'dispatched',
  agent: name,
  deployment: shownDeployment(deployment),
  by,
  dispatch: dispatch || undefined,
});

/** An agent was sent for. `deployment` is the wire name. */
export function tellDispatch(
  where: { readonly room: string; readonly roomSid?: string },
  agent: Pick<CheckedAgent, 'name' | 'deployment'>,
  by: SentBy,
  dispatch?: string,
): void {
  tell(where, dispatched(agent, by, dispatch));
}
