// Why nobody was reached by telephone, from what the telephone network answered: busy is not the same as
// nobody there, and neither is a line that leads back to itself. Pure.
import { ServerError, SipCallError } from 'livekit-server-sdk';

/** In the words of an `ended` event: `lib/calls/timeline/ending.ts` and the texts know each. */
export const UNREACHED = [
  'busy',
  'no answer',
  'declined',
  'no such number',
  'loop',
  'no line',
] as const;
type Unreached = (typeof UNREACHED)[number];

/** By SIP's own numbers (RFC 3261, 21). */
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

/** What came of a number that was dialled, and what was said where that is no everyday thing. */
export function unreached(error: unknown): { why: Unreached; reason?: string } {
  const reason = error instanceof Error ? error.message : String(error);
  if (error instanceof SipCallError) {
    const why = BY_STATUS[error.sipStatusCode ?? 0];
    return why ? { why } : { why: 'no line', reason };
  }
  // It rang for as long as it was asked to.
  const rang = error instanceof ServerError && error.code === 'deadline_exceeded';
  return rang ? { why: 'no answer' } : { why: 'no line', reason };
}
