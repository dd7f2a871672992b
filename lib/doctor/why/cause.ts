// The verdicts of "why did no agent come?", and what each may be about.

/** Every verdict there is; each has its words in `lib/messages/en-why.ts`. */
export type Cause =
  | 'there'
  | 'came'
  | 'server-unreachable'
  | 'web-secret'
  | 'web-key'
  | 'web-clock'
  | 'server-refuses'
  | 'no-room'
  | 'caller-never-came'
  | 'caller-media-blocked'
  | 'deployment-refused'
  | 'name-in-metadata'
  | 'automatic-expected'
  | 'token-ignored'
  | 'nobody-asked'
  | 'on-its-way'
  | 'refused'
  | 'full'
  | 'no-worker'
  | 'other-case'
  | 'other-deployment'
  | 'named-production'
  | 'worker-secret'
  | 'worker-key'
  | 'worker-clock'
  | 'wrong-server'
  | 'worker-deployment'
  | 'frozen'
  | 'unanswered'
  | 'cannot-start'
  | 'starting'
  | 'draining'
  | 'worker-gone'
  | 'job-failed'
  | 'agent-media-blocked'
  | 'never-joined'
  | 'long-ago'
  | 'unknown';

/** What a verdict is about, as far as it is about that. Deployments as shown. */
export interface Matter {
  readonly agent?: string;
  readonly deployment?: string;
  /** The name, deployment or worker that it is instead, or that did it. */
  readonly other?: string;
  /** In somebody else's words: a reason, an error. */
  readonly reason?: string;
  readonly seconds?: number;
}
export interface Verdict extends Matter {
  readonly cause: Cause;
}

/**
 * Milliseconds for which a dispatch without a job says nothing: LiveKit's server finds out for 5 s who
 * serves a name it has not been asked for before, and lists no job meanwhile.
 */
export const JOBLESS_MS = 6_000;
/** Seconds for people. */
export const seconds = (ms: number) => Math.max(0, Math.round(ms / 1_000));
