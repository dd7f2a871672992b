// How a call ended, as its page shows it: from what was pressed, the agent's reason for leaving, and LiveKit's for the
// disconnect. Pure, so that each cause has its own row in a test.
import { type EndReason, type Leaving, ROOM_ENDED } from '@/lib/livekit/end-reason';

/** Reasons that pages show and others report too. */
const SHARED = [
  'left',
  'goodbye',
  'time-up',
  'shutdown',
  'error',
  'closed',
  'removed',
  'joined-elsewhere',
  'server-shutdown',
] as const satisfies readonly EndReason[];

/** How a call ended, as shown to the caller. Texts are in `lib/messages/`. */
export const PAGE_ENDS = [
  ...SHARED,
  // Only the page knows these.
  'left-queue',
  'other-tab',
  'interrupted',
  'server-lost',
  'refused',
  'unreachable',
  'no-network',
  'page-error',
] as const;
export type PageEnd = (typeof PAGE_ENDS)[number];

/** The end by the agent's reason for leaving. */
const BY_LEAVING: Readonly<Record<Leaving, PageEnd>> = {
  goodbye: 'goodbye',
  'time-up': 'time-up',
  shutdown: 'shutdown',
  error: 'error',
  orphaned: 'error',
  // It left the call to somebody else; whoever closed the room later gave no reason.
  handoff: 'closed',
  takeover: 'closed',
};

/**
 * The end by a disconnect that this page did not request.
 * @param disconnect LiveKit's reason
 * @param leaving the last agent's reason for leaving
 * @param closing reason given by whoever ended the room
 */
export function pageEnd(
  disconnect: EndReason,
  leaving: Leaving | undefined,
  closing?: string,
): PageEnd {
  if (disconnect === 'joined-elsewhere' || disconnect === 'removed' || disconnect === 'left') {
    return disconnect;
  }
  const isClosed = ROOM_ENDED.includes(disconnect);
  if (isClosed && closing !== undefined) return 'closed';
  if (leaving) return BY_LEAVING[leaving];
  if (isClosed) return 'closed';
  return disconnect === 'server-shutdown' ? disconnect : 'server-lost';
}
