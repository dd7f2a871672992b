// A call that was interrupted as its page was reloaded: what it takes to return to it, and what was said. Kept by this
// tab alone, as it holds the token of the call, and only from the moment in which the page goes.
import { z } from 'zod';
import { line } from '@/lib/call/line';
import type { CallSnapshot } from './call-snapshot';
import { forgetInterrupted, INTERRUPTED_KEY } from './interrupted-key';
import type { Order } from './order';

/**
 * Milliseconds in which the call can be returned to. LiveKit notices after 21 s that a page without a goodbye is gone,
 * and then keeps its room for 15 s.
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
const kept = z.object({
  order,
  serverUrl: z.string(),
  token: z.string(),
  /** When it was interrupted, like all times here `Date.now()`. */
  at: z.number(),
  call: z.looseObject({
    connectedAt: z.number(),
    startedAt: z.number(),
    lines: z.array(line),
    cast: z.looseObject({ stage: z.looseObject({ name: z.string() }) }),
  }),
});

/** An interrupted call. */
export interface Interrupted {
  readonly order: Order;
  readonly serverUrl: string;
  readonly token: string;
  readonly at: number;
  readonly call: CallSnapshot & { readonly startedAt: number };
}

/** Keeps a call whose page is about to go. */
export function keepInterrupted(call: Interrupted): void {
  try {
    sessionStorage.setItem(INTERRUPTED_KEY, JSON.stringify(call));
  } catch {
    // Where the browser keeps nothing the call is over.
  }
}

/** The call that was interrupted in this tab; what cannot be read is forgotten. */
export function interruptedCall(): Interrupted | undefined {
  try {
    const read = kept.parse(JSON.parse(sessionStorage.getItem(INTERRUPTED_KEY) ?? ''));
    return read as unknown as Interrupted;
  } catch {
    forgetInterrupted();
    return undefined;
  }
}
