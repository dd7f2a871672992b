// What is known about a room without an agent, and the verdicts on it. Times are in milliseconds since 1970. `undefined`
// means unknown, which is not the same as "no".
import type { ListedAgent } from '@/lib/agents/agent';
import type { EventData } from '@/lib/calls/event';
import type { Refused } from '@/lib/calls/server';
import type { Cause } from '@/lib/doctor/diagnosis/causes';
import type { LogFact } from '@/lib/doctor/server-log';
import type { EndReason } from '@/lib/livekit/end-reason';
import type { Reported } from '@/lib/livekit/server';

/** The requested agent. `at` is when it was requested. */
export interface RequestedAgent {
  readonly agent: string;
  readonly deployment: string;
  /** Set if the dispatch says "production". To LiveKit this is another deployment than production, whose name is "". */
  readonly namesProduction?: true | undefined;
  readonly at: number;
}

/** A participant. */
export interface Participant {
  readonly identity: string;
  readonly isAgent: boolean;
  /** An agent's name in the list, or the name that it registered. */
  readonly agent: string;
  readonly joinedAt: number;
  /** Whether their media is connected, not only signalling. */
  readonly active: boolean;
}

/** A dispatch as LiveKit lists it. */
export interface SentDispatch extends RequestedAgent {
  readonly jobs: readonly { readonly id: string; readonly at: number; readonly error: string }[];
}

/** The current state of the room at LiveKit. */
export interface LiveRoom {
  readonly since: number;
  readonly metadata: string;
  readonly people: readonly Participant[];
  readonly sent: readonly SentDispatch[];
}

/** Whether the LiveKit server responds, and if not, why. */
export type ServerAnswer = 'answers' | 'unreachable' | 'secret' | 'key' | 'clock' | 'other';

/** All evidence. */
export interface Evidence {
  readonly now: number;
  readonly room: string;
  readonly server: ServerAnswer;
  /** `LIVEKIT_URL`. */
  readonly livekitUrl: string;
  /** The room; undefined if it is not live. */
  readonly live: LiveRoom | undefined;
  /** Events of the call, oldest first; undefined if the database is unavailable. */
  readonly events: readonly { readonly at: number; readonly what: EventData }[] | undefined;
  /** The requested agent, if known by other means than events, as in a test call. */
  readonly asked?: RequestedAgent | undefined;
  /** The last report of each worker, including those that have stopped reporting. */
  readonly reports: readonly Reported[];
  readonly refused: Refused | undefined;
  /** The server's log; undefined if it runs elsewhere. */
  readonly log: readonly LogFact[] | undefined;
  /** The list of agents. */
  readonly agents: readonly Pick<ListedAgent, 'name' | 'deployments' | 'source'>[];
  /** Whether the LiveKit server runs on this machine, which has no network. */
  readonly isAlone?: boolean;
  /** When this process received the last webhook. */
  readonly webhookAt: number | undefined;
}

/** Details of a verdict. Deployments as shown. */
export interface Matter {
  readonly agent?: string | undefined;
  readonly deployment?: string | undefined;
  /** The name, deployment or worker that was found instead, or that caused it. */
  readonly other?: string | undefined;
  /** A reason or an error, as somebody else wrote it. */
  readonly reason?: string | undefined;
  /** Why the agent left. */
  readonly left?: EndReason | undefined;
  readonly seconds?: number | undefined;
  /** Whether the team runs its workers, and not Callboard. */
  readonly byTeam?: boolean | undefined;
}
export interface Verdict extends Matter {
  readonly cause: Cause;
}

/**
 * Milliseconds in which a dispatch without a job means nothing: LiveKit's server looks for workers of a new agent name
 * for 5 s, and lists no job meanwhile.
 */
export const JOBLESS_MS = 6_000;
/** Milliseconds as whole seconds. */
export const seconds = (ms: number) => Math.max(0, Math.round(ms / 1_000));
