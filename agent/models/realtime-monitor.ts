// Monitors a realtime model: whether answers arrive in time. The model is abandoned once, with its
// error.
import { type Failed, failureOf } from './failure';

export class RealtimeMonitor {
  /** Called once, when the model is abandoned. */
  onBroken: Failed = () => undefined;
  /** Whether a requested answer is still pending. */
  owing = false;
  /** The last error the server sent, in case the connection then ends. */
  complaint: string | undefined;
  readonly #closers: (() => void)[] = [];
  #timer: NodeJS.Timeout | undefined;
  #give: () => void = () => undefined;
  /** Resolves when the model is abandoned. */
  readonly given = new Promise<void>((resolve) => {
    this.#give = resolve;
  });
  broken = false;

  /** @param name display name: "gpt-realtime (OpenAI Realtime)" */
  constructor(private readonly name: string) {}

  /** Registers a function that closes the model when it is abandoned. */
  closes(close: () => void): void {
    this.#closers.push(close);
  }

  /** Expects data within `ms` milliseconds. */
  expect(ms: number): void {
    this.settle();
    this.owing = true;
    if (this.broken) return;
    this.#timer = setTimeout(
      () => this.giveUp(new Error(`it said nothing for ${ms / 1_000} s`)),
      ms,
    );
  }

  /** Nothing is pending any more. */
  settle(): void {
    clearTimeout(this.#timer);
    this.owing = false;
  }

  /** Abandons the model. */
  giveUp(error: unknown): void {
    if (this.broken) return;
    this.broken = true;
    clearTimeout(this.#timer);
    this.onBroken(failureOf(this.name, this.complaint ? new Error(this.complaint) : error));
    this.#give();
    for (const close of this.#closers) close();
  }
}
