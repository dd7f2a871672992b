// How long an agent that is absent is waited for: every deadline of failover, and those that depend on them. Failover replaces
// an agent first, then its worker ends the stuck process, and a caller is offered other options only when a replacement
// should have joined as well. A start takes about 1 s.

/** Failover: milliseconds for a worker to accept the job. LiveKit gives up after 3 s and asks no other worker. */
export const ACCEPT_TIMEOUT_MS = 4_000;

/** Failover: milliseconds from accepting the job to joining the room; then it sends a replacement. Our own choice. */
export const JOIN_TIMEOUT_MS = 8_000;

/**
 * Failover: milliseconds for an agent to join whose worker does not report, so that nothing is known before it does. From the
 * dispatch, as long as {@link ACCEPT_TIMEOUT_MS} and {@link JOIN_TIMEOUT_MS} together.
 */
export const UNREPORTED_TIMEOUT_MS = ACCEPT_TIMEOUT_MS + JOIN_TIMEOUT_MS;

/**
 * Failover: milliseconds from the caller's joining until the agent of a share must have joined; then it is replaced by the
 * one that the caller would have got without the share. Our own choice: a share then costs a caller at most 3 s.
 */
export const SHARE_TIMEOUT_MS = 2_500;

/** Failover: milliseconds to reconnect after a restart of LiveKit: clients retry at least every 7 s. */
export const RECONNECT_TIMEOUT_MS = 15_000;

/** Failover: milliseconds to wait for a live worker: one that crashed has restarted by then. */
export const WORKER_TIMEOUT_MS = 20_000;

/** Failover: milliseconds in which an agent may still join after its dispatch was cancelled: the longest start of a job. */
export const CANCELLED_TIMEOUT_MS = 60_000;

/** Failover: milliseconds from the caller hanging up to closing the room, if the agent has not closed it. */
export const CLOSE_TIMEOUT_MS = 700;

/** Failover: how often an agent is replaced in one call. */
export const MAX_ATTEMPTS = 2;

/**
 * Dispatch: milliseconds after which an agent that has not joined no longer counts as on its way: twice the 5 s in which
 * LiveKit may still be looking for a worker.
 */
export const ON_ITS_WAY_TIMEOUT_MS = 10_000;

/**
 * Worker: milliseconds from the start of a job in its process until it must have joined; then the worker ends the process.
 * Longer than {@link JOIN_TIMEOUT_MS}, so that failover has dispatched the replacement before.
 */
export const PROCESS_JOIN_TIMEOUT_MS = 10_000;

/**
 * Handoff: milliseconds from the dispatch of the other agent until it is ready; then the agent that hands off continues.
 * One timeout for accepting and joining, as the caller is waiting with an agent who can go on. Our own choice.
 */
export const HANDOFF_TIMEOUT_MS = 10_000;

/**
 * Page: default of `AGENT_JOIN_TIMEOUT_SECONDS`, after which callers without an agent are offered other options. Longer
 * than {@link ACCEPT_TIMEOUT_MS} and {@link JOIN_TIMEOUT_MS} together, so that a replacement has had time to join.
 */
export const PAGE_JOIN_TIMEOUT_SECONDS = 15;
