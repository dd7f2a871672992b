// The caller's microphone as a track that passes on pre-connect audio. LiveKit's client sends it to the first agent,
// but its own recorder starts later and drops the last chunk, so it is given ours.
import { LocalAudioTrack } from 'livekit-client';
import { PRE_CONNECT_FORMAT, PreConnectRecording } from './pre-connect-recording';

/**
 * Milliseconds to keep recording after the agent hears live audio, so that it can align the two. Measured on two busy
 * cores: for the first half second, live audio arrives unevenly and is padded.
 */
const OVERLAP_MS = 700;

/**
 * Milliseconds to keep recording after LiveKit reports the subscription, for agents that do not report when they
 * hear: live audio arrives up to 700 ms later. Workers wait for 3 s.
 */
const SUBSCRIBED_MS = 1_500;

export class CallerTrack extends LocalAudioTrack {
  #words: PreConnectRecording | undefined;
  #heard = false;
  #ending: ReturnType<typeof setTimeout> | undefined;

  /** Records from now on, or continues `words`. */
  recordPreConnect(words = PreConnectRecording.of(this.mediaStreamTrack)): void {
    this.discardPreConnect();
    this.#heard = false;
    this.#words = words;
  }

  /** Discards the recording. */
  discardPreConnect(): void {
    clearTimeout(this.#ending);
    this.#words?.stop();
    this.#words = undefined;
  }

  /** The agent hears live audio. May be called more than once. */
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

  /** Called by LiveKit's client when the track is subscribed to, before live audio arrives. */
  override stopPreConnectBuffer(): void {
    if (!this.#heard) this.#endIn(SUBSCRIBED_MS);
  }

  #endIn(ms: number): void {
    clearTimeout(this.#ending);
    this.#ending = setTimeout(() => this.#words?.stop(), ms);
  }
}
