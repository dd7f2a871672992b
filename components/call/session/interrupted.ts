// A call that was interrupted by a reload: what is needed to return to it, and its transcript. Stored for this tab
// only, because it contains the token, and only when the page unloads.
import { Room } from 'livekit-client';
import * as z from 'zod/mini';
import {
  type CallSnapshot,
  forgetInterrupted,
  INTERRUPTED_KEY,
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
    agent: z.object({
      name: z.string(),
      person: z.string(),
      role: z.string(),
      metadata: z.exactOptional(z.string()),
    }),
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
  call: z.object({
    id: z.optional(z.string()),
    room: z.string(),
    connectedAt: z.optional(z.number()),
    startedAt: z.number(),
    agent: z.optional(z.object({ person: z.string(), agent: z.string() })),
    agentCame: z.boolean(),
    reported: z.optional(z.string()),
    lines: z.readonly(z.array(line)),
    participants: z.object({
      stage: z.readonly(
        z.array(z.object({ kind: z.enum(KINDS), name: z.string(), role: z.string() })),
      ),
    }),
  }),
});
/** A call that was interrupted by a reload of the page. */
export type Interrupted = z.infer<typeof stored>;

/** What is shown of a call that is over. */
export type EndedCall = Omit<Interrupted['call'], 'startedAt'> &
  Pick<CallSnapshot, 'startedAt' | 'endedAt' | 'end'>;

/** The call that was interrupted in this tab; invalid data is removed. */
export function interruptedCall(): Interrupted | undefined {
  try {
    return stored.parse(JSON.parse(tabStore.read(INTERRUPTED_KEY) ?? ''));
  } catch {
    forgetInterrupted();
    return undefined;
  }
}

/**
 * Ends an interrupted call: joins it once more to leave it, because LiveKit would keep its participant, and with it the
 * agent, for 21 s.
 * @throws LiveKit's error if it cannot be joined
 */
export async function endInterrupted({ serverUrl, token }: Interrupted): Promise<void> {
  const room = new Room();
  await room.connect(serverUrl, token, { autoSubscribe: false });
  forgetInterrupted();
  await room.disconnect();
}
