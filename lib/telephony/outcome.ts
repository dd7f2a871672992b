// Why a telephone call failed, from the network's response: busy differs from no answer, and both from a line that leads
// back to itself. Pure.
import { ServerError, SipCallError } from 'livekit-server-sdk';

/** Reasons in an `ended` event; `lib/calls/timeline/ending.ts` and the messages know each. */
export const UNREACHED = [
  'busy',
  'no answer',
  'declined',
  'no such number',
  'loop',
  'no line',
] as const;
type Unreached = (typeof UNREACHED)[number];

/** By SIP status (RFC 3261, 21). */
const BY_STATUS: Readonly<Record<number, Unreached>> = {
  403: 'declined',
  404: 'no such number',
  408: 'no answer',
  410: 'no such number',
  480: 'no answer',
  482: 'loop',
  483: 'loop',
  484: 'no such number',
  486: 'busy',
  487: 'no answer',
  600: 'busy',
  603: 'declined',
  604: 'no such number',
};

/** The result of a dialled number, and an error text if it is unusual. */
export function unreached(error: unknown): { why: Unreached; reason?: string } {
  const reason = error instanceof Error ? error.message : String(error);
  if (error instanceof SipCallError) {
    const why = BY_STATUS[error.sipStatusCode ?? 0];
    return why ? { why } : { why: 'no line', reason };
  }
  // It rang until the timeout.
  const rang = error instanceof ServerError && error.code === 'deadline_exceeded';
  return rang ? { why: 'no answer' } : { why: 'no line', reason };
}
