// Validates a token request field by field against the catalogue and the limits. A client's room configuration may
// contain one agent; anything else in it is refused and never signed.
import { servedAgents } from '@/lib/core/catalogue';
import { unguessable } from '@/lib/core/ids';
import { pointer } from '@/lib/core/problem';
import { PERSON_ATTRIBUTES } from '@/lib/livekit/attributes';
import type { TokenRequest } from '@/lib/livekit/token-request';
import {
  bytes,
  type CheckedAgent,
  checkedAgent,
  checkedMetadata,
  checkedName,
  wrong,
} from './checks';

/** Bytes of all participant attributes, names and values: livekit-server's limit. */
const ATTRIBUTES_MAX_BYTES = 64 * 1024;

/** Bytes of a caller ID: same as an identity. */
const CALLER_MAX_BYTES = 256;

/** Prefix of attributes that Callboard itself trusts. */
const OWN_PREFIX = 'callboard.';
/** Attributes with this prefix that clients may set. */
const CLIENT_ATTRIBUTES: readonly string[] = [
  PERSON_ATTRIBUTES.caller,
  PERSON_ATTRIBUTES.simulation,
];

/** What a token grants. */
export interface TokenPlan {
  room: string;
  identity: string;
  name?: string;
  metadata?: string;
  attributes: Record<string, string>;
  agent: CheckedAgent;
}

function checkedAttributes(attributes: Record<string, string> = {}): Record<string, string> {
  if (bytes(Object.entries(attributes).flat().join('')) > ATTRIBUTES_MAX_BYTES) {
    const detail = `may have at most ${ATTRIBUTES_MAX_BYTES} bytes together`;
    throw wrong('out-of-bounds', pointer('participant_attributes'), detail);
  }
  // The caller ID is stored with the call, so that a caller's data can be found.
  if (bytes(attributes[PERSON_ATTRIBUTES.caller] ?? '') > CALLER_MAX_BYTES) {
    const at = pointer('participant_attributes', PERSON_ATTRIBUTES.caller);
    throw wrong('out-of-bounds', at, `may have at most ${CALLER_MAX_BYTES} bytes`);
  }
  const own = Object.keys(attributes).find(
    (name) => name.startsWith(OWN_PREFIX) && !CLIENT_ATTRIBUTES.includes(name),
  );
  if (own !== undefined) {
    const at = pointer('participant_attributes', own);
    throw wrong('not-allowed', at, 'may not be set by a client');
  }
  return attributes;
}

/** Refuses all fields of `fields` other than `granted`, unless they have an empty value. */
function refuseOthers(fields: object, granted: readonly string[], path: readonly PropertyKey[]) {
  const unset: readonly unknown[] = [undefined, null, '', 0, false];
  for (const [key, value] of Object.entries(fields)) {
    if (granted.includes(key) || unset.includes(value)) continue;
    throw wrong('not-allowed', pointer(...path, key), 'may not be set by a client');
  }
}

/**
 * What a token grants. Names that the request omits are random.
 * @throws {Problem} 422 or 413 with the invalid field.
 */
export function planToken(
  request: TokenRequest,
  agents = servedAgents(process.env.LETTA_URL),
): TokenPlan {
  const roomConfig = request.room_config;
  refuseOthers(roomConfig ?? {}, ['agents'], ['room_config']);
  const [asked = {}, ...others] = roomConfig?.agents ?? [];
  if (others.length > 0) {
    throw wrong('not-allowed', pointer('room_config', 'agents'), 'may have one agent only');
  }
  const path = ['room_config', 'agents', 0];
  refuseOthers(asked, ['agent_name', 'metadata', 'deployment'], path);
  return {
    agent: checkedAgent({ ...asked, agent: asked.agent_name }, path, 'agent_name', agents),
    room: checkedName('room_name', request.room_name) ?? unguessable('call'),
    identity:
      checkedName('participant_identity', request.participant_identity) ?? unguessable('caller'),
    name: checkedName('participant_name', request.participant_name),
    metadata: checkedMetadata(pointer('participant_metadata'), request.participant_metadata),
    attributes: checkedAttributes(request.participant_attributes),
  };
}
