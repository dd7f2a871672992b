// What the room of a call says: its participants, converted to the types of `lib/call/present.ts`, those whose speech can
// be transcribed, and the payloads of data and RPC.
import { type Participant, ParticipantKind, type Room } from 'livekit-client';
import { agentNamed } from '@/components/agents/agent-list';
import type { Present } from '@/lib/call/present';
import type { Heard } from '@/lib/call/speaker';
import { type JsonSchema, jsonAs } from '@/lib/core/json';
import {
  AGENT_ATTRIBUTES,
  AVATAR_ATTRIBUTE,
  agentNameOf,
  CALL_ATTRIBUTE,
  isAgentConsole,
  isAvatar,
  leavingOf,
  PERSON_ATTRIBUTES,
} from '@/lib/livekit/attributes';

/** Kinds of participants that can talk: in a browser, by phone, or through a connector. */
const PEOPLE: readonly ParticipantKind[] = [
  ParticipantKind.STANDARD,
  ParticipantKind.SIP,
  ParticipantKind.CONNECTOR,
];

/** Whether a participant is a person, not an agent, egress, ingress or a developer's Agent Console. */
export const isPerson = (one: Participant) =>
  !one.isAgent && PEOPLE.includes(one.kind) && !isAgentConsole(one.attributes);

/** Whether a participant is a person who was not invited as a colleague. */
export const isCaller = (one: Participant) =>
  isPerson(one) && one.attributes[PERSON_ATTRIBUTES.takeover] === undefined;

/** Whether a participant is an agent. An avatar only shows one. */
export const isAgent = (one: Participant) => one.isAgent && !isAvatar(one.attributes);

/** Who publishes the voice of an agent: itself and its avatar. */
export const voicesOf = ({ remoteParticipants }: Room, identity: string) =>
  [...remoteParticipants.values()].filter(
    (one) => one.identity === identity || one.attributes[AVATAR_ATTRIBUTE] === identity,
  );

/** Whether an agent in the call sees what the caller shows. */
export const isSeen = (others: readonly Participant[]) =>
  others.some((one) => isAgent(one) && one.attributes[AGENT_ATTRIBUTES.sees] === 'yes');

/** Whether the worker of an agent notices itself that the agent is stuck. */
export const isWatchedByWorker = ({ remoteParticipants }: Room, identity: string) =>
  remoteParticipants.get(identity)?.attributes[AGENT_ATTRIBUTES.watched] === 'yes';

/** The agent in the list that a participant is, if any. */
const listed = (one: Participant) =>
  one.isAgent ? agentNamed(agentNameOf(one.attributes)) : undefined;

/** The display name; empty without one. Clients that have none may give the identity, which tells people nothing. */
export const nameOf = (one: Participant): string =>
  one.name && one.name !== one.identity ? one.name : (listed(one)?.person ?? '');

/** All other participants that can talk. */
export function presentIn(room: Room): Present[] {
  return [...room.remoteParticipants.values()]
    .filter((one) => isAgent(one) || isPerson(one))
    .map((one) => ({
      identity: one.identity,
      kind: one.isAgent ? 'agent' : isCaller(one) ? 'caller' : 'colleague',
      name: nameOf(one),
      role: listed(one)?.role ?? '',
      agent: agentNameOf(one.attributes) || undefined,
      deployment: one.attributes[AGENT_ATTRIBUTES.deployment],
      waiting: one.attributes[AGENT_ATTRIBUTES.waiting] === 'yes',
      waited: one.attributes[AGENT_ATTRIBUTES.waiting] === 'no',
      leaving: leavingOf(one.attributes),
      joinedAt: one.joinedAt?.getTime() ?? 0,
      speaking: one.isSpeaking,
    }));
}

/** Whether LiveKit Egress records the room, or an agent reports that it records the audio. */
export const isRecorded = (room: Room) =>
  room.isRecording ||
  [...room.remoteParticipants.values()].some(
    (one) => one.isAgent && one.attributes[AGENT_ATTRIBUTES.recording] === 'yes',
  );

/** Whether an agent, or the avatar of one, shows video. */
export const isPictured = ({ remoteParticipants }: Room) =>
  [...remoteParticipants.values()].some(
    ({ isAgent, videoTrackPublications }) =>
      isAgent && [...videoTrackPublications.values()].some(({ isMuted }) => !isMuted),
  );

/** Whether the server reports a hidden listener. */
export const isMonitored = (room: Room) =>
  room.localParticipant.attributes[PERSON_ATTRIBUTES.monitored] === 'yes';

/** Id of the call, from the caller's attributes. */
export const callIdIn = ({ localParticipant, remoteParticipants }: Room): string | undefined =>
  [localParticipant, ...remoteParticipants.values()]
    .map(({ attributes }) => attributes[CALL_ATTRIBUTE])
    .find(Boolean);

/** Everybody whose speech can be transcribed. `own` has the ids of this page's tracks. */
export function transcribedIn(room: Room, own: ReadonlySet<string>): Heard[] {
  const others = [...room.remoteParticipants.values()].map((one): Heard => {
    const tracks = new Set(one.trackPublications.keys());
    return { identity: one.identity, side: one.isAgent ? 'agent' : 'person', tracks };
  });
  return [{ identity: room.localParticipant.identity, side: 'you', tracks: own }, ...others];
}

/** Reads a JSON payload; undefined if it is invalid. */
export function readPayload<T>(schema: JsonSchema<T>, payload: Uint8Array | string) {
  const text = typeof payload === 'string' ? payload : new TextDecoder().decode(payload);
  return jsonAs(schema, text);
}
