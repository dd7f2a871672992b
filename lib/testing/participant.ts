// A participant of any kind in a room for tests: a caller with attributes, or an agent as LiveKit admits one whose worker
// took the job.
import { Room } from '@livekit/rtc-node';
import { AccessToken } from 'livekit-server-sdk';
import { AGENT_ATTRIBUTES } from '@/lib/livekit/attributes';
import type { TestLiveKitServer } from '@/lib/testing/livekit-server';

/** Properties of the participant. */
interface Joining {
  readonly identity: string;
  readonly kind?: 'standard' | 'sip' | 'agent';
  readonly metadata?: string;
  readonly attributes?: Readonly<Record<string, string>>;
}

/** Joins a room. If it does not exist, it is created without an agent. */
export async function joinAs(
  { LIVEKIT_URL, LIVEKIT_API_KEY, LIVEKIT_API_SECRET }: TestLiveKitServer['env'],
  roomName: string,
  { identity, kind = 'standard', metadata, attributes }: Joining,
): Promise<Room> {
  const token = new AccessToken(LIVEKIT_API_KEY, LIVEKIT_API_SECRET, {
    identity,
    ...(metadata !== undefined && { metadata }),
    attributes: { ...attributes },
  });
  token.kind = kind;
  token.addGrant({ roomJoin: true, room: roomName, agent: kind === 'agent' });
  const room = new Room();
  await room.connect(LIVEKIT_URL, await token.toJwt());
  return room;
}

/** An agent that announces its name and deployment (display name). */
export function joinAsAgent(
  env: TestLiveKitServer['env'],
  roomName: string,
  agent: string,
  deployment: string,
): Promise<Room> {
  const attributes = { [AGENT_ATTRIBUTES.agent]: agent, [AGENT_ATTRIBUTES.deployment]: deployment };
  return joinAs(env, roomName, { identity: `${agent}-${deployment}`, kind: 'agent', attributes });
}
