// What a call is, as lists and pages show it: computed from its events by `timeline.ts`, kept beside
// them so that lists are fast.

/** How a call ended. `no agent`: nobody came. `lost`: closed by the reconciler, nobody told of its end. */
export const ENDED_BY = ['caller', 'agent', 'server', 'no agent', 'agent failed', 'lost'] as const;
export type EndedBy = (typeof ENDED_BY)[number];

/** The reason of an end by the caller's connection, not by their will. */
export const CONNECTION_LOST = 'The connection was lost';

export const OUTCOMES = ['appointment', 'message', 'handed over', 'none'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Identities of callers who gave none: `token-plan.ts`. */
const MADE_UP = /^caller-/;

/** One call. Times are milliseconds since 1970 on the web's clock; undefined where not (yet) known. */
export interface CallSummary {
  readonly id: string;
  readonly room: string;
  readonly origin: 'page' | 'api' | 'rule' | 'embed' | 'other';
  /** The caller's name, or identity: see {@link callerName}. */
  readonly caller: string;
  /** Id of the account of whoever signed in to ask for it: whose call it is. */
  readonly account?: string;
  /** By what the caller is known again in other calls: `callerKey`. */
  readonly callerId?: string | undefined;
  /** Agents that were in it, the one asked for first: catalogue names. */
  readonly agents: readonly string[];
  /** Shown names. */
  readonly deployments: readonly string[];
  /** What the first agent runs that came from the first deployment; undefined where none told of it. */
  readonly version?: string | undefined;
  readonly requestedAt: number;
  readonly startedAt: number | undefined;
  /** The first agent was there. */
  readonly joinedAt: number | undefined;
  /** Its first sound. */
  readonly answeredAt: number | undefined;
  readonly endedAt: number | undefined;
  readonly endedBy: EndedBy | undefined;
  /** Why, in words, where somebody said it. */
  readonly endReason: string | undefined;
  readonly outcome: Outcome;
  readonly turns: number;
  readonly errors: number;
  /** Milliseconds of the answers' delays, for percentiles. */
  readonly answerMs: readonly number[];
}

/** The name of the caller, or an identity that somebody chose; undefined for one that we made up. */
export const callerName = ({ caller }: Pick<CallSummary, 'caller'>): string | undefined =>
  caller === '' || MADE_UP.test(caller) ? undefined : caller;

/** A stage of the set-up, for the waterfall. Milliseconds from the request. */
export interface Stage {
  readonly name: 'token' | 'room' | 'dispatch' | 'job' | 'join' | 'first audio';
  readonly from: number;
  readonly to: number;
}

/** One thing on the time axis. Milliseconds from the request; `to` equals `from` for a moment. */
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
      /** Of what was typed: on the keys of a telephone. */
      readonly pressed?: boolean;
      readonly interrupted: boolean;
      readonly latency: {
        readonly transcript?: number;
        readonly firstToken?: number;
        readonly firstAudio?: number;
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
      readonly what: import('./event').Happening;
      readonly source: string;
    };

/** A whole call. */
export interface Timeline {
  readonly call: CallSummary;
  readonly stages: readonly Stage[];
  /** In order of `from`. */
  readonly marks: readonly Mark[];
  /** Sources whose clock was corrected, and by how many milliseconds. */
  readonly clocks: readonly { readonly source: string; readonly offsetMs: number }[];
}
