// Voice activity that notices when it has stopped, and begins anew: without it, an agent hears nobody for the rest of the call.
import { VAD, type VADEvent, VADEventType, VADStream } from '@livekit/agents';
import type { AudioFrame } from '@livekit/rtc-node';
import { Patience } from '@/agent/core/patience';
import { soundMs } from '@/agent/core/sound';

/** Milliseconds of sound without a result before it counts as stopped. The model has one every 32 ms. */
const STOPPED_MS = 1_000;
/** Milliseconds without sound after which no result is due: a muted microphone sends nothing. */
const NO_SOUND_MS = 200;
/** Milliseconds of sound that are heard again, so that speech which began meanwhile is noticed. */
const AGAIN_MS = 2_000;

/** The voice activity `inner`, begun anew each time that it stops. */
export class WatchedVad extends VAD {
  override label = 'callboard.WatchedVad';
  /** Called with each frame of sound. */
  onSound: (() => void) | undefined;

  /** @param stopped called each time, with the milliseconds without a result */
  constructor(
    readonly inner: VAD,
    readonly stopped: (ms: number) => void,
  ) {
    super(inner.capabilities);
  }

  override get minSilenceDuration(): number | null {
    return this.inner.minSilenceDuration;
  }

  override stream(): VADStream {
    return new WatchedStream(this);
  }
}

class WatchedStream extends VADStream {
  #inner: VADStream;
  /** The sound of the last {@link AGAIN_MS}. */
  #recent: AudioFrame[] = [];
  #soundAt = 0;
  /** Whether the session was told that somebody speaks, and whether `#inner` says so. */
  #told = false;
  #speaks = false;
  readonly #patience = new Patience(STOPPED_MS, (ms) => this.#again(ms));

  constructor(private readonly watched: WatchedVad) {
    super(watched);
    this.#inner = this.#begin();
    void this.#hear();
  }

  override close(): void {
    this.#patience.end();
    this.#inner.close();
    super.close();
  }

  async #hear(): Promise<void> {
    for (;;) {
      const { done, value } = await this.inputReader.read();
      if (this.closed) return;
      if (done) return this.#inner.endInput();
      if (typeof value === 'symbol') this.#inner.flush();
      else this.#take(value);
    }
  }

  #take(frame: AudioFrame): void {
    this.#recent.push(frame);
    let length = this.#recent.reduce((sum, one) => sum + soundMs(one), 0);
    while (length > AGAIN_MS) length -= soundMs(this.#recent.shift() as AudioFrame);
    this.#soundAt = performance.now();
    this.watched.onSound?.();
    if (!this.#patience.isWaiting) this.#patience.wait();
    this.#inner.pushFrame(frame);
  }

  #begin(): VADStream {
    const inner = this.watched.inner.stream();
    void this.#pass(inner);
    return inner;
  }

  async #pass(inner: VADStream): Promise<void> {
    for await (const event of inner) {
      // The first events arrive while this is being created, and late ones after another has begun.
      if (this.closed || (this.#inner && this.#inner !== inner)) return;
      this.#tell(event);
    }
    if (!this.closed && this.#inner === inner) await this.outputWriter.close().catch(() => {});
  }

  #tell(event: VADEvent): void {
    if (event.type === VADEventType.INFERENCE_DONE) this.#patience.end();
    if (event.type === VADEventType.START_OF_SPEECH) {
      this.#speaks = true;
      // Before it began anew.
      if (this.#told) return;
      this.#told = true;
    }
    if (event.type === VADEventType.END_OF_SPEECH) {
      this.#speaks = false;
      if (!this.#told) return;
      this.#told = false;
    }
    this.sendVADEvent(event);
    const { minSilenceDuration } = this.watched;
    const isSilent = event.rawAccumulatedSilence >= (minSilenceDuration ?? 0);
    if (event.type === VADEventType.INFERENCE_DONE && this.#told && !this.#speaks && isSilent) {
      // The speech has ended while nobody listened.
      this.#told = false;
      this.sendVADEvent({ ...event, type: VADEventType.END_OF_SPEECH });
    }
  }

  #again(ms: number): void {
    if (this.closed || performance.now() - this.#soundAt > NO_SOUND_MS) return;
    this.watched.stopped(ms);
    const before = this.#inner;
    this.#speaks = false;
    this.#inner = this.#begin();
    before.close();
    for (const frame of this.#recent) this.#inner.pushFrame(frame);
    this.#patience.wait();
  }
}
