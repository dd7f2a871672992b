// The request of LiveKit's standard token endpoint: snake_case or camelCase in every object, validated for shape
// only. `token-plan.ts` decides what is granted.
import { z } from 'zod';
import { message, set, text } from './json';

/** A field that LiveKit knows and we do not grant: `token-plan.ts` refuses it by name. */
const refused = z.unknown().optional();

const agentDispatch = message({
  agent_name: text,
  metadata: text,
  deployment: text,
  restart_policy: refused,
  attributes: refused,
});

const roomConfig = message({
  agents: set(z.array(agentDispatch)),
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
  room_name: text,
  participant_identity: text,
  participant_name: text,
  participant_metadata: text,
  participant_attributes: set(z.record(z.string(), z.string())),
  room_config: set(roomConfig),
});
export type TokenRequest = z.output<typeof tokenRequest>;
