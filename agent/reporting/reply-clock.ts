// Latency of the parts of an answer, each from the end of the caller's speech. The framework
// reports them separately and in its own order: a preemptive answer starts before its question is
// known.
import type { llm, metrics } from '@livekit/agents';
import type { Happening } from '../../lib/calls/event';

type Latency = NonNullable<Extract<Happening, { kind: 'turn' }>['latency']>;
type Metrics = Pick<metrics.LLMMetrics, 'timestamp' | 'durationMs' | 'ttftMs'>;
type Message = Pick<llm.ChatMessage, 'metrics'>;

/** The framework counts in seconds. */
const ms = (seconds: number | undefined) =>
  seconds === undefined ? undefined : Math.max(0, Math.round(seconds * 1_000));

/** Keeps the measurements of the current answer. */
export class ReplyClock {
  /** Times of the first token of each request to the language model. */
  #firstTokens: number[] = [];
  #asked: Message | undefined;

  /** A request to the language model has ended. */
  request({ timestamp, durationMs, ttftMs }: Metrics): void {
    if (ttftMs >= 0) this.#firstTokens.push(timestamp - durationMs + ttftMs);
  }

  /** The caller has said or typed something. */
  question(message: Message): void {
    this.#asked = message;
  }

  /**
   * An answer has ended: returns its latencies, or undefined if it answers nothing that was spoken.
   */
  answer({ metrics: own }: Message): Latency | undefined {
    const firstTokens = this.#firstTokens;
    const asked = this.#asked?.metrics;
    this.#firstTokens = [];
    this.#asked = undefined;
    if (own.e2eLatency === undefined) return undefined;
    const stopped = asked?.stoppedSpeakingAt;
    const token =
      stopped === undefined
        ? undefined
        : firstTokens.filter((at) => at >= stopped * 1_000).sort((a, b) => a - b)[0];
    return {
      transcript: ms(asked?.transcriptionDelay),
      firstToken:
        token === undefined || stopped === undefined ? undefined : ms(token / 1_000 - stopped),
      firstAudio: ms(own.e2eLatency),
    };
  }
}
