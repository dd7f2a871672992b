// LiveKit Inference's TTS, with the request the framework's client lacks: a whole text at once.
// Greetings are synthesized this way before a call, and the framework uses it to check whether a
// failed TTS works again.
import {
  type APIConnectOptions,
  DEFAULT_API_CONNECT_OPTIONS,
  inference,
  tts,
} from '@livekit/agents';
import { PATIENCE_MS } from './patient-llm';

/** See the head of this file. */
export class HostedTts extends inference.TTS<string> {
  /** The framework's own timeout is 10 s, by which time a caller has hung up. */
  override stream(options?: { connOptions?: APIConnectOptions }) {
    const { connOptions = DEFAULT_API_CONNECT_OPTIONS } = options ?? {};
    return super.stream({ connOptions: { ...connOptions, timeoutMs: PATIENCE_MS } });
  }

  override synthesize(
    text: string,
    options?: APIConnectOptions,
    signal?: AbortSignal,
  ): tts.ChunkedStream {
    return new WholeText(text, this, options, signal);
  }
}

class WholeText extends tts.ChunkedStream {
  override label = 'callboard.WholeText';

  constructor(
    text: string,
    private readonly voice: HostedTts,
    private readonly options?: APIConnectOptions,
    signal?: AbortSignal,
  ) {
    super(text, voice, options, signal);
  }

  protected override async run(): Promise<void> {
    const stream = this.voice.stream({ connOptions: this.options });
    const close = () => stream.close();
    this.abortSignal.addEventListener('abort', close, { once: true });
    try {
      stream.pushText(this.inputText);
      stream.endInput();
      for await (const piece of stream) {
        if (this.abortSignal.aborted) return;
        if (typeof piece !== 'symbol') this.queue.put(piece);
      }
    } finally {
      this.abortSignal.removeEventListener('abort', close);
      stream.close();
    }
  }
}
