// LiveKit Inference's voices, with what the framework's client lacks: a whole text at once. Greetings
// are made so before a call, and the framework asks so whether a voice that failed is back.
import {
  type APIConnectOptions,
  DEFAULT_API_CONNECT_OPTIONS,
  inference,
  tts,
} from '@livekit/agents';
import { PATIENCE_MS } from './patient-llm';

/** See the head of this file. */
export class HostedTts extends inference.TTS<string> {
  /** The framework's own limit of time is 10 s, in which a caller has hung up. */
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
