// The verdicts on why no agent joined, and their details.

/** All verdicts. Their texts are in `lib/messages/en/why.ts`. */
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

/** Details of a verdict. Deployments as shown. */
export interface Matter {
  readonly agent?: string;
  readonly deployment?: string;
  /** The name, deployment or worker that was found instead, or that caused it. */
  readonly other?: string;
  /** A reason or an error, as somebody else wrote it. */
  readonly reason?: string;
  readonly seconds?: number;
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
