// What Letta needs of the web process (`lib/server.ts`).
import type { LettaListing } from '@/lib/dispatch/letta-choice';
import type { DispatchServer } from '@/lib/dispatch/server';

/** A process whose callers may call Letta agents. */
export interface LettaServer extends DispatchServer {
  /** The agents of a Letta server when they were last requested, in milliseconds since 1970. */
  readonly lettaListing: {
    last?: { readonly at: number; readonly url: string; readonly listing: Promise<LettaListing> };
  };
  /** When copies are next deleted, in milliseconds since 1970. */
  readonly lettaCleanup: { at: number };
}
