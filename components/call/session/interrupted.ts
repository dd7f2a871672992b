// A call that was interrupted by a reload: what is needed to return to it, and its transcript. Stored for this tab
// only, because it contains the token, and only when the page unloads.
import { z } from 'zod';
import {
  forgetInterrupted,
  INTERRUPTED_KEY,
  type Interrupted,
} from '@/components/call/session/call-snapshot';
import { tabStore } from '@/components/ui/browser';
import { line } from '@/lib/call/line';
import { KINDS } from '@/lib/call/present';

/**
 * Milliseconds in which the call can be resumed. LiveKit notices after 21 s that a page has disappeared, and keeps
 * the room for another 15 s.
 */
export const RETURN_MS = 30_000;

const joinTimeoutMs = z.number();
const order = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('call'),
    agent: z.looseObject({ name: z.string(), person: z.string(), role: z.string() }),
    deployment: z.string(),
    joinTimeoutMs,
  }),
  z.object({
    ...{ kind: z.literal('join'), invitation: z.string(), name: z.string() },
    joinTimeoutMs,
  }),
]);
const stored = z.object({
  order,
  serverUrl: z.string(),
  token: z.string(),
  /** When it was interrupted. All times are `Date.now()`. */
  at: z.number(),
  /** What is shown of it. */
  call: z.looseObject({
    connectedAt: z.number(),
    startedAt: z.number(),
    lines: z.array(line),
    participants: z.looseObject({
      stage: z.array(z.looseObject({ kind: z.enum(KINDS), name: z.string() })),
    }),
  }),
});

/** Saves a call when its page unloads. Where storage is denied, the call cannot be resumed. */
export function saveInterrupted(call: Interrupted): void {
  tabStore.write(INTERRUPTED_KEY, JSON.stringify(call));
}

/** The call that was interrupted in this tab; invalid data is removed. */
export function interruptedCall(): Interrupted | undefined {
  try {
    const read = stored.parse(JSON.parse(tabStore.read(INTERRUPTED_KEY) ?? ''));
    return read as unknown as Interrupted;
  } catch {
    forgetInterrupted();
    return undefined;
  }
}
