// Participants of any kind in a room for tests: with a token of the API, as the page joins, or with one that is made here.
import { Room } from '@livekit/rtc-node';
import { AccessToken, type VideoGrant } from 'livekit-server-sdk';
import { mintToken } from '@/lib/dispatch/tokens';
import type { Admission } from '@/lib/livekit/admission';
import { AGENT_ATTRIBUTES } from '@/lib/livekit/attributes';
import type { TestLiveKitServer } from '@/lib/testing/livekit-server';

/** Properties of the participant. */
interface Joining {
  readonly identity: string;
  readonly name?: string;
  readonly kind?: 'standard' | 'sip' | 'egress' | 'agent';
  readonly metadata?: string;
  readonly attributes?: Readonly<Record<string, string>>;
  /** Permissions besides joining. */
  readonly grant?: VideoGrant;
}

/** Joins with the answer of a route that admits somebody. */
export async function joinWith({ server_url, participant_token }: Admission): Promise<Room> {
  const room = new Room();
  await room.connect(server_url, participant_token);
  return room;
}

/** Joins a room. If it does not exist, it is created without an agent. */
export async function joinAs(
  { LIVEKIT_URL, LIVEKIT_API_KEY, LIVEKIT_API_SECRET }: TestLiveKitServer['env'],
  room: string,
  { kind = 'standard', grant, attributes, ...who }: Joining,
): Promise<Room> {
  const options = { ...who, attributes: { ...attributes } };
  const token = new AccessToken(LIVEKIT_API_KEY, LIVEKIT_API_SECRET, options);
  token.kind = kind;
  token.addGrant({ roomJoin: true, room, agent: kind === 'agent', ...grant });
  return joinWith({ server_url: LIVEKIT_URL, participant_token: await token.toJwt() });
}

/** An agent as LiveKit admits one whose worker took the job, with its name and deployment (display name). */
export function joinAsAgent(
  env: TestLiveKitServer['env'],
  room: string,
  agent: string,
  deployment: string,
): Promise<Room> {
  const attributes = { [AGENT_ATTRIBUTES.agent]: agent, [AGENT_ATTRIBUTES.deployment]: deployment };
  return joinAs(env, room, { identity: `${agent}-${deployment}`, kind: 'agent', attributes });
}

/** Joins with a token like the token route's. If the room does not exist, it is created with that agent. */
export async function joinByToken(
  { LIVEKIT_URL, LIVEKIT_API_KEY, LIVEKIT_API_SECRET }: TestLiveKitServer['env'],
  room: string,
  identity: string,
  agent = { name: 'line-check', deployment: 'production', metadata: '' },
): Promise<Room> {
  const plan = { room, identity, name: identity.toUpperCase(), attributes: {}, agent };
  const participant_token = await mintToken(plan, LIVEKIT_API_KEY, LIVEKIT_API_SECRET);
  return joinWith({ server_url: LIVEKIT_URL, participant_token });
}

/** The claims of a token, unverified. */
// biome-ignore lint/suspicious/noExplicitAny: each test knows what it expects
export const claimsOf = ({ participant_token }: Pick<Admission, 'participant_token'>): any =>
  JSON.parse(Buffer.from(participant_token.split('.')[1] ?? '', 'base64url').toString());
