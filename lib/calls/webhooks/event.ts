// What a webhook of LiveKit tells, as far as anything here wants to know it.
import type { WebhookEvent } from 'livekit-server-sdk';
import type { Kind } from '@/lib/livekit/attributes';
import { isListener } from '@/lib/livekit/attributes';
import { type EgressReport, egressReport } from './egress-report';

/** Events that are looked at; the others are taken and let go. */
const NAMES = [
  'room_started',
  'room_finished',
  'participant_joined',
  'participant_left',
  'egress_started',
  'egress_updated',
  'egress_ended',
] as const;

/** Who joined or left. */
export interface EventPerson {
  readonly identity: string;
  /** Unique for one visit. */
  readonly sid: string;
  /** undefined for a kind that LiveKit had not when this was written. */
  readonly kind: Kind | undefined;
  readonly name: string;
  readonly metadata: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Why they left, in LiveKit's word; UNKNOWN_REASON while they are there. */
  readonly why: string;
}

/** Something that happened in a room. */
export interface RoomEvent {
  /** `listeners_changed` is our own: somebody began or ended listening. It is of no call, and has no person. */
  readonly name: (typeof NAMES)[number] | 'listeners_changed';
  /** When it happened: milliseconds since 1970, to the second, by LiveKit's clock. */
  readonly at: number;
  /** The same to the millisecond, where LiveKit tells that too. */
  readonly exactly?: number;
  /** When it came here: milliseconds since 1970. */
  readonly heard: number;
  /** `sid` is unique for one life of the room. */
  readonly room: { readonly name: string; readonly sid: string; readonly metadata: string };
  readonly person?: EventPerson;
  /** What an egress has come to, where it is about one. */
  readonly egress?: EgressReport;
}

/** `livekit.ParticipantInfo.Kind` by its numbers, which the SDK does not export. */
const KIND_NUMBERS: Readonly<Record<number, Kind>> = {
  0: 'standard',
  1: 'ingress',
  2: 'egress',
  3: 'sip',
  4: 'agent',
  7: 'connector',
};

/** `livekit.DisconnectReason` by its numbers, which the SDK does not export. */
const REASONS = [
  'UNKNOWN_REASON',
  'CLIENT_INITIATED',
  'DUPLICATE_IDENTITY',
  'SERVER_SHUTDOWN',
  'PARTICIPANT_REMOVED',
  'ROOM_DELETED',
  'STATE_MISMATCH',
  'JOIN_FAILURE',
  'MIGRATION',
  'SIGNAL_CLOSE',
  'ROOM_CLOSED',
  'USER_UNAVAILABLE',
  'USER_REJECTED',
  'SIP_TRUNK_FAILURE',
  'CONNECTION_TIMEOUT',
  'MEDIA_FAILURE',
  'AGENT_ERROR',
] as const;

/** The millisecond of what LiveKit tells to the second otherwise; older servers do not. */
function exactTime(name: RoomEvent['name'], { room, participant }: WebhookEvent) {
  if (name === 'room_started') return Number(room?.creationTimeMs ?? 0) || undefined;
  if (name === 'participant_joined') return Number(participant?.joinedAtMs ?? 0) || undefined;
  return undefined;
}

/**
 * The event in our own words; undefined where it is one that nobody here looks at. Of somebody hidden nobody is
 * told but that there is a listener, or one less.
 */
export function roomEvent(event: WebhookEvent): RoomEvent | undefined {
  const name = NAMES.find((one) => one === event.event);
  const { participant, egressInfo } = event;
  const egress = egressInfo && egressReport(egressInfo);
  // Of an egress LiveKit tells the room's name and sid alone.
  const room = egress ? { metadata: '', ...egress.room } : event.room;
  if (name?.startsWith('egress') && !egress) return undefined;
  if (!name || !room?.name || !room.sid) return undefined;
  if (name.startsWith('participant') && !participant) return undefined;
  const common = {
    at: Number(event.createdAt) * 1_000,
    heard: Date.now(),
    room: { name: room.name, sid: room.sid, metadata: room.metadata },
  };
  if (participant?.permission?.hidden) {
    return isListener(participant) ? { name: 'listeners_changed', ...common } : undefined;
  }
  return {
    name,
    ...common,
    exactly: egress ? egress.at : exactTime(name, event),
    person: participant && {
      identity: participant.identity,
      sid: participant.sid,
      kind: KIND_NUMBERS[participant.kind],
      name: participant.name,
      metadata: participant.metadata,
      attributes: participant.attributes,
      why: REASONS[participant.disconnectReason] ?? 'UNKNOWN_REASON',
    },
    egress,
  };
}
