// The agents of a call that count as lost, also while LiveKit still shows them: it takes 20 s to notice
// that a process is gone. One that lives on after all was not lost.
import { PULSE_LOST_MS } from '@/lib/livekit/attributes';

/** Times are milliseconds of one clock, whichever. */
export class LostAgents {
  /** By identity, since when. */
  readonly #since = new Map<string, number>();

  /** All of them, whether or not they are still shown. */
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
   * Takes in a sign of life. What was sent before the loss may come after it, and whoever leaves
   * gives signs too: neither means that the agent is there.
   */
  sign(identity: string, leaves: boolean, now: number): void {
    const since = this.#since.get(identity);
    if (since === undefined || leaves || now - since < PULSE_LOST_MS) return;
    this.#since.delete(identity);
  }

  clear(): void {
    this.#since.clear();
  }
}
