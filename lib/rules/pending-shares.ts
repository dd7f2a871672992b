// Waits for agents that a share dispatched from another deployment, each until a timeout.

/** Milliseconds from the caller's joining. Our own choice: a fallback then costs at most 3 s. */
export const SHARE_TIMEOUT_MS = 2_500;

/** An agent of a share. Deployments as shown. */
export interface SharedAgent {
  readonly room: { readonly name: string; readonly sid: string };
  /** Agent name. */
  readonly agent: string;
  readonly metadata: string;
  /** SID of the participant; undefined if the event was the room's start. */
  readonly caller: string | undefined;
  readonly dispatchId: string;
  readonly deployment: string;
  /** The deployment to fall back to. */
  readonly fallback: string;
}

/** Key of an agent in one session of a room. */
export const agentKey = (roomSid: string, agent: string) => `${roomSid} ${agent}`;

/** The pending agents. */
export class PendingShares {
  readonly #timers = new Map<string, NodeJS.Timeout>();

  /** @param late called for each agent that did not join in time */
  constructor(readonly late: (sent: SharedAgent) => void) {}

  /** @param since when the caller joined: milliseconds since 1970 */
  begin(sent: SharedAgent, since: number): void {
    const key = agentKey(sent.room.sid, sent.agent);
    if (this.#timers.has(key)) return;
    const wait = Math.max(0, since + SHARE_TIMEOUT_MS - Date.now());
    const timer = setTimeout(() => {
      this.#timers.delete(key);
      this.late(sent);
    }, wait);
    timer.unref();
    this.#timers.set(key, timer);
  }

  /** The agent has joined. */
  arrived(roomSid: string, agent: string): void {
    const key = agentKey(roomSid, agent);
    clearTimeout(this.#timers.get(key));
    this.#timers.delete(key);
  }
}
