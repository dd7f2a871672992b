// A call as shown in lists and on its page. `timeline.ts` computes it from the call's events; it is stored beside
// them to make lists fast.

/** How a call ended. `no agent`: no agent joined. `lost`: closed by the reconciler, because no event reported its end. */
export const ENDED_BY = ['caller', 'agent', 'server', 'no agent', 'agent failed', 'lost'] as const;
export type EndedBy = (typeof ENDED_BY)[number];

/** Ends of failed calls. */
export const FAILED: readonly EndedBy[] = ['no agent', 'agent failed', 'lost'];

/** Reason of an end by the caller's connection rather than their intent. */
export const CONNECTION_LOST = 'The connection was lost';

/** Maximum characters of a topic: a line of a list. Our own choice. */
export const TOPIC_MAX = 120;

/** Identities that Callboard and LiveKit generate for those who chose none. */
const GENERATED_IDENTITY = /^(caller|colleague|agent)-/;

/** A call. Times are milliseconds since 1970 on the web process's clock; undefined if not (yet) known. */
export interface CallSummary {
  readonly id: string;
  readonly room: string;
  readonly origin: 'page' | 'api' | 'rule' | 'embed' | 'other';
  /** The caller's name or identity: see {@link callerName}. */
  readonly caller: string;
  /** Id of the account that requested the call and so owns it. */
  readonly account?: string | undefined;
  /** Identifies the caller across calls: `callerKey`. */
  readonly callerId?: string | undefined;
  /** Agents in the call by their catalogue names, the requested one first. */
  readonly agents: readonly string[];
  /** Display names. */
  readonly deployments: readonly string[];
  /** Version of the requested agent on the requested deployment; undefined if none was reported. */
  readonly version?: string | undefined;
  readonly requestedAt: number;
  readonly startedAt: number | undefined;
  /** When the first agent joined. */
  readonly joinedAt: number | undefined;
  /** When its first audio was played. */
  readonly answeredAt: number | undefined;
  readonly endedAt: number | undefined;
  readonly endedBy: EndedBy | undefined;
  /** The reason in words, if one was given. */
  readonly endReason: string | undefined;
  /** Name of the outcome, which an agent declares: `lib/core/outcome.ts`. */
  readonly outcome: string;
  /** A summary by a language model, else the first thing that the caller said or typed, shortened to {@link TOPIC_MAX}; undefined if nothing. */
  readonly topic?: string | undefined;
  readonly turns: number;
  readonly errors: number;
  /** Turns of agents, and those that the caller interrupted. Undefined, as the tools below, in calls that an earlier release stored. */
  readonly agentTurns: number | undefined;
  readonly interruptions: number | undefined;
  /** Runs of tools, and those that failed. */
  readonly toolCalls: number | undefined;
  readonly toolFailures: number | undefined;
  /** Response latencies in milliseconds, for percentiles. */
  readonly answerMs: readonly number[];
}

/** A name, or a chosen identity; undefined for a generated one, and if it is empty. */
export const nameFrom = (name: string): string | undefined =>
  name === '' || GENERATED_IDENTITY.test(name) ? undefined : name;

/** The caller's name, or a chosen identity; undefined for a generated one. */
export const callerName = ({ caller }: Pick<CallSummary, 'caller'>): string | undefined =>
  nameFrom(caller);

/** Whether the call ended with a failure. */
export const isFailure = ({ endedBy }: Pick<CallSummary, 'endedBy'>): boolean =>
  endedBy !== undefined && FAILED.includes(endedBy);

/** A stage of the set-up, for the waterfall. Milliseconds since the request. */
export interface Stage {
  readonly name: 'token' | 'room' | 'dispatch' | 'job' | 'join' | 'first audio';
  readonly from: number;
  readonly to: number;
}

/** An item on the time axis. Milliseconds since the request; for a moment, `to` equals `from`. */
export type Mark =
  | {
      readonly kind: 'turn';
      readonly id: string;
      readonly from: number;
      readonly to: number;
      readonly speaker: 'caller' | 'agent' | 'person';
      readonly by: string;
      readonly text: string;
      readonly typed: boolean;
      /** Keys pressed on a phone rather than text. */
      readonly pressed?: boolean;
      readonly interrupted: boolean;
      readonly latency: {
        readonly transcript?: number | undefined;
        readonly endOfTurn?: number | undefined;
        readonly firstToken?: number | undefined;
        readonly firstAudio?: number | undefined;
      };
    }
  | {
      readonly kind: 'tool';
      readonly id: string;
      readonly from: number;
      readonly to: number;
      readonly tool: string;
      readonly label: string | undefined;
      readonly args: string;
      readonly result: string;
      readonly failed: boolean;
    }
  | {
      readonly kind: 'event';
      readonly id: string;
      readonly from: number;
      readonly to: number;
      readonly what: import('@/lib/calls/event').EventData;
      readonly source: string;
    };

/** A call with its marks. */
export interface Timeline {
  readonly call: CallSummary;
  readonly stages: readonly Stage[];
  /** Ordered by `from`. */
  readonly marks: readonly Mark[];
  /** Sources whose clock was corrected, and the offset in milliseconds. */
  readonly clocks: readonly { readonly source: string; readonly offsetMs: number }[];
}
