// The people in an agent's room: the caller, and colleagues who take over.
import type { JobContext } from '@livekit/agents';
import { ParticipantKind, type RemoteParticipant, type Room, RoomEvent } from '@livekit/rtc-node';
import { callOf, callOfRoom } from '@/lib/calls/call-id';
import { isAgentConsole, PERSON_ATTRIBUTES, type Takeover } from '@/lib/livekit/attributes';
import { identifies } from '@/lib/livekit/caller-key';

/** Participant kinds an agent talks to: in a browser, on the telephone, through a connector. */
const PEOPLE: readonly ParticipantKind[] = [
  ParticipantKind.STANDARD,
  ParticipantKind.SIP,
  ParticipantKind.CONNECTOR,
];

/** `sip.callStatus` (LiveKit SIP) of a telephone that has not been picked up yet. */
const RINGING: readonly (string | undefined)[] = ['dialing', 'ringing'];

/** Room events after which a person may have joined. A ringing telephone is already a participant. */
export const JOIN_EVENTS = [
  RoomEvent.ParticipantConnected,
  RoomEvent.ParticipantAttributesChanged,
] as const;

/** Everybody in the room who can talk to the agent. */
export function peopleIn(room: Room): RemoteParticipant[] {
  return [...room.remoteParticipants.values()].filter(
    ({ kind, attributes }) =>
      PEOPLE.includes(kind) && !RINGING.includes(attributes['sip.callStatus']),
  );
}

/** Whether a participant is a person who was not invited as a colleague. */
export const isCaller = ({
  kind,
  attributes,
}: Pick<RemoteParticipant, 'kind' | 'attributes'>): boolean =>
  PEOPLE.includes(kind) && attributes[PERSON_ATTRIBUTES.takeover] === undefined;

/** The caller: the first person who was not invited as a colleague. */
export const callerOf = (room: Room): RemoteParticipant | undefined =>
  peopleIn(room).find(isCaller);

/** Id of the call in the web process: known from the room, or once its caller is present. */
export const callIdIn = ({ job, room }: JobContext): string | undefined =>
  callOfRoom(job.room?.metadata) ?? callOf(callerOf(room)?.attributes);

/**
 * A unique id of the caller, once present: the id the web process has for them, otherwise their identity, with
 * telephones kept separate. No client can set either. A caller whom nothing identifies is known during this call only.
 * @throws if the room ends before anybody joined
 */
export async function callerIdIn(
  room: Room,
  known: string | undefined,
  call: () => string | undefined,
): Promise<string> {
  await waitInRoom(
    room,
    [RoomEvent.ConnectionStateChanged, ...JOIN_EVENTS],
    () => callerOf(room) !== undefined,
  );
  const caller = callerOf(room);
  if (!caller) throw new Error('no caller joined');
  if (known !== undefined) return known;
  const { kind, identity, sid } = caller;
  if (!identifies(identity)) return `call:${call() ?? sid}`;
  return `${kind === ParticipantKind.SIP ? 'sip' : 'identity'}:${identity}`;
}

/** Resolves to true once a person to talk to is present, to false if the call ends first. */
export const waitForPerson = (room: Room, ended: Promise<unknown>): Promise<boolean> =>
  Promise.race([
    waitInRoom(room, JOIN_EVENTS, () => peopleIn(room).length > 0),
    ended.then(() => false),
  ]);

/**
 * Watches whether anybody hears the agent. LiveKit tells a room of a caller who sends no audio up to three seconds late.
 * @returns since when nobody does (ms since 1970); undefined while somebody does
 */
export function watchAudience(room: Room): () => number | undefined {
  let emptySince: number | undefined = 0;
  const look = () => {
    const isEmpty = !room.isConnected || peopleIn(room).length === 0;
    emptySince = isEmpty ? (emptySince ?? Date.now()) : undefined;
  };
  for (const event of [
    RoomEvent.Connected,
    RoomEvent.Disconnected,
    RoomEvent.ParticipantConnected,
    RoomEvent.ParticipantDisconnected,
    RoomEvent.ParticipantAttributesChanged,
  ] as const) {
    room.on(event, look);
  }
  return () => emptySince;
}

/** Whether a colleague is present with whom the agent stays, silent until called by name. */
export const isColleaguePresent = (room: Room): boolean =>
  peopleIn(room).some(({ attributes }) => attributes[PERSON_ATTRIBUTES.takeover] === 'stay');

/**
 * Watches for a second standard participant joining, and for the first being alone again. Whoever was here before is no
 * colleague: LiveKit reports a reconnection, or the same identity in another tab, as one leaving and one joining.
 */
export function watchForColleague(
  room: Room,
  on: { readonly came: (mode: Takeover) => void; readonly alone: () => void },
): void {
  const standard = () =>
    peopleIn(room).filter(
      ({ kind, attributes }) => kind === ParticipantKind.STANDARD && !isAgentConsole(attributes),
    );
  /** Number of people who talk: a telephone caller also counts as the first. */
  const talking = () => standard().length + Number(callerOf(room)?.kind === ParticipantKind.SIP);
  const known = new Set(standard().map(({ identity }) => identity));
  room.on(RoomEvent.ParticipantConnected, ({ identity, attributes }) => {
    if (known.has(identity) || standard().every((one) => one.identity !== identity)) return;
    known.add(identity);
    if (talking() < 2) return;
    on.came(attributes[PERSON_ATTRIBUTES.takeover] === 'stay' ? 'stay' : 'leave');
  });
  room.on(RoomEvent.ParticipantDisconnected, () => {
    if (talking() < 2) on.alone();
  });
}

/**
 * Resolves to true once `holds` returns true, checked immediately and on each of the `events`; to false after `ms`
 * milliseconds or, without a timeout, when the room is disconnected.
 */
export function waitInRoom(
  room: Room,
  events: readonly RoomEvent[],
  holds: () => boolean,
  ms?: number,
): Promise<boolean> {
  return new Promise((resolve) => {
    const done = (held: boolean) => {
      for (const event of events) room.off(event, look);
      room.off(RoomEvent.Disconnected, gone);
      clearTimeout(timer);
      resolve(held);
    };
    const look = () => {
      if (holds()) done(true);
    };
    const gone = () => done(false);
    const timer = ms === undefined ? undefined : setTimeout(() => done(false), ms);
    for (const event of events) room.on(event, look);
    room.on(RoomEvent.Disconnected, gone);
    look();
  });
}
