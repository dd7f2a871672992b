// LiveKit's STT and TTS from any server with the OpenAI audio API, local or hosted. The API only transcribes complete
// recordings: the STT detects speech, and sends requests early and often enough to work like a streaming one.
import {
  APIConnectionError,
  type APIConnectOptions,
  APIError,
  APIStatusError,
  APITimeoutError,
  AsyncIterableQueue,
  type AudioBuffer,
  DEFAULT_API_CONNECT_OPTIONS,
  normalizeLanguage,
  shortuuid,
  stt,
  tts,
} from '@livekit/agents';
import { AudioFrame, combineAudioFrames } from '@livekit/rtc-node';
import { z } from 'zod';
import { Patience } from '@/agent/core/patience';
import { reasonOf } from '@/agent/core/reason';
import { soundMs } from '@/agent/core/sound';
import { FirstClause } from '@/agent/speech/first-clause';
import { Listener, type Segment } from '@/agent/speech/listener';
import { wavHeader } from '@/agent/speech/pcm';
import {
  END_SILENCE_MS,
  INPUT_RATE,
  inWindows,
  voiceActivity,
  WINDOW_MS,
} from '@/agent/speech/voice-activity';
import { englishDuration } from '@/lib/core/figures';

const { SpeechEventType } = stt;

const transcript = z.object({ text: z.string() });

/**
 * Milliseconds until a request for a transcript is sent again: these, and for each of sound. The framework's 10 s are longer
 * than anybody waits. Our own choice: an answer takes a quarter of a second, and longer speech takes longer.
 */
const TRANSCRIPT_MS = 2_000;
const TRANSCRIPT_MS_PER_MS = 0.25;

/**
 * A LiveKit STT for a speech server. Emits interim transcripts, at most one per 400 ms, and in each pause the
 * transcript that is final if the pause lasts.
 */
export class SpeechSTT extends stt.STT {
  override label = 'callboard.SpeechSTT';

  /** Language label of its transcripts. */
  readonly language: ReturnType<typeof normalizeLanguage>;

  /** @param code the spoken language in two letters (ISO 639-1), as in the API */
  constructor(
    private readonly server: SpeechServer,
    private readonly code = 'en',
    private readonly prompt = '',
    /** Called each time that the server is asked again, with the milliseconds without an answer. */
    private readonly late: (ms: number) => void = () => {},
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

  /** Transcribes audio. @throws like {@link post} */
  async transcribe(
    sound: AudioFrame,
    signal: AbortSignal,
    options: APIConnectOptions = DEFAULT_API_CONNECT_OPTIONS,
  ) {
    const { buffer, byteOffset, byteLength } = sound.data;
    const data = new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength);
    const form = new FormData();
    const parts = [wavHeader(sound.sampleRate, byteLength), data];
    form.set('file', new File(parts, 'speech.wav', { type: 'audio/wav' }));
    form.set('model', this.server.model);
    form.set('response_format', 'json');
    form.set('language', this.code);
    if (this.prompt) form.set('prompt', this.prompt);
    const { timeoutMs, ...retries } = options;
    const patienceMs = TRANSCRIPT_MS + TRANSCRIPT_MS_PER_MS * soundMs(sound);
    const soon = { ...retries, timeoutMs: Math.min(timeoutMs, Math.round(patienceMs)) };
    const request = { path: '/audio/transcriptions', body: form, signal, options: soon };
    const answer = await post(this.server, request).catch((error: unknown) => {
      if (error instanceof APITimeoutError) this.late(soon.timeoutMs);
      throw error;
    });
    const parsed = transcript.safeParse(await answer.json().catch(() => undefined));
    if (parsed.success) return parsed.data.text.trim();
    throw new APIConnectionError({ message: `${this.server.url} sent no transcript` });
  }

  protected override async _recognize(
    buffer: AudioBuffer,
    signal = new AbortController().signal,
  ): Promise<stt.SpeechEvent> {
    // The framework's `mergeFrames` copies all sound for each frame: half a minute takes it as long.
    const sound = combineAudioFrames(buffer);
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
  /** What was said before it, while the recognizer was behind, and the window at which that begins. */
  #before: { text: string; from: number } | undefined;
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
      transcribe: (sound, signal) => {
        const frame = new AudioFrame(sound, INPUT_RATE, 1, sound.length);
        return speech.transcribe(frame, AbortSignal.any([signal, this.abortSignal]), options);
      },
      onStart: () => {
        this.#endSpeech();
        this.#emit({ type: SpeechEventType.START_OF_SPEECH });
      },
      onInterim: (text, segment, paused) => {
        const alternatives = this.#heard(text, segment);
        // The framework generates an answer to words in a pause, and speaks it if they ended the turn.
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
      const words = await this.#listener.final(segment, this.abortSignal);
      this.#head = undefined;
      const text = [this.#before?.text, words].filter(Boolean).join(' ');
      const from = this.#before?.from ?? segment.from;
      // More has been said meanwhile. Alone, these words would end the turn at once: their silence is long over.
      this.#before = this.#listener.isBehind ? { text, from } : undefined;
      if (this.#before) continue;
      this.#emitFinal(text, { from, to: segment.to }, ended);
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

  #emitFinal(text: string, segment: Pick<Segment, 'from' | 'to'>, ended: number): void {
    const requestId = shortuuid('stt_');
    // Also without words, so that nobody waits for them (turns/call-agent.ts).
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

  #heard(text: string, { from, to }: Pick<Segment, 'from' | 'to'>): [stt.SpeechData] {
    const at = (window: number) => this.startTimeOffset + (window * WINDOW_MS) / 1000;
    const [startTime, endTime] = [at(from), at(to)];
    const { language } = this.speech;
    return [{ text, language, startTime, endTime, confidence: 1 }];
  }

  #emit(event: stt.SpeechEvent): void {
    if (!this.queue.closed) this.queue.put(event);
  }
}

/** Sample rate of `pcm`, fixed by the OpenAI API. */
const RATE = 24_000;
/** Samples of one frame: 50 ms, short enough to interrupt, long enough to be few. */
const FRAME_SAMPLES = 1_200;
const FRAME_BYTES = FRAME_SAMPLES * 2;

/**
 * A LiveKit TTS for a speech server. Has no language option, because the API has none: models derive it from the text
 * or the voice.
 */
export class SpeechTTS extends tts.TTS {
  override label = 'callboard.SpeechTTS';

  constructor(private readonly server: SpeechServer & { readonly voice: string }) {
    super(RATE, 1, { streaming: true });
  }

  override get model(): string {
    return this.server.model;
  }

  override get provider(): string {
    return new URL(this.server.url).host;
  }

  override synthesize(
    text: string,
    options?: APIConnectOptions,
    signal?: AbortSignal,
  ): tts.ChunkedStream {
    return new SpokenText(text, this, this.server, options, signal);
  }

  /**
   * Speaks a streamed text sentence by sentence, and its first clause at once. The framework's own wrapper joins sentences
   * of less than 20 characters to the next.
   */
  override stream(options?: { connOptions?: APIConnectOptions }): tts.SynthesizeStream {
    return new tts.StreamAdapterWrapper(this, new FirstClause(), options?.connOptions);
  }
}

class SpokenText extends tts.ChunkedStream {
  override label = 'callboard.SpokenText';

  constructor(
    text: string,
    speech: SpeechTTS,
    private readonly server: SpeechServer & { readonly voice: string },
    private readonly options?: APIConnectOptions,
    signal?: AbortSignal,
  ) {
    super(text, speech, options, signal);
  }

  protected override async run(): Promise<void> {
    const { model, voice } = this.server;
    const body = { model, voice, input: this.inputText, response_format: 'pcm' };
    const signal = this.abortSignal;
    let begun = false;
    try {
      const request = { path: '/audio/speech', body, signal, options: this.options };
      const answer = await post(this.server, request);
      const id = answer.headers.get('x-request-id') ?? shortuuid('tts_');
      for await (const [data, final] of frames(answer.body ?? new Blob([]).stream())) {
        if (signal.aborted || this.queue.closed) return;
        begun = true;
        const frame = new AudioFrame(data, RATE, 1, FRAME_SAMPLES);
        this.queue.put({ requestId: id, segmentId: id, frame, final });
      }
    } catch (error) {
      // An interruption ends the speech and is not an error.
      if (signal.aborted) return;
      if (error instanceof APIError) throw error;
      // A retry would repeat the beginning.
      const options = { retryable: !begun };
      throw new APIConnectionError({ message: `${this.server.url} broke off: ${error}`, options });
    }
  }
}

/** Splits bytes into frames of one size, the last one padded with silence and marked. */
export async function* frames(
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<readonly [Int16Array, boolean]> {
  let rest = new Uint8Array();
  for await (const chunk of bytes) {
    const all = new Uint8Array(rest.length + chunk.length);
    all.set(rest);
    all.set(chunk, rest.length);
    let at = 0;
    // One frame is held back because it may be the last.
    for (; at + FRAME_BYTES < all.length; at += FRAME_BYTES) {
      yield [new Int16Array(all.slice(at, at + FRAME_BYTES).buffer), false];
    }
    rest = all.slice(at);
  }
  if (rest.length === 0) return;
  const last = new Uint8Array(FRAME_BYTES);
  last.set(rest);
  yield [new Int16Array(last.buffer), true];
}

interface SpeechServer {
  readonly url: string;
  readonly model: string;
  readonly key?: string | undefined;
}

/** One request: the path after the server's address, and its body; a form is sent as multipart, anything else as JSON. */
interface SpeechRequest {
  readonly path: string;
  readonly body: FormData | object;
  readonly signal: AbortSignal;
  /** Its `timeoutMs` applies until the response begins. */
  readonly options?: APIConnectOptions | undefined;
}

/**
 * Sends a POST request and returns the response, whose body may still be arriving.
 * @throws {APIStatusError} on 4xx (not retryable, except 408 and 429) and 5xx
 * @throws {APITimeoutError} and {@link APIConnectionError} without a response
 * @throws the signal's reason when it was aborted
 */
async function post(server: SpeechServer, request: SpeechRequest): Promise<Response> {
  const { path, body, signal, options = DEFAULT_API_CONNECT_OPTIONS } = request;
  const isForm = body instanceof FormData;
  const late = new AbortController();
  const patience = new Patience(options.timeoutMs, () => late.abort());
  patience.wait();
  const url = `${server.url.replace(/\/$/, '')}${path}`;
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: {
        ...(!isForm && { 'content-type': 'application/json' }),
        ...(server.key && { authorization: `Bearer ${server.key}` }),
      },
      body: isForm ? body : JSON.stringify(body),
      signal: AbortSignal.any([signal, late.signal]),
    });
    if (answer.ok) return answer;
    throw await statusError(url, answer);
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    if (error instanceof APIStatusError) throw error;
    if (late.signal.aborted) {
      throw new APITimeoutError({
        message: `${url} did not answer in ${englishDuration(options.timeoutMs)}`,
      });
    }
    throw new APIConnectionError({ message: `${url} cannot be reached: ${reasonOf(error)}` });
  } finally {
    patience.end();
  }
}

async function statusError(url: string, answer: Response): Promise<APIStatusError> {
  const text = await answer.text().catch(() => '');
  return new APIStatusError({
    message: `${url} answered ${answer.status}: ${text.slice(0, 500)}`,
    options: { statusCode: answer.status, requestId: answer.headers.get('x-request-id') },
  });
}
