// Validates a token request field by field against the list of agents, the limits and the visitor's permissions. A client's room
// configuration may contain one agent; anything else in it is refused and never signed.

import type { AgentsServer } from '@/lib/agents/server';
import { hasPermission, type Visitor } from '@/lib/auth/permissions';
import { notPermitted, signInNeeded } from '@/lib/auth/refusals';
import { isBlank } from '@/lib/core/blank';
import { PRODUCTION } from '@/lib/core/deployment';
import { unguessable } from '@/lib/core/ids';
import { Problem, pointer } from '@/lib/core/problem';
import { isOriginOf, type Sites, sitesOf } from '@/lib/core/sites';
import {
  bytes,
  checkedAgent,
  checkedAttributes,
  checkedMetadata,
  checkedName,
  RESERVED_ATTRIBUTES,
  refuseFields,
  wrong,
} from '@/lib/dispatch/checks';
import { PERSON_ATTRIBUTES } from '@/lib/livekit/attributes';
import type { AgentToDispatch } from '@/lib/livekit/dispatch';
import type { TokenRequest } from '@/lib/livekit/token-request';

/** Bytes of a caller ID: same as an identity. */
const CALLER_MAX_BYTES = 256;

/** Prefix of attributes that Callboard itself trusts. */
const OWN_PREFIX = 'callboard.';
/** Attributes with this prefix that programs with the permission `dispatch` may set. */
const CLIENT_ATTRIBUTES: readonly string[] = [
  PERSON_ATTRIBUTES.caller,
  PERSON_ATTRIBUTES.simulation,
  PERSON_ATTRIBUTES.agentConsole,
];

/** What a token grants. */
export interface TokenPlan {
  room: string;
  identity: string;
  name?: string | undefined;
  metadata?: string | undefined;
  attributes: Record<string, string>;
  agent: AgentToDispatch;
}

function personAttributes(asked: Record<string, string> = {}): Record<string, string> {
  const path = ['participant_attributes'];
  const attributes = checkedAttributes(
    path,
    asked,
    (name) => name.startsWith(OWN_PREFIX) && !CLIENT_ATTRIBUTES.includes(name),
  );
  // The caller ID is stored with the call, so that a caller's data can be found.
  if (bytes(attributes[PERSON_ATTRIBUTES.caller] ?? '') > CALLER_MAX_BYTES) {
    const at = pointer(...path, PERSON_ATTRIBUTES.caller);
    throw wrong('out-of-bounds', at, `may have at most ${CALLER_MAX_BYTES} bytes`);
  }
  return attributes;
}

/**
 * What a token grants. Names that the request omits are random.
 * @throws {Problem} 422 or 413 with the invalid field.
 */
export function planToken(server: AgentsServer, request: TokenRequest): TokenPlan {
  const roomConfig = request.room_config;
  refuseFields(roomConfig ?? {}, (name) => name !== 'agents', ['room_config']);
  const [asked = {}, ...others] = roomConfig?.agents ?? [];
  if (others.length > 0) {
    throw wrong('not-allowed', pointer('room_config', 'agents'), 'may have one agent only');
  }
  const name = request.participant_name;
  return {
    agent: checkedAgent(server, asked, ['room_config', 'agents', 0]),
    room: checkedName('room_name', request.room_name) ?? unguessable('call'),
    identity:
      checkedName('participant_identity', request.participant_identity) ?? unguessable('caller'),
    // What a form sends for a name that nobody typed.
    name: isBlank(name ?? '') ? undefined : checkedName('participant_name', name),
    metadata: checkedMetadata(pointer('participant_metadata'), request.participant_metadata),
    attributes: personAttributes(request.participant_attributes),
  };
}

/**
 * Requires permission to call this agent on production.
 * @param publicAgents agents that anyone may call without signing in
 * @throws {Problem} 401 if signing in would help, 403 if it would not
 */
export function permitAgent(
  agent: string,
  visitor: Visitor,
  publicAgents: readonly string[],
): void {
  const isNobody = visitor.by === 'nobody';
  if (hasPermission(visitor, 'call') || (isNobody && publicAgents.includes(agent))) return;
  if (isNobody) throw signInNeeded();
  throw notPermitted('This key has no permission to make calls.');
}

/**
 * Requires that pages of the visitor's origin may call this agent.
 * @param origins `TOKEN_ORIGINS`
 * @throws {Problem} 403
 */
export function permitOrigin(
  agent: string,
  { origin }: Pick<Visitor, 'origin'>,
  origins: Sites | undefined,
): void {
  if (origin === undefined || isOriginOf(sitesOf(origins, agent), origin)) return;
  const detail = `Pages of ${origin} may not call ${agent}. docs/front-ends.md says how to let them.`;
  throw new Problem('foreign-origin', detail);
}

/**
 * Requires permission for this token. Visitors with the dispatch permission may request everything; others may only
 * call production, with a generated room and identity.
 * @param plan the token, before rules split traffic between deployments
 * @param publicAgents agents that anyone may call without signing in
 * @throws {Problem} 401 if signing in would help, 403 if it would not
 */
export function permitToken(
  asked: TokenRequest,
  { agent }: Pick<TokenPlan, 'agent'>,
  visitor: Visitor,
  publicAgents: readonly string[],
): void {
  if (hasPermission(visitor, 'dispatch')) return;
  permitAgent(agent.name, visitor, publicAgents);
  if (agent.deployment !== PRODUCTION) {
    throw notPermitted('Deployments other than production are for developers.');
  }
  const claimed = Object.keys(asked.participant_attributes ?? {}).find((name) =>
    RESERVED_ATTRIBUTES.test(name),
  );
  if (claimed !== undefined) {
    throw notPermitted(`Only programs with the permission dispatch may set ${claimed}.`);
  }
  if (asked.room_name || asked.participant_identity) {
    throw notPermitted(
      'Omit room_name and participant_identity: a room is created for you. To join a call in ' +
        'progress, ask a participant to invite you.',
    );
  }
}
