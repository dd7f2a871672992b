// The caller's microphone as a track that hands over what was said before anybody heard it. LiveKit's
// client sends it to the first agent; its own recorder begins later and drops its last piece, so it is
// given ours in its place.
import { LocalAudioTrack } from 'livekit-client';
import { PRE_CONNECT_FORMAT, PreConnectRecording } from './pre-connect-recording';

/**
 * Milliseconds recorded after the agent hears the live sound: it finds the seam in what both carry. Measured on
 * two busy cores: for its first half second live sound comes unevenly, and is filled up with itself.
 */
const OVERLAP_MS = 700;

/**
 * Milliseconds of recording after LiveKit says that the track is subscribed to, for an agent that does
 * not say when it hears: live sound comes up to 700 ms later. Workers wait for 3 s.
 */
const UNTOLD_MS = 1_500;

export class CallerTrack extends LocalAudioTrack {
  #words: PreConnectRecording | undefined;
  #heard = false;
  #ending: ReturnType<typeof setTimeout> | undefined;

  /** Keeps what is said from now on, or goes on with `words`. */
  recordPreConnect(words = PreConnectRecording.of(this.mediaStreamTrack)): void {
    this.forgetWords();
    this.#heard = false;
    this.#words = words;
  }

  /** Keeps nothing any more. */
  forgetWords(): void {
    clearTimeout(this.#ending);
    this.#words?.stop();
    this.#words = undefined;
  }

  /** The agent hears the live sound; told more than once. */
  heard(): void {
    if (this.#heard) return;
    this.#heard = true;
    this.#endIn(OVERLAP_MS);
  }

  override get hasPreConnectBuffer(): boolean {
    return this.#words?.over === false;
  }

  override getPreConnectBuffer(): ReadableStream<Uint8Array> | undefined {
    return this.#words?.bytes;
  }

  override getPreConnectBufferMimeType(): string {
    return PRE_CONNECT_FORMAT;
  }

  /** Called by the client when somebody subscribes to the track, before the live sound reaches them. */
  override stopPreConnectBuffer(): void {
    if (!this.#heard) this.#endIn(UNTOLD_MS);
  }

  #endIn(ms: number): void {
    clearTimeout(this.#ending);
    this.#ending = setTimeout(() => this.#words?.stop(), ms);
  }
}
