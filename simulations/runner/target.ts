// Where test callers call: a running Callboard by its API, or any LiveKit project by its key. The second knows no tools
// and outcomes, so that only audible expectations can be checked.
import { randomUUID } from 'node:crypto';
import type { CallDetail } from '../../lib/calls/view/one-call';

/** Permission to join a call. */
export interface CallPermission {
  readonly url: string;
  readonly token: string;
  readonly room: string;
  /** ID of the call, if Callboard stores it. */
  readonly call?: string;
  /** As shown, if a roll-out or a rule redirected the call to another deployment. */
  readonly deployment?: string;
  /** When the call was requested, in milliseconds since 1970. */
  readonly askedAt: number;
}

/** The agent and the caller. */
export interface CallRequest {
  readonly agent: string;
  /** As shown. */
  readonly deployment: string;
  /** Display name of the caller. */
  readonly name: string;
}

export interface Place {
  /** @throws Error with a readable message if the agent cannot be called */
  grant(wanted: CallRequest, signal: AbortSignal): Promise<CallPermission>;
  /** The stored call; undefined until it is known, or if calls are not stored. */
  detail(granted: CallPermission): Promise<CallDetail | undefined>;
  /** Ends a room for everyone. */
  end(room: string): Promise<void>;
  /** Whether {@link detail} ever returns a call. */
  readonly tells: boolean;
}

/** A random name. */
export const unguessable = (what: string) => `${what}-${randomUUID()}`;
