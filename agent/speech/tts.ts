// Text to speech for LiveKit from any server with the OpenAI audio API, played as it arrives.
import {
  APIConnectionError,
  type APIConnectOptions,
  APIError,
  shortuuid,
  tokenize,
  tts,
} from '@livekit/agents';
import { AudioFrame } from '@livekit/rtc-node';
import { post, type SpeechServer } from './client';

/** Sample rate of `pcm`, fixed by the OpenAI API. */
const RATE = 24_000;
/** Samples of one frame: 50 ms, short enough to interrupt, long enough to be few. */
const FRAME_SAMPLES = 1_200;
const FRAME_BYTES = FRAME_SAMPLES * 2;

/** A speech server and one of its voices. */
export interface SpeakingServer extends SpeechServer {
  readonly voice: string;
}

/**
 * A LiveKit TTS for a speech server. Has no language option, because the API has none: models
 * derive it from the text or the voice.
 */
export class SpeechTTS extends tts.TTS {
  override label = 'callboard.SpeechTTS';

  constructor(private readonly server: SpeakingServer) {
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
   * Speaks a streamed text sentence by sentence. The framework's own wrapper joins sentences of
   * less than 20 characters to the next; here a short first one is spoken immediately.
   */
  override stream(options?: { connOptions?: APIConnectOptions }): tts.SynthesizeStream {
    const sentences = new tokenize.basic.SentenceTokenizer({
      minSentenceLength: 2,
      streamContextLength: 2,
    });
    return new tts.StreamAdapterWrapper(this, sentences, options?.connOptions);
  }
}

/** Audio of one text. */
class SpokenText extends tts.ChunkedStream {
  override label = 'callboard.SpokenText';

  constructor(
    text: string,
    speech: SpeechTTS,
    private readonly server: SpeakingServer,
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
