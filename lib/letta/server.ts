// What Letta needs of the web process (`lib/server.ts`).
import type { DispatchServer } from '@/lib/dispatch/server';

/** A Letta agent as pages see it. */
export interface LettaView {
  readonly id: string;
  readonly name: string;
  /** Its description, possibly empty. */
  readonly summary: string;
}

/** The agents that can be called, or why they are unknown, as a text for people. */
export interface LettaListing {
  readonly agents: readonly LettaView[];
  readonly problem?: string;
}

/** A process whose callers may call Letta agents. */
export interface LettaServer extends DispatchServer {
  /** The agents of a Letta server when they were last requested, in milliseconds since 1970. */
  readonly lettaListing: {
    last?: { readonly at: number; readonly url: string; readonly listing: Promise<LettaListing> };
  };
  /** When copies are next deleted, in milliseconds since 1970. */
  readonly lettaCleanup: { at: number };
}
