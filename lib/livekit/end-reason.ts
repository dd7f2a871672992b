// Why somebody leaves a call and why it ends: one name for each reason, from the worker to the page and the database.
// LiveKit's reasons and the names of earlier releases are translated here, and nowhere else.
import type { DisconnectReason } from '@livekit/protocol';

/**
 * Why an agent leaves, as it tells the page before: the conversation is over; the time of an anonymous caller is up; it
 * was asked to (its worker stops, or its dispatch was deleted); it failed; another agent or a person took over; or its
 * worker process died.
 */
export const LEAVING = [
  'goodbye',
  'time-up',
  'shutdown',
  'error',
  'handoff',
  'takeover',
  'orphaned',
] as const;
export type Leaving = (typeof LEAVING)[number];

/** By LiveKit's `DisconnectReason`, in the order of its numbers. Earlier releases stored these names. */
const DISCONNECT_REASONS = {
  UNKNOWN_REASON: 'unknown',
  CLIENT_INITIATED: 'left',
  DUPLICATE_IDENTITY: 'joined-elsewhere',
  SERVER_SHUTDOWN: 'server-shutdown',
  PARTICIPANT_REMOVED: 'removed',
  ROOM_DELETED: 'room-deleted',
  STATE_MISMATCH: 'connection-expired',
  JOIN_FAILURE: 'join-failed',
  MIGRATION: 'migrated',
  SIGNAL_CLOSE: 'connection-closed',
  ROOM_CLOSED: 'room-closed',
  USER_UNAVAILABLE: 'no-answer',
  /** All that LiveKit knows of `busy` and `declined`. */
  USER_REJECTED: 'rejected',
  SIP_TRUNK_FAILURE: 'line-failed',
  CONNECTION_TIMEOUT: 'timed-out',
  MEDIA_FAILURE: 'media-failed',
  AGENT_ERROR: 'error',
} as const satisfies Readonly<Record<keyof typeof DisconnectReason, string>>;
const BY_NUMBER = Object.values(DISCONNECT_REASONS);

/** Reasons that neither agents tell the page nor LiveKit knows. */
const OTHERS = [
  /** Another agent of its name stays. */
  'duplicate',
  /** The caller hung up, and the agent leaves or the call ends with it. */
  'caller-left',
  /** LiveKit closed the room of an agent, or has not responded to it for about ten seconds. */
  'disconnected',
  /** Somebody ended the call for everyone. */
  'closed',
  /** Nobody reported the end of the call. */
  'lost',
  // A telephone that could not be reached.
  'busy',
  'declined',
  'no-such-number',
  'loop',
] as const;

export type EndReason = Leaving | (typeof BY_NUMBER)[number] | (typeof OTHERS)[number];
export const END_REASONS: readonly EndReason[] = [
  ...new Set([...LEAVING, ...OTHERS, ...BY_NUMBER]),
];

/** Reasons after which an agent is not missing: failover does not replace it. */
export const INTENDED: readonly EndReason[] = [
  'goodbye',
  'time-up',
  'shutdown',
  'handoff',
  'takeover',
  'duplicate',
  'caller-left',
  'removed',
  'joined-elsewhere',
  'migrated',
  'room-deleted',
  'room-closed',
];
/** Reasons after which the same person is still in the room. */
export const STILL_PRESENT: readonly EndReason[] = ['joined-elsewhere', 'migrated'];
/** Reasons that imply the end of the room. */
export const ROOM_ENDED: readonly EndReason[] = ['room-deleted', 'room-closed'];

/** Other names in events of earlier releases, stored or sent by their workers. */
const EARLIER_NAMES: Readonly<Record<string, EndReason>> = {
  handover: 'handoff',
  'handed over': 'handoff',
  'colleague came': 'takeover',
  'asked to leave': 'shutdown',
  'worker died': 'orphaned',
  outdone: 'duplicate',
  'caller left': 'caller-left',
  caller: 'caller-left',
  'room closed': 'disconnected',
  'no answer': 'no-answer',
  'no such number': 'no-such-number',
  'no line': 'line-failed',
};

/** The reason for a `DisconnectReason` of LiveKit's, which all its SDKs number alike. */
export const reasonOfDisconnect = (number: number | undefined): EndReason =>
  BY_NUMBER[number ?? 0] ?? 'unknown';

const EARLIER = new Map(Object.entries({ ...DISCONNECT_REASONS, ...EARLIER_NAMES }));

/** The reason in an event of this release or an earlier one. */
export const readReason = (name: string): EndReason =>
  END_REASONS.find((one) => one === name) ?? EARLIER.get(name) ?? 'unknown';
