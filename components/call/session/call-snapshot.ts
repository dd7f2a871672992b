// The state of a call as it is rendered: an immutable value that is replaced on each change.

import type { AnotherAgent } from '@/components/call/session/silent-agent';
import { tabStore } from '@/components/ui/browser';
import type { ApiError } from '@/components/ui/request';
import type { JoinState } from '@/lib/call/join-state';
import type { Line } from '@/lib/call/line';
import type { PageEnd } from '@/lib/call/page-end';
import type { Participants } from '@/lib/call/present';
import type { Messages } from '@/lib/messages/messages';

/** An agent to refer to, even if it has left: the last active one, or the one that was called. */
export interface AgentRef {
  /** Its display name; empty without one. */
  readonly person: string;
  readonly role: string;
  /** Agent name. */
  readonly agent: string;
  /** Its deployment; undefined if that is unknown, and it cannot be called back then. */
  readonly deployment: string | undefined;
}

/** How a call ended. */
export interface CallEnd {
  readonly reason: PageEnd;
  /** The server's message. */
  readonly detail?: string | undefined;
  /** The limit for which the server refused the call, and in how many minutes to try again. */
  readonly limit?: { readonly kind: keyof Messages['limits']; readonly minutes: number };
}

/** Everything that is rendered. Times are `Date.now()`. */
export interface CallSnapshot {
  readonly join: JoinState;
  readonly connectedAt: number | undefined;
  /** When the call started; lines and the timer count from here, even if this page joined later. */
  readonly startedAt: number | undefined;
  readonly endedAt: number | undefined;
  /** Set when the call is over. */
  readonly end: CallEnd | undefined;
  readonly lines: readonly Line[];
  /** Deployment that the agent reported; kept after it has left. */
  readonly reported: string | undefined;
  /** Deployment to which a traffic split sent this caller. */
  readonly share: string | undefined;
  /** Whether an agent or LiveKit Egress records the audio. */
  readonly recorded: boolean;
  /** Whether an agent, or the avatar of one, shows video. */
  readonly pictured: boolean;
  /** Whether a hidden participant listens. */
  readonly monitored: boolean;
  /** Who is on the stage, and who else is in the call. */
  readonly participants: Participants;
  /** Number of other people. */
  readonly people: number;
  /** Undefined on a colleague's page until an agent has been seen. */
  readonly agent: AgentRef | undefined;
  /** State of calling the agent back. */
  readonly callingBack: 'no' | 'asking' | { readonly failed: ApiError };
  /** What can be done about an agent that does not answer. */
  readonly anotherAgent: AnotherAgent;
  /** Whether the agent was called back and has not joined yet. */
  readonly calledBack: boolean;
  /** Whether an agent has been in this call. */
  readonly agentCame: boolean;
  /** Position in the queue while waiting in it. */
  readonly position: number | undefined;
  /** Name of the room; "" before there is one. */
  readonly room: string;
  /** Id of the call; undefined if no participant has it. */
  readonly id: string | undefined;
}

/** Key in session storage of the call that was interrupted in this tab: an `Interrupted` as JSON. */
export const INTERRUPTED_KEY = 'callboard.interrupted';

/** Saves a call when its page unloads. Where storage is denied, the call cannot be resumed. */
export const saveInterrupted = (call: object) =>
  tabStore.write(INTERRUPTED_KEY, JSON.stringify(call));

/** Whether a call was interrupted in this tab. */
export const isInterrupted = () => tabStore.read(INTERRUPTED_KEY) !== null;

/** Forgets the interrupted call, once it was resumed or dismissed. */
export const forgetInterrupted = () => tabStore.remove(INTERRUPTED_KEY);
