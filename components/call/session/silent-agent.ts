// What is done about an agent that does not answer: the server is told once, and replaces it if its team wants that, or
// once the caller does.
import { type ApiError, toApiError } from '@/components/ui/request';
import type { StuckAnswer, StuckReport } from '@/lib/failover/stuck-answer';

/** An agent that has not answered, and for how many milliseconds. */
export interface SilentAgent {
  readonly identity: string;
  readonly ms: number;
}

/**
 * Whether the caller can get another agent: not (yet), on request, it is asked for, not once more after it was replaced as
 * often as possible, or the request has failed.
 */
export type AnotherAgent =
  | 'no'
  | 'offered'
  | 'asking'
  | 'too-often'
  | { readonly failed: ApiError };

/** Follows the silent agents of a call. */
export class SilentAgents {
  #state: AnotherAgent = 'no';
  #last: SilentAgent | undefined;

  /**
   * @param send reports an agent to the server
   * @param onChange called with each new state
   */
  constructor(
    private readonly send: (report: StuckReport) => Promise<StuckAnswer>,
    private readonly onChange: (state: AnotherAgent) => void,
  ) {}

  /** Takes what was observed. Each agent is reported once. */
  observe(silent: SilentAgent | undefined): void {
    if (!silent) return;
    const isNew = silent.identity !== this.#last?.identity;
    this.#last = silent;
    if (!isNew) return;
    this.#become('no');
    // A visitor who may not report it can start a new call, as the page says.
    this.#report(silent).catch(() => {});
  }

  /** Asks for another agent. The result is in the state. */
  async replace(): Promise<void> {
    const silent = this.#last;
    if (!silent || this.#state === 'asking') return;
    this.#become('asking');
    try {
      await this.#report(silent, true);
    } catch (error) {
      this.#become({ failed: toApiError(error) });
    }
  }

  async #report({ identity, ms }: SilentAgent, replace = false): Promise<void> {
    const { done, times } = await this.send({ identity, ms: Math.round(ms), replace });
    // Another agent is silent by now.
    if (this.#last?.identity !== identity) return;
    if (done === 'offered') this.#become('offered');
    else if (done === 'replaced') this.#become('asking');
    else this.#become(times > 0 ? 'too-often' : 'no');
  }

  #become(state: AnotherAgent): void {
    this.#state = state;
    this.onChange(state);
  }
}
