// What: LiveKit Inference's TTS with a request for a whole text.
// Why: greetings are synthesized this way before a call, and the framework's fallback adapter checks a failed TTS with it,
// but the client throws "ChunkedStream is not implemented".
// Upstream: none reported for Node; Python has it (https://github.com/livekit/agents/pull/4494). `inference.TTS` would
// have to implement `synthesize`.
import { type APIConnectOptions, inference, tts } from '@livekit/agents';

/** LiveKit Inference's TTS, which also synthesizes a whole text. */
export class WholeTextTts extends inference.TTS<string> {
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
    private readonly voice: WholeTextTts,
    private readonly options?: APIConnectOptions,
    signal?: AbortSignal,
  ) {
    super(text, voice, options, signal);
  }

  protected override async run(): Promise<void> {
    const stream = this.voice.stream(this.options && { connOptions: this.options });
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
