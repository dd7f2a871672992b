// The request of LiveKit's standard token endpoint: snake_case or camelCase in every object, validated for shape
// only. `token-plan.ts` decides what is granted.
import { z } from 'zod';
import { message, optional, optionalText } from './json';

/** A field that LiveKit knows and we do not grant: `token-plan.ts` refuses it by name. */
const refused = z.unknown().optional();

const agentDispatch = message({
  agent_name: optionalText,
  metadata: optionalText,
  deployment: optionalText,
  restart_policy: refused,
  attributes: refused,
});

const roomConfig = message({
  agents: optional(z.array(agentDispatch)),
  name: refused,
  empty_timeout: refused,
  departure_timeout: refused,
  max_participants: refused,
  metadata: refused,
  egress: refused,
  min_playout_delay: refused,
  max_playout_delay: refused,
  sync_streams: refused,
  tags: refused,
});

/** `livekit.TokenSourceRequest` (livekit_token_source.proto), in snake_case. */
export const tokenRequest = message({
  room_name: optionalText,
  participant_identity: optionalText,
  participant_name: optionalText,
  participant_metadata: optionalText,
  participant_attributes: optional(z.record(z.string(), z.string())),
  room_config: optional(roomConfig),
});
export type TokenRequest = z.output<typeof tokenRequest>;
