// Where callers ring: a running Callboard, by its API, or any LiveKit project, by its key. The second
// knows nothing of tools and outcomes; only what is heard can be asserted there.
import { randomUUID } from 'node:crypto';
import type { CallDetail } from '../lib/calls/view/one-call';

/** The right to a call. */
export interface Granted {
  readonly url: string;
  readonly token: string;
  readonly room: string;
  /** Id of the call, where Callboard keeps it. */
  readonly call?: string;
  /** Shown name, where a roll-out or a rule gives the call to another deployment than was asked for. */
  readonly deployment?: string;
  /** When it was asked for: milliseconds since 1970. */
  readonly askedAt: number;
}

/** Who is called, and by whom. */
export interface Wanted {
  readonly agent: string;
  /** Shown name. */
  readonly deployment: string;
  /** What the caller is called. */
  readonly name: string;
}

export interface Place {
  /** @throws Error in words, where the agent cannot be called */
  grant(wanted: Wanted, signal: AbortSignal): Promise<Granted>;
  /** What is known of a call; undefined until something is, and where nothing can be. */
  detail(granted: Granted): Promise<CallDetail | undefined>;
  /** Ends a room for everyone in it. */
  end(room: string): Promise<void>;
  /** Whether {@link detail} ever knows something. */
  readonly tells: boolean;
}

/** A name that nobody guesses. */
export const unguessable = (what: string) => `${what}-${randomUUID()}`;
