// Why a call is over, from what was observed: who pressed what, why the agent said it leaves, and
// LiveKit's reason for the disconnect. Pure, so that each cause has its own row in a test.
import { closingNote, type Leaving } from '@/lib/livekit/attributes';

/** Why a call ended, as the caller is told. `detail` texts are in `lib/messages/`. */
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
] as const;
export type EndReason = (typeof END_REASONS)[number];

/** What the agent's own word means for the call. */
const BY_LEAVING: Record<Leaving, EndReason> = {
  goodbye: 'goodbye',
  'time-up': 'time-up',
  shutdown: 'shutdown',
  error: 'agent-error',
  orphaned: 'agent-error',
  // It left the call to another; who closed the room later did not say why.
  handover: 'closed',
  takeover: 'closed',
};

/**
 * The reason of a disconnect that this page did not ask for.
 * @param disconnect name of LiveKit's `DisconnectReason`, undefined where none was given
 * @param leaving the last reason an agent of this call gave for leaving
 * @param closing what whoever ended the room said to its people
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

/** The reason in a room's metadata, put there just before the room was ended for everyone. */
export function closingOf(metadata: string | undefined): string | undefined {
  try {
    return closingNote.safeParse(JSON.parse(metadata ?? '')).data?.callboard.closing;
  } catch {
    return undefined;
  }
}
