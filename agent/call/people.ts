// The people in an agent's room: who the caller is, and when a colleague comes who takes over.
import { ParticipantKind, type RemoteParticipant, type Room, RoomEvent } from '@livekit/rtc-node';
import { PERSON_ATTRIBUTES, type Takeover } from '../../lib/livekit/attributes';
import { until } from './wait-for';

/** Kinds of people whom an agent talks with: in a browser, on the telephone, through a connector. */
const PEOPLE: readonly ParticipantKind[] = [
  ParticipantKind.STANDARD,
  ParticipantKind.SIP,
  ParticipantKind.CONNECTOR,
];

/** Of a telephone that is being called, until somebody picks up: LiveKit SIP's `sip.callStatus`. */
const RINGING: readonly (string | undefined)[] = ['dialing', 'ringing'];

/** Events of a room at which somebody may have come: a telephone that rings is there before. */
const COMING = [RoomEvent.ParticipantConnected, RoomEvent.ParticipantAttributesChanged] as const;

/** Everybody in the room who can talk with the agent. */
export function peopleIn(room: Room): RemoteParticipant[] {
  return [...room.remoteParticipants.values()].filter(
    ({ kind, attributes }) =>
      PEOPLE.includes(kind) && !RINGING.includes(attributes['sip.callStatus']),
  );
}

/** Whether a participant is a person who did not come as an invited colleague. */
export const isCaller = ({
  kind,
  attributes,
}: Pick<RemoteParticipant, 'kind' | 'attributes'>): boolean =>
  PEOPLE.includes(kind) && attributes[PERSON_ATTRIBUTES.takeover] === undefined;

/** The caller: the first person who did not come as an invited colleague. */
export const callerOf = (room: Room): RemoteParticipant | undefined =>
  peopleIn(room).find(isCaller);

/**
 * What tells the caller from all others, once they are there: what the web process knows them by, else their
 * identity, apart for those on the telephone. No client sets either.
 * @param known as `readCaller` returns it
 * @throws where the room ends before anybody came
 */
export async function callerIn(room: Room, known: string | undefined): Promise<string> {
  await until(
    room,
    [RoomEvent.ConnectionStateChanged, ...COMING],
    () => callerOf(room) !== undefined,
  );
  const caller = callerOf(room);
  if (!caller) throw new Error('nobody came');
  return known ?? `${caller.kind === ParticipantKind.SIP ? 'sip' : 'identity'}:${caller.identity}`;
}

/** Resolves to true once somebody is there to talk with, to false where the call ends before. */
export const somebodyCame = (room: Room, ended: Promise<unknown>): Promise<boolean> =>
  Promise.race([until(room, COMING, () => peopleIn(room).length > 0), ended.then(() => false)]);

/** Whether a colleague is there with whom the agent stays, and is silent until it is called. */
export const besideColleague = (room: Room): boolean =>
  peopleIn(room).some(({ attributes }) => attributes[PERSON_ATTRIBUTES.takeover] === 'stay');

/**
 * Watches for a second standard participant, and for the first to be alone again. Agents, telephones,
 * egress and ingress are no colleagues, nor is anybody who was here before: LiveKit reports a
 * person who reconnects, or whose place another tab took, as one who leaves and one who joins.
 */
export function watchForColleague(
  room: Room,
  on: { readonly came: (mode: Takeover) => void; readonly alone: () => void },
): void {
  const standard = () => peopleIn(room).filter(({ kind }) => kind === ParticipantKind.STANDARD);
  /** Those of whom a colleague is the second: also a caller on the telephone. */
  const talking = () => standard().length + Number(callerOf(room)?.kind === ParticipantKind.SIP);
  const known = new Set(standard().map(({ identity }) => identity));
  room.on(RoomEvent.ParticipantConnected, ({ kind, identity, attributes }) => {
    if (kind !== ParticipantKind.STANDARD || known.has(identity)) return;
    known.add(identity);
    if (talking() < 2) return;
    on.came(attributes[PERSON_ATTRIBUTES.takeover] === 'stay' ? 'stay' : 'leave');
  });
  room.on(RoomEvent.ParticipantDisconnected, () => {
    if (talking() < 2) on.alone();
  });
}
