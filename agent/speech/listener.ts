// Turns windows of audio into transcripts: interim ones while a person speaks, and the final one early enough to be
// ready when the turn ends. Only one request at a time, with answers in order.
import {
  type Decision,
  type Segmentation,
  segment,
  silence,
  WINDOW_SAMPLES,
} from '@/agent/speech/voice-activity';

/** Windows kept from before speech was detected (320 ms), so that a soft onset is not cut off. */
const LEAD_WINDOWS = 10;
/** Minimum milliseconds between the starts of two interim requests. */
const INTERIM_EVERY_MS = 400;
/**
 * Delay before the next interim request as a multiple of the last answer's duration: on a busy machine, processor time
 * is for final transcripts. Our own choice: on an idle one, an answer takes less than a quarter of 400 ms.
 */
const INTERIM_REST = 4;
/** Minimum windows of a segment (0.7 s with the lead): with less, the model invents words. */
const INTERIM_WINDOWS = 12;

/** Audio of one stretch of speech, and its position in windows since the listener began. */
export interface Segment {
  readonly windows: Int16Array[];
  readonly from: number;
  to: number;
  /** A transcript requested in a pause; valid until more speech follows. */
  guess?: Promise<string> | undefined;
  /** Aborts a request for this segment that is no longer needed. */
  stop?: AbortController;
}

/** What a listener needs and reports. */
export interface ListenerHandlers {
  transcribe(sound: Int16Array, signal: AbortSignal): Promise<string>;
  onStart(segment: Segment): void;
  /** `paused` if this transcript was requested in a pause that still lasts: it is final if the turn ends. */
  onInterim(text: string, segment: Segment, paused: boolean): void;
  /** A segment is complete: {@link Listener.final} returns its final transcript. `speaking` continues after a cut. */
  onEnd(segment: Segment, speaking: boolean): void;
}

/** One person's speech. */
export class Listener {
  #state: Segmentation = silence;
  #window = 0;
  #lead: Int16Array[] = [];
  #current: Segment | undefined;
  /** The one pending interim request; a final one aborts it. */
  #request: AbortController | undefined;
  /** Complete segments without a final transcript: nothing newer is requested or reported before it. */
  #unfinished = 0;
  #asked = Number.NEGATIVE_INFINITY;
  #took = 0;

  constructor(private readonly handlers: ListenerHandlers) {}

  /** Takes the next window and its speech probability (0 to 1). */
  hear(window: Int16Array, probability: number): void {
    this.#window++;
    const [state, decision] = segment(this.#state, probability);
    this.#state = state;
    if (this.#current) {
      this.#current.windows.push(window);
      this.#current.to = this.#window;
    } else {
      this.#lead = [...this.#lead.slice(-LEAD_WINDOWS), window];
    }
    this.#act(decision);
  }

  /** Ends the current segment, as silence would. */
  finish(): void {
    this.#state = silence;
    this.#act({ kind: 'end' });
  }

  close(): void {
    this.#request?.abort();
    this.#current = undefined;
  }

  /** Whether there are complete segments without a final transcript. */
  get isBehind(): boolean {
    return this.#unfinished > 0;
  }

  /**
   * The final transcript of a complete segment: the one requested in its closing pause, otherwise requested now.
   * Rejects like `transcribe`; the next call then requests again.
   */
  async final(done: Segment, signal: AbortSignal): Promise<string> {
    const { guess } = done;
    done.guess = undefined;
    let text = await guess?.catch(() => undefined);
    if (text === undefined) {
      this.#request?.abort();
      text = await this.handlers.transcribe(joined(done.windows), signal);
    }
    this.#unfinished--;
    return text;
  }

  #act(decision: Decision): void {
    const { kind } = decision;
    if (kind === 'start') {
      this.#begin(this.#lead);
      this.#lead = [];
    }
    const current = this.#current;
    if (!current) return;
    if (kind === 'start') this.handlers.onStart(current);
    if (kind === 'end') this.#end(current, 0, false);
    if (kind === 'cut') this.#end(current, decision.keep, true);
    // A transcript requested in a pause that was none still serves as an interim one.
    if (kind === 'resume') current.guess = undefined;
    if (kind === 'pause') this.#askInPause(current);
    if (kind === 'none' || kind === 'resume') this.#askBetween(current);
  }

  #begin(windows: Int16Array[]): void {
    this.#current = { windows, from: this.#window - windows.length, to: this.#window };
  }

  #end(current: Segment, keep: number, speaking: boolean): void {
    const kept = keep > 0 ? current.windows.splice(-keep) : [];
    current.to -= kept.length;
    if (kept.length > 0) current.guess = undefined;
    // An interim transcript of a complete segment would arrive after its final one.
    if (!current.guess) current.stop?.abort();
    this.#current = undefined;
    if (speaking) this.#begin(kept);
    else this.#lead = current.windows.slice(-LEAD_WINDOWS);
    this.#unfinished++;
    this.handlers.onEnd(current, speaking);
  }

  #askInPause(current: Segment): void {
    if (this.#unfinished > 0) return;
    this.#request?.abort();
    current.guess = this.#ask(current);
    // Awaited later; an earlier failure must not be unhandled.
    current.guess.catch(() => undefined);
  }

  #askBetween(current: Segment): void {
    const early = current.windows.length < INTERIM_WINDOWS + LEAD_WINDOWS;
    const pause = Math.max(INTERIM_EVERY_MS, this.#took * INTERIM_REST);
    const soon = performance.now() - this.#asked < pause;
    if (early || soon || this.#state.silent > 0 || this.#request || this.#unfinished > 0) return;
    // A failed interim request is skipped: the next one follows soon.
    this.#ask(current).catch(() => undefined);
  }

  async #ask(current: Segment): Promise<string> {
    const mine = new AbortController();
    this.#request = mine;
    current.stop = mine;
    this.#asked = performance.now();
    try {
      const asked = this.#asked;
      const text = await this.handlers.transcribe(joined(current.windows), mine.signal);
      this.#took = performance.now() - asked;
      if (this.#current === current && !mine.signal.aborted && text) {
        this.handlers.onInterim(text, current, current.guess !== undefined);
      }
      return text;
    } finally {
      if (this.#request === mine) this.#request = undefined;
    }
  }
}

function joined(windows: readonly Int16Array[]): Int16Array {
  const sound = new Int16Array(windows.length * WINDOW_SAMPLES);
  for (const [i, window] of windows.entries()) sound.set(window, i * WINDOW_SAMPLES);
  return sound;
}
