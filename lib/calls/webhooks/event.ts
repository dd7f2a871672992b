// LiveKit's webhooks, reduced to what Callboard uses. Pure.
import { ParticipantInfo_Kind } from '@livekit/protocol';
import { type EgressInfo, EgressStatus, type WebhookEvent } from 'livekit-server-sdk';
import type { EventData } from '@/lib/calls/event';
import {
  currentAttributes,
  isAvatar,
  isListener,
  KINDS,
  type Kind,
} from '@/lib/livekit/attributes';
import { type EndReason, reasonOfDisconnect } from '@/lib/livekit/end-reason';
import { RECORDING_CHANNELS } from '@/lib/recordings/recording';

/** Events that are processed; others are accepted and ignored. */
const NAMES = [
  'room_started',
  'room_finished',
  'participant_joined',
  'participant_left',
  'egress_started',
  'egress_updated',
  'egress_ended',
] as const;

/** A participant who joined or left. */
export interface EventPerson {
  readonly identity: string;
  /** Unique for one visit. */
  readonly sid: string;
  /** undefined for a kind that did not exist when this was written. */
  readonly kind: Kind | undefined;
  readonly name: string;
  readonly metadata: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Why they left; "unknown" while they are present. */
  readonly why: EndReason;
}

/** Whether an agent joined or left. An avatar only shows one. */
export const isAgent = ({ kind, attributes }: EventPerson): boolean =>
  kind === 'agent' && !isAvatar(attributes);

/** An event of a room. */
export interface RoomEvent {
  /** `listeners_changed` is our own: a listener joined or left. It belongs to no call, and has no person. */
  readonly name: (typeof NAMES)[number] | 'listeners_changed';
  /** When it happened: milliseconds since 1970 in whole seconds, by LiveKit's clock. */
  readonly at: number;
  /** The same with milliseconds, if LiveKit provides them. */
  readonly exactly?: number | undefined;
  /** When it arrived: milliseconds since 1970. */
  readonly heard: number;
  /** `sid` is unique for one life of the room. */
  readonly room: { readonly name: string; readonly sid: string; readonly metadata: string };
  readonly person?: EventPerson | undefined;
  /** The state of an egress, if the event is about one. */
  readonly egress?: EgressReport | undefined;
}

/** The time in milliseconds, which older servers do not send. */
function exactTime(name: RoomEvent['name'], { room, participant }: WebhookEvent) {
  if (name === 'room_started') return Number(room?.creationTimeMs ?? 0) || undefined;
  if (name === 'participant_joined') return Number(participant?.joinedAtMs ?? 0) || undefined;
  return undefined;
}

/**
 * Converts a webhook; undefined if it is ignored. Of hidden participants only `listeners_changed` is passed on, so that
 * nobody learns who they are.
 */
export function roomEvent(event: WebhookEvent): RoomEvent | undefined {
  const name = NAMES.find((one) => one === event.event);
  const { participant, egressInfo } = event;
  const egress = egressInfo && egressReport(egressInfo);
  // For an egress LiveKit sends only the room's name and sid.
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
      kind: KINDS.find((kind) => kind === ParticipantInfo_Kind[participant.kind]?.toLowerCase()),
      name: participant.name,
      metadata: participant.metadata,
      attributes: currentAttributes(participant.attributes),
      why: reasonOfDisconnect(participant.disconnectReason),
    },
    egress,
  };
}

/** What an egress update means for a call. */
interface EgressReport {
  /** Id of the event, the same in every update that reports it. */
  readonly id: string;
  readonly room: { readonly name: string; readonly sid: string };
  /** When it happened, milliseconds since 1970; undefined if LiveKit does not say. */
  readonly at: number | undefined;
  readonly what: EventData;
}

/** Converts LiveKit's nanoseconds; 0 means not yet. */
const ms = (nanoseconds = 0n) => Number(nanoseconds / 1_000_000n) || undefined;

/** Folder and name, which we chose; before them is Egress's folder, or a prefix in its bucket. */
const fileOf = (path: string) => path.split(/[\\/]/).slice(-2).join('/');

/** The state of an egress. */
function happening(info: EgressInfo): Pick<EgressReport, 'at' | 'what'> | undefined {
  const { status, request, egressId: egress } = info;
  const [result] = info.fileResults;
  const asked = request.case === 'roomComposite' ? request.value.fileOutputs[0] : undefined;
  const path = result?.filename || asked?.filepath;
  // A stream to another destination is not a recording.
  if (!path) return undefined;
  const startedAt = ms(result?.startedAt) ?? ms(info.startedAt);
  const channels = RECORDING_CHANNELS;
  const recording = { kind: 'recording', file: fileOf(path), channels, egress } as const;
  switch (status) {
    case EgressStatus.EGRESS_ACTIVE:
      return startedAt === undefined
        ? undefined
        : { at: startedAt, what: { ...recording, startedAt } };
    case EgressStatus.EGRESS_COMPLETE:
    case EgressStatus.EGRESS_LIMIT_REACHED: {
      if (startedAt === undefined) return undefined;
      const lasted = ms(result?.duration);
      const reported = ms(result?.endedAt) ?? ms(info.endedAt) ?? startedAt;
      const endedAt = lasted === undefined ? reported : startedAt + lasted;
      const location = result?.location || undefined;
      return { at: endedAt, what: { ...recording, startedAt, endedAt, location } };
    }
    case EgressStatus.EGRESS_FAILED:
    case EgressStatus.EGRESS_ABORTED: {
      const message = `LiveKit’s Egress failed: ${info.error || 'it gave no reason'}`;
      return { at: ms(info.endedAt), what: { kind: 'error', where: 'recording', message } };
    }
    default:
      // Starting or ending: not shown on a call's page.
      return undefined;
  }
}

/** Reads an update; undefined if it means nothing to a call. */
function egressReport(info: EgressInfo): EgressReport | undefined {
  const { egressId, status, roomName: name, roomId: sid } = info;
  const came = happening(info);
  if (!came || !name || !sid) return undefined;
  const id = `${egressId}-${status === EgressStatus.EGRESS_ACTIVE ? 'begun' : 'over'}`;
  return { id, room: { name, sid }, ...came };
}
