// Watches a realtime model: whether what it owes comes in time, and that it is given up once, with what
// it said.
import { type Failed, failureOf } from './failure';

/** See the head of this file. */
export class Watch {
  /** Told once, when the model is given up. */
  onBroken: Failed = () => undefined;
  /** Whether an answer was asked for that is not over. */
  owing = false;
  /** The last error that it told, for why it then ends. */
  complaint: string | undefined;
  readonly #closers: (() => void)[] = [];
  #timer: NodeJS.Timeout | undefined;
  #give: () => void = () => undefined;
  /** Resolves when the model is given up. */
  readonly given = new Promise<void>((resolve) => {
    this.#give = resolve;
  });
  broken = false;

  /** @param name as shown: "gpt-realtime (OpenAI Realtime)" */
  constructor(private readonly name: string) {}

  /** It is closed when it is given up. */
  closes(close: () => void): void {
    this.#closers.push(close);
  }

  /** Something has to come within `ms` milliseconds. */
  expect(ms: number): void {
    this.settle();
    this.owing = true;
    if (this.broken) return;
    this.#timer = setTimeout(
      () => this.giveUp(new Error(`it said nothing for ${ms / 1_000} s`)),
      ms,
    );
  }

  /** Nothing is owed any more. */
  settle(): void {
    clearTimeout(this.#timer);
    this.owing = false;
  }

  /** It is asked no more. */
  giveUp(error: unknown): void {
    if (this.broken) return;
    this.broken = true;
    clearTimeout(this.#timer);
    this.onBroken(failureOf(this.name, this.complaint ? new Error(this.complaint) : error));
    this.#give();
    for (const close of this.#closers) close();
  }
}
