// What a call has come to, by what its tools tell. Handing over tells for itself: see hand-over.ts.
import { z } from 'zod';
import type { Outcome } from '../../lib/calls/call';

/** Tools that settle something, and the part of their result that says that they did. */
const SETTLING = {
  bookAppointment: { outcome: 'appointment', done: z.object({ booked: z.literal(true) }) },
  takeMessage: { outcome: 'message', done: z.object({ taken: z.literal(true) }) },
} as const satisfies Record<string, { outcome: Outcome; done: z.ZodType }>;

/** The outcome, where the tool's result (JSON) says that there is one. */
export function outcomeOf(tool: string, result: string): 'appointment' | 'message' | undefined {
  const settling = Object.hasOwn(SETTLING, tool) && SETTLING[tool as keyof typeof SETTLING];
  if (!settling) return undefined;
  try {
    return settling.done.safeParse(JSON.parse(result)).success ? settling.outcome : undefined;
  } catch {
    return undefined;
  }
}
