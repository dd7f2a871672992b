// Speech to text for LiveKit from any server with the OpenAI audio API, which only takes complete
// recordings: this detects speech, and sends requests early and often enough to work like a
// streaming STT.
import {
  APIConnectionError,
  type APIConnectOptions,
  AsyncIterableQueue,
  type AudioBuffer,
  mergeFrames,
  normalizeLanguage,
  shortuuid,
  stt,
} from '@livekit/agents';
import { AudioFrame } from '@livekit/rtc-node';
import { z } from 'zod';
import { post, type SpeechServer } from './client';
import { Listener, type Segment } from './listener';
import { END_SILENCE_MS, WINDOW_MS } from './segmenter';
import { voiceActivity } from './voice-activity';
import { wavHeader } from './wav';
import { INPUT_RATE, inWindows } from './windows';

const { SpeechEventType } = stt;

const transcript = z.object({ text: z.string() });

/**
 * A LiveKit STT for a speech server. Emits interim transcripts, at most one per 400 ms, and in each
 * pause the transcript that is final if the pause lasts.
 */
export class SpeechSTT extends stt.STT {
  override label = 'callboard.SpeechSTT';

  /** Language label of its transcripts. */
  readonly language: ReturnType<typeof normalizeLanguage>;

  /** @param code the spoken language in two letters (ISO 639-1), as in the API */
  constructor(
    private readonly server: SpeechServer,
    private readonly code = 'en',
  ) {
    super({ streaming: true, interimResults: true });
    this.language = normalizeLanguage(code);
  }

  override get model(): string {
    return this.server.model;
  }

  override get provider(): string {
    return new URL(this.server.url).host;
  }

  /**
   * Transcribes audio.
   * @throws like {@link post}
   */
  async transcribe(sound: AudioFrame, signal: AbortSignal, options?: APIConnectOptions) {
    const { buffer, byteOffset, byteLength } = sound.data;
    const data = new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength);
    const form = new FormData();
    const parts = [wavHeader(sound.sampleRate, byteLength), data];
    form.set('file', new File(parts, 'speech.wav', { type: 'audio/wav' }));
    form.set('model', this.server.model);
    form.set('response_format', 'json');
    form.set('language', this.code);
    const request = { path: '/audio/transcriptions', body: form, signal, options };
    const answer = await post(this.server, request);
    const parsed = transcript.safeParse(await answer.json().catch(() => undefined));
    if (parsed.success) return parsed.data.text.trim();
    throw new APIConnectionError({ message: `${this.server.url} sent no transcript` });
  }

  protected override async _recognize(
    buffer: AudioBuffer,
    signal = new AbortController().signal,
  ): Promise<stt.SpeechEvent> {
    const sound = mergeFrames(buffer);
    const text = await this.transcribe(sound, signal);
    const endTime = sound.samplesPerChannel / sound.sampleRate;
    const { language } = this;
    const heard = { text, language, startTime: 0, endTime, confidence: 1 };
    return { type: SpeechEventType.FINAL_TRANSCRIPT, alternatives: [heard] };
  }

  override stream(options?: { connOptions?: APIConnectOptions }): stt.SpeechStream {
    return new SpeechStream(this, options?.connOptions);
  }
}

/** One person's speech, for the whole call. */
class SpeechStream extends stt.SpeechStream {
  override label = 'callboard.SpeechStream';
  readonly #listener: Listener;
  /** Speech probability of a window; remembers earlier windows. */
  readonly #vad = voiceActivity().createVad();
  /** Complete segments that wait for their final transcript, in order. */
  readonly #done = new AsyncIterableQueue<{ segment: Segment; ended: number; last: boolean }>();
  /** The one in progress; kept after an error for the framework's next `run`. */
  #head: { segment: Segment; ended: number; last: boolean } | undefined;
  #listening: Promise<void> | undefined;
  #failure: unknown;
  /** End time of speech without its END_OF_SPEECH event yet (ms since the epoch). */
  #ended: number | undefined;

  constructor(
    private readonly speech: SpeechSTT,
    options?: APIConnectOptions,
  ) {
    super(speech, INPUT_RATE, options);
    this.#listener = new Listener({
      now: () => performance.now(),
      transcribe: (sound, signal) => this.#transcribe(speech, sound, signal, options),
      onStart: () => {
        this.#endSpeech();
        this.#emit({ type: SpeechEventType.START_OF_SPEECH });
      },
      onInterim: (text, segment, paused) => {
        const alternatives = this.#heard(text, segment);
        // The framework generates an answer to words in a pause, and speaks it if they ended the
        // turn.
        const type = paused
          ? SpeechEventType.PREFLIGHT_TRANSCRIPT
          : SpeechEventType.INTERIM_TRANSCRIPT;
        this.#emit({ type, alternatives });
      },
      onEnd: (segment, speaking) => {
        const ended = Date.now() - (speaking ? 0 : END_SILENCE_MS);
        if (!speaking) this.#ended = ended;
        if (!this.#done.closed) this.#done.put({ segment, ended, last: !speaking });
      },
    });
  }

  /** Called again by the framework after a temporary error, within its retry limit. */
  protected override async run(): Promise<void> {
    this.#listening ??= this.#listen();
    for (;;) {
      this.#head ??= (await this.#done.next()).value;
      if (!this.#head) break;
      const { segment, ended, last } = this.#head;
      const text = await this.#listener.final(segment, this.abortSignal);
      this.#head = undefined;
      this.#emitFinal(text, segment, ended);
      if (last) this.#endSpeech();
    }
    if (this.#failure) throw this.#failure;
  }

  override close(): void {
    super.close();
    this.#listener.close();
    this.#done.close();
  }

  /** Feeds the listener until the input ends, which also ends speech in progress. */
  async #listen(): Promise<void> {
    try {
      for await (const { data } of inWindows(this.#sound())) {
        const probability = await this.#vad.predict(data);
        if (this.abortSignal.aborted) return;
        this.#listener.hear(data, probability);
      }
      this.#listener.finish();
    } catch (error) {
      this.#failure = error;
    } finally {
      if (!this.#done.closed) this.#done.close();
    }
  }

  /** The input without its flush marks, which mean nothing here. */
  async *#sound(): AsyncGenerator<AudioFrame> {
    for await (const item of this.input) if (typeof item !== 'symbol') yield item;
  }

  #transcribe(
    speech: SpeechSTT,
    sound: Int16Array,
    signal: AbortSignal,
    options?: APIConnectOptions,
  ): Promise<string> {
    const either = AbortSignal.any([signal, this.abortSignal]);
    return speech.transcribe(new AudioFrame(sound, INPUT_RATE, 1, sound.length), either, options);
  }

  #emitFinal(text: string, segment: Segment, ended: number): void {
    const requestId = shortuuid('stt_');
    // Also without words, so that nobody waits for them (turns/turn-agent.ts).
    this.#emit({
      type: SpeechEventType.FINAL_TRANSCRIPT,
      requestId,
      alternatives: this.#heard(text, segment),
      speechEndTime: ended,
    });
    const audioDuration = ((segment.to - segment.from) * WINDOW_MS) / 1000;
    const type = SpeechEventType.RECOGNITION_USAGE;
    this.#emit({ type, requestId, recognitionUsage: { audioDuration } });
  }

  #endSpeech(): void {
    if (this.#ended === undefined) return;
    this.#emit({ type: SpeechEventType.END_OF_SPEECH, speechEndTime: this.#ended });
    this.#ended = undefined;
  }

  #heard(text: string, { from, to }: Segment): [stt.SpeechData] {
    const at = (window: number) => this.startTimeOffset + (window * WINDOW_MS) / 1000;
    const [startTime, endTime] = [at(from), at(to)];
    const { language } = this.speech;
    return [{ text, language, startTime, endTime, confidence: 1 }];
  }

  #emit(event: stt.SpeechEvent): void {
    if (!this.queue.closed) this.queue.put(event);
  }
}
