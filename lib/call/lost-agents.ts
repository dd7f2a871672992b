// The agents of a call that count as lost, even while LiveKit still lists them: it takes 20 s to notice a dead process.
// An agent that sends heartbeats again was not lost.
import { HEARTBEAT_TIMEOUT_MS } from '@/lib/livekit/attributes';

/** Times are in milliseconds of any one clock. */
export class LostAgents {
  /** By identity, since when. */
  readonly #since = new Map<string, number>();

  /** All lost agents, listed or not. */
  get identities(): ReadonlySet<string> {
    return new Set(this.#since.keys());
  }

  has(identity: string): boolean {
    return this.#since.has(identity);
  }

  add(identity: string, now: number): void {
    this.#since.set(identity, now);
  }

  /**
   * Handles a heartbeat. Heartbeats sent before the loss may arrive after it, and leaving agents send them too: neither
   * means that the agent is there.
   */
  heartbeat(identity: string, leaves: boolean, now: number): void {
    const since = this.#since.get(identity);
    if (since === undefined || leaves || now - since < HEARTBEAT_TIMEOUT_MS) return;
    this.#since.delete(identity);
  }

  clear(): void {
    this.#since.clear();
  }
}
