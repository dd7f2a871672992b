// How long an agent is waited for: every timeout from its dispatch until it is in the room. They are in one place because
// they depend on each other: failover replaces an agent first, then its worker ends the stuck process, and a caller is
// offered other options only when a replacement should have joined as well. A start takes about 1 s.

/** Failover: milliseconds for a worker to accept the job. LiveKit gives up after 3 s and asks no other worker. */
export const ACCEPT_TIMEOUT_MS = 4_000;

/** Failover: milliseconds from accepting the job to joining the room; then it sends a replacement. Our own choice. */
export const JOIN_TIMEOUT_MS = 8_000;

/**
 * Worker: milliseconds from the start of a job in its process until it must have joined; then the worker ends the process.
 * Longer than {@link JOIN_TIMEOUT_MS}, so that failover has dispatched the replacement before.
 */
export const PROCESS_JOIN_TIMEOUT_MS = 10_000;

/**
 * Handoff: milliseconds from the dispatch of the other agent until it is ready; then the agent that hands over continues.
 * One timeout for accepting and joining, as the caller is waiting with an agent who can go on. Our own choice.
 */
export const HANDOFF_TIMEOUT_MS = 10_000;

/**
 * Page: default of `AGENT_JOIN_TIMEOUT_SECONDS`, after which callers without an agent are offered other options. Longer
 * than {@link ACCEPT_TIMEOUT_MS} and {@link JOIN_TIMEOUT_MS} together, so that a replacement has had time to join.
 */
export const PAGE_JOIN_TIMEOUT_SECONDS = 15;
