// Who is in the room, as LiveKit knows it, in the words of `lib/call/present.ts`; and who a
// transcription can be of.
import { type Participant, ParticipantKind, type Room } from 'livekit-client';
import { pageMessages } from '@/components/language/page-messages';
import type { Present } from '@/lib/call/present';
import type { Heard } from '@/lib/call/speaker';
import { findAgent } from '@/lib/core/catalogue';
import {
  AGENT_ATTRIBUTES,
  CALL_ATTRIBUTE,
  LEAVING,
  type Leaving,
  PERSON_ATTRIBUTES,
} from '@/lib/livekit/attributes';
import { catalogueMessages, mainMessages } from '@/lib/messages/main';

/** Kinds of people who can talk: in a browser, on the telephone, through a connector. */
const PEOPLE: readonly ParticipantKind[] = [
  ParticipantKind.STANDARD,
  ParticipantKind.SIP,
  ParticipantKind.CONNECTOR,
];

/** Whether this is a person, in a browser or on the telephone: no agent, egress or ingress. */
export const isPerson = (one: Participant) => !one.isAgent && PEOPLE.includes(one.kind);

/** Why an agent said that it leaves. */
export const leavingOf = (agent: Participant): Leaving | undefined =>
  LEAVING.find((reason) => reason === agent.attributes[AGENT_ATTRIBUTES.leaving]);

/** The name to show: its own, else what it is. */
export function nameOf(one: Participant): string {
  const { text } = pageMessages(mainMessages);
  if (one.name) return one.name;
  if (one.isAgent) {
    return findAgent(one.attributes[AGENT_ATTRIBUTES.agent] ?? '')?.person ?? text.people.agent;
  }
  const invited = one.attributes[PERSON_ATTRIBUTES.takeover] !== undefined;
  return invited ? text.people.colleague : text.people.caller;
}

function roleOf(one: Participant): string {
  if (one.isAgent) {
    const agent = findAgent(one.attributes[AGENT_ATTRIBUTES.agent] ?? '');
    return agent ? pageMessages(catalogueMessages).roleOf(agent) : '';
  }
  // Who gave no name is called by what they are.
  if (!one.name) return '';
  const invited = one.attributes[PERSON_ATTRIBUTES.takeover] !== undefined;
  const { text } = pageMessages(mainMessages);
  return invited ? text.people.roles.colleague : text.people.roles.caller;
}

/** Everybody else in the room who can talk. */
export function presentIn(room: Room): Present[] {
  return [...room.remoteParticipants.values()]
    .filter((one) => one.isAgent || isPerson(one))
    .map((one) => ({
      identity: one.identity,
      kind: one.isAgent ? 'agent' : 'person',
      name: nameOf(one),
      role: roleOf(one),
      agent: one.attributes[AGENT_ATTRIBUTES.agent],
      deployment: one.attributes[AGENT_ATTRIBUTES.deployment],
      waiting: one.attributes[AGENT_ATTRIBUTES.waiting] === 'yes',
      leaving: leavingOf(one),
      joinedAt: one.joinedAt?.getTime() ?? 0,
      speaking: one.isSpeaking,
    }));
}

/** Whether an agent says that it records the sound, or LiveKit that its Egress does. */
export const isRecorded = (room: Room) =>
  room.isRecording ||
  [...room.remoteParticipants.values()].some(
    (one) => one.isAgent && one.attributes[AGENT_ATTRIBUTES.recording] === 'yes',
  );

/** Whether somebody listens to the call whom nobody sees, as the server says. */
export const isMonitored = (room: Room) =>
  room.localParticipant.attributes[PERSON_ATTRIBUTES.monitored] === 'yes';

/** Id of the call, as its caller carries it. */
export const callIn = ({ localParticipant, remoteParticipants }: Room): string | undefined =>
  [localParticipant, ...remoteParticipants.values()]
    .map(({ attributes }) => attributes[CALL_ATTRIBUTE])
    .find(Boolean);

/** Everybody whose words may be transcribed. `own` are the ids of all tracks of this page. */
export function heardIn(room: Room, own: ReadonlySet<string>): Heard[] {
  const others = [...room.remoteParticipants.values()].map((one): Heard => {
    const tracks = new Set(one.trackPublications.keys());
    return { identity: one.identity, side: one.isAgent ? 'agent' : 'person', tracks };
  });
  return [{ identity: room.localParticipant.identity, side: 'you', tracks: own }, ...others];
}
