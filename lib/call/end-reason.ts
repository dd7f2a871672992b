// Why a call ended, from observations: what was pressed, the agent's reason for leaving, and LiveKit's reason for the
// disconnect. Pure, so that each cause has its own row in a test.
import type { Leaving } from '@/lib/livekit/attributes';

/** Why a call ended, as shown to the caller. Texts are in `lib/messages/`. */
export const END_REASONS = [
  'you',
  'left-line',
  'goodbye',
  'time-up',
  'shutdown',
  'agent-error',
  'closed',
  'removed',
  'duplicate',
  'elsewhere',
  'interrupted',
  'server-shutdown',
  'server-lost',
  'refused',
  'unreachable',
  'no-network',
  'page-error',
] as const;
export type EndReason = (typeof END_REASONS)[number];

/** The end reason by the agent's reason for leaving. */
const BY_LEAVING: Record<Leaving, EndReason> = {
  goodbye: 'goodbye',
  'time-up': 'time-up',
  shutdown: 'shutdown',
  error: 'agent-error',
  orphaned: 'agent-error',
  // It left the call to somebody else; whoever closed the room later gave no reason.
  handover: 'closed',
  takeover: 'closed',
};

/**
 * The reason of a disconnect that this page did not request.
 * @param disconnect name of LiveKit's `DisconnectReason`, undefined if there is none
 * @param leaving the last agent's reason for leaving
 * @param closing reason given by whoever ended the room
 */
export function endReason(
  disconnect: string | undefined,
  leaving: Leaving | undefined,
  closing?: string,
): EndReason {
  switch (disconnect) {
    case 'DUPLICATE_IDENTITY':
      return 'duplicate';
    case 'PARTICIPANT_REMOVED':
      return 'removed';
    case 'CLIENT_INITIATED':
      return 'you';
    case 'SERVER_SHUTDOWN':
      return leaving ? BY_LEAVING[leaving] : 'server-shutdown';
    case 'ROOM_DELETED':
    case 'ROOM_CLOSED':
      if (closing !== undefined) return 'closed';
      return leaving ? BY_LEAVING[leaving] : 'closed';
    default:
      return leaving ? BY_LEAVING[leaving] : 'server-lost';
  }
}
