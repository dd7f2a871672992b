// The request of LiveKit's standard token endpoint: snake_case or camelCase in every object, validated for shape
// only. `token-plan.ts` decides what is granted.
import { RoomAgentDispatch, RoomConfiguration } from 'livekit-server-sdk';
import { z } from 'zod';
import { isUnset, message, optional, optionalText } from '@/lib/livekit/json';

/** The fields of a protobuf that are not granted: `undefined` at their default, as protobuf's JSON may write it. */
function notGranted<T extends string>(
  type: typeof RoomConfiguration | typeof RoomAgentDispatch,
  granted: Readonly<Record<T, z.ZodType>>,
) {
  const isDefault = (name: string, value: unknown) => {
    try {
      // biome-ignore lint/suspicious/noExplicitAny: whatever a client sent
      return Object.keys(Object(type.fromJson({ [name]: value as any }).toJson())).length === 0;
    } catch {
      return false;
    }
  };
  const names = type.fields.list().map(({ name }) => name);
  return Object.fromEntries(
    names
      .filter((name) => !Object.hasOwn(granted, name))
      .map((name) => [
        name,
        z
          .unknown()
          .transform((value) => (isUnset(value) || isDefault(name, value) ? undefined : value))
          .optional()
          .meta({ description: 'Not granted: only its default is accepted.' }),
      ]),
  );
}

/** Attributes by name. */
const attributes = optional(z.record(z.string(), z.string()));

const agent = {
  agent_name: optionalText,
  deployment: optionalText,
  metadata: optionalText,
  attributes,
};
const notOfAgents = notGranted(RoomAgentDispatch, agent);
/** The fields of an agent to dispatch, by LiveKit's names (`livekit.RoomAgentDispatch`). */
export const agentFields = { ...agent, ...notOfAgents } as typeof agent;
/** Those of them that are not granted. */
export const NOT_OF_AGENTS: readonly string[] = Object.keys(notOfAgents);
/** The name of before 0.2 on all routes but the token endpoint, read for one release. */
export const OLD_AGENT = { agent: 'agent_name' } as const;

const room = { agents: optional(z.array(message(agentFields))) };
const roomConfig = message({ ...room, ...notGranted(RoomConfiguration, room) } as typeof room);

/** `livekit.TokenSourceRequest` (livekit_token_source.proto), in snake_case. */
export const tokenRequest = message({
  room_name: optionalText,
  participant_identity: optionalText,
  participant_name: optionalText,
  participant_metadata: optionalText,
  participant_attributes: attributes,
  room_config: optional(roomConfig),
});
export type TokenRequest = z.output<typeof tokenRequest>;
