// Turns windows of sound into transcripts: guesses while a person speaks, the final text early enough
// to be there when the turn ends. Never more than one request at a time, and no answer out of order.
import { type Decision, type Segmentation, segment, silence, WINDOW_SAMPLES } from './segmenter';

/** Windows kept from before speech was found (320 ms), so that a soft first sound is not cut off. */
const LEAD_WINDOWS = 10;
/** Milliseconds between the beginnings of two guesses, at least. */
const INTERIM_EVERY_MS = 400;
/**
 * Times as long as the last answer took that is waited for the next guess: where the recogniser has much to do, its
 * time is for what is final. Our own choice: on a machine that has time, an answer takes less than a quarter of 400 ms.
 */
const INTERIM_REST = 4;
/** Windows a segment must have (0.7 s with the lead): from less the model guesses words that were not said. */
const INTERIM_WINDOWS = 12;

/** Sound of one stretch of speech and when it was, in windows since the listener began. */
export interface Segment {
  readonly windows: Int16Array[];
  readonly from: number;
  /** Index after its last window. */
  to: number;
  /** A transcript asked for in a pause; kept while nothing was said since. */
  guess?: Promise<string>;
  /** Ends a request for this segment that is of no use any more. */
  stop?: AbortController;
}

/** What a listener tells. */
export interface Hearer {
  /** Asks for the words of a sound (16 kHz). */
  transcribe(sound: Int16Array, signal: AbortSignal): Promise<string>;
  onStart(segment: Segment): void;
  /** `paused` where these words were asked for in a pause that still lasts: they are the final ones if it is the end. */
  onInterim(text: string, segment: Segment, paused: boolean): void;
  /** A segment is complete: its final text is {@link Listener.final}'s. `speaking` goes on after a cut. */
  onEnd(segment: Segment, speaking: boolean): void;
  /** Milliseconds, monotonic. */
  now(): number;
}

/** One person's speech. */
export class Listener {
  #state: Segmentation = silence;
  #window = 0;
  #lead: Int16Array[] = [];
  #current: Segment | undefined;
  /** The one request there may be; a final one ends it. */
  #request: AbortController | undefined;
  /** Segments over whose final text is not there yet: nothing newer is asked for, nor told, before. */
  #unfinished = 0;
  #asked = Number.NEGATIVE_INFINITY;
  /** Milliseconds that the last answer took. */
  #took = 0;

  constructor(private readonly hearer: Hearer) {}

  /** Takes the next window and how likely (0 to 1) it is speech. */
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

  /** Ends what is being said now, as silence would. */
  finish(): void {
    this.#state = silence;
    this.#act({ kind: 'end' });
  }

  /** Gives up whatever is under way. */
  close(): void {
    this.#request?.abort();
    this.#current = undefined;
  }

  /**
   * The final text of a complete segment: the one asked for in its closing pause, else asked for now.
   * Rejects as `transcribe` does; the next call then asks anew.
   */
  async final(done: Segment, signal: AbortSignal): Promise<string> {
    const { guess } = done;
    done.guess = undefined;
    let text = await guess?.catch(() => undefined);
    if (text === undefined) {
      this.#request?.abort();
      text = await this.hearer.transcribe(joined(done.windows), signal);
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
    if (kind === 'start') this.hearer.onStart(current);
    if (kind === 'end') this.#end(current, 0, false);
    if (kind === 'cut') this.#end(current, decision.keep, true);
    // What was asked for in a pause that was none still serves as a guess.
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
    // A guess at a segment that is over would come after its final text.
    if (!current.guess) current.stop?.abort();
    this.#current = undefined;
    if (speaking) this.#begin(kept);
    else this.#lead = current.windows.slice(-LEAD_WINDOWS);
    this.#unfinished++;
    this.hearer.onEnd(current, speaking);
  }

  #askInPause(current: Segment): void {
    if (this.#unfinished > 0) return;
    this.#request?.abort();
    current.guess = this.#ask(current);
    // Who needs it looks at it later; until then a failure is nobody's.
    current.guess.catch(() => undefined);
  }

  #askBetween(current: Segment): void {
    const early = current.windows.length < INTERIM_WINDOWS + LEAD_WINDOWS;
    const pause = Math.max(INTERIM_EVERY_MS, this.#took * INTERIM_REST);
    const soon = this.hearer.now() - this.#asked < pause;
    if (early || soon || this.#state.silent > 0 || this.#request || this.#unfinished > 0) return;
    // A guess that fails is skipped: the next one comes soon.
    this.#ask(current).catch(() => undefined);
  }

  async #ask(current: Segment): Promise<string> {
    const mine = new AbortController();
    this.#request = mine;
    current.stop = mine;
    this.#asked = this.hearer.now();
    try {
      const asked = this.#asked;
      const text = await this.hearer.transcribe(joined(current.windows), mine.signal);
      this.#took = this.hearer.now() - asked;
      if (this.#current === current && !mine.signal.aborted && text) {
        this.hearer.onInterim(text, current, current.guess !== undefined);
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
