// What a caller says before anybody can hear it, recorded from the moment the microphone opens. Part of
// what is loaded with the page: in the click there is no time to load more.

/** The one recording that workers can read; other browsers' (AAC) would only be waited for. */
export const PRE_CONNECT_FORMAT = 'audio/webm;codecs=opus';

/** Milliseconds of each piece. */
const PIECE_MS = 100;

/** Milliseconds that are kept at most: LiveKit's client waits that long for an agent to send them to. */
const MOST_MS = 10_000;

/** Words being recorded, or recorded and not sent yet. */
export class PreConnectRecording {
  /** The recording, as it grows; closed with its end. */
  readonly bytes: ReadableStream<Uint8Array>;
  readonly #recorder: MediaRecorder;
  readonly #limit: ReturnType<typeof setTimeout>;

  private constructor(track: MediaStreamTrack) {
    const recorder = new MediaRecorder(new MediaStream([track]), { mimeType: PRE_CONNECT_FORMAT });
    this.#recorder = recorder;
    this.bytes = new ReadableStream({
      start(controller) {
        // The last piece comes with the end: it is waited for.
        let read: Promise<unknown> = Promise.resolve();
        recorder.ondataavailable = ({ data }) => {
          const bytes = data.arrayBuffer();
          read = read.then(async () => controller.enqueue(new Uint8Array(await bytes)));
        };
        recorder.onstop = () => void read.then(() => controller.close());
      },
    });
    recorder.start(PIECE_MS);
    this.#limit = setTimeout(() => this.stop(), MOST_MS);
  }

  /** Records from now on; undefined where the browser cannot. */
  static of(track: MediaStreamTrack): PreConnectRecording | undefined {
    if (!globalThis.MediaRecorder?.isTypeSupported(PRE_CONNECT_FORMAT)) return undefined;
    return new PreConnectRecording(track);
  }

  /** Whether nothing is recorded any more. */
  get over(): boolean {
    return this.#recorder.state === 'inactive';
  }

  stop(): void {
    clearTimeout(this.#limit);
    if (!this.over) this.#recorder.stop();
  }
}
