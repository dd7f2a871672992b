// Records pre-connect audio: what the caller says before an agent hears it. Loaded with the page, because there is no
// time to load more after the click.

/** The only format that workers can read. Other browsers' AAC would only delay the agent. */
export const PRE_CONNECT_FORMAT = 'audio/webm;codecs=opus';

/** Chunk length in milliseconds. */
const CHUNK_MS = 100;

/** Maximum length in milliseconds: LiveKit's client waits this long for an agent. */
const MAX_MS = 10_000;

/** A recording, in progress or not sent yet. */
export class PreConnectRecording {
  /** The recorded bytes; closed at the end. */
  readonly bytes: ReadableStream<Uint8Array>;
  readonly #recorder: MediaRecorder;
  readonly #limit: ReturnType<typeof setTimeout>;

  private constructor(track: MediaStreamTrack) {
    const recorder = new MediaRecorder(new MediaStream([track]), { mimeType: PRE_CONNECT_FORMAT });
    this.#recorder = recorder;
    this.bytes = new ReadableStream({
      start(controller) {
        // The last chunk arrives after the recorder has stopped, so closing waits for it.
        let read: Promise<unknown> = Promise.resolve();
        recorder.ondataavailable = ({ data }) => {
          const bytes = data.arrayBuffer();
          read = read.then(async () => controller.enqueue(new Uint8Array(await bytes)));
        };
        recorder.onstop = () => void read.then(() => controller.close());
      },
    });
    recorder.start(CHUNK_MS);
    this.#limit = setTimeout(() => this.stop(), MAX_MS);
  }

  /** Starts recording; undefined if the browser does not support it. */
  static of(track: MediaStreamTrack): PreConnectRecording | undefined {
    if (!globalThis.MediaRecorder?.isTypeSupported(PRE_CONNECT_FORMAT)) return undefined;
    return new PreConnectRecording(track);
  }

  /** Whether the recording has stopped. */
  get over(): boolean {
    return this.#recorder.state === 'inactive';
  }

  stop(): void {
    clearTimeout(this.#limit);
    if (!this.over) this.#recorder.stop();
  }
}
