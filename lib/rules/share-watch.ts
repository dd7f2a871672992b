// Waits for agents that a share sent to another deployment: each has until the limit to come.

/** Milliseconds from the caller's joining. Our own choice: with the way back, at most 3 s are lost. */
export const SHARE_LIMIT_MS = 2_500;

/** An agent that a share sent. Deployments by their shown names. */
export interface SharedAgent {
  readonly room: { readonly name: string; readonly sid: string };
  /** Agent name. */
  readonly agent: string;
  readonly metadata: string;
  /** Sid of who joined; undefined where the room alone was reason enough. */
  readonly caller: string | undefined;
  readonly dispatchId: string;
  readonly deployment: string;
  /** Where the caller goes instead. */
  readonly fallback: string;
}

/** One agent in one life of a room, as a key. */
export const agentKey = (roomSid: string, agent: string) => `${roomSid} ${agent}`;

/** The agents that are waited for. */
export class ShareWatch {
  readonly #timers = new Map<string, NodeJS.Timeout>();

  /** @param late told of each that did not come within the limit */
  constructor(readonly late: (sent: SharedAgent) => void) {}

  /** @param since when the caller joined: milliseconds since 1970 */
  begin(sent: SharedAgent, since: number): void {
    const key = agentKey(sent.room.sid, sent.agent);
    if (this.#timers.has(key)) return;
    const wait = Math.max(0, since + SHARE_LIMIT_MS - Date.now());
    const timer = setTimeout(() => {
      this.#timers.delete(key);
      this.late(sent);
    }, wait);
    timer.unref();
    this.#timers.set(key, timer);
  }

  /** The agent came: it is not waited for any more. */
  arrived(roomSid: string, agent: string): void {
    const key = agentKey(roomSid, agent);
    clearTimeout(this.#timers.get(key));
    this.#timers.delete(key);
  }
}
