// Audio output of a call: plays every voice in the room through the one element unlocked by the click, measures the level
// of the voices on the stage, and plays the two tones. What the browser blocks or stops is played again, or on another click.
import { type RemoteTrack, type Room, RoomEvent } from 'livekit-client';
import type { AudioOutput } from '@/components/audio/call-audio';
import { Meter, playTone } from '@/components/audio/meter';
import { currentSettings } from '@/components/settings/settings-store';
import { createStore, type Store } from '@/components/ui/store';
import { AVATAR_ATTRIBUTE } from '@/lib/livekit/attributes';

/** Milliseconds after which stopped playback is resumed again: a phone that stops it at once needs it for something else. */
const RESUME_MS = 1_000;

export class AgentVoice {
  readonly meter: Meter;
  /**
   * Whether the browser does not play the voices. LiveKit's own `canPlaybackAudio` is also false while an audio context starts,
   * which no voice is played through.
   */
  readonly blocked: Store<boolean> = createStore(false);
  /** Whose voice each track is. */
  readonly #voices = new Map<RemoteTrack, string>();
  #onStage: readonly string[] = [];
  /** When playback was last resumed, in milliseconds of `performance.now()`. */
  #resumedAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly output: AudioOutput,
    room: Room,
  ) {
    this.meter = new Meter(output.context);
    room.on(RoomEvent.TrackSubscribed, (track, _, { identity, attributes }) =>
      this.#play(track, attributes[AVATAR_ATTRIBUTE] || identity),
    );
    room.on(RoomEvent.TrackUnsubscribed, (track) => this.#drop(track));
    output.speaker.addEventListener('pause', this.#onPause);
    output.context?.addEventListener('statechange', this.#resumeContext);
    document.addEventListener('visibilitychange', this.#onShown);
  }

  /** Plays a subscribed track of a participant, or of its avatar. */
  #play(track: RemoteTrack, identity: string): void {
    if (track.kind !== 'audio') return;
    this.#voices.set(track, identity);
    const tracks = [...this.#voices.keys()].map(({ mediaStreamTrack }) => mediaStreamTrack);
    // A new stream: Chromium does not play a track that is added to one behind another.
    this.output.speaker.srcObject = new MediaStream(tracks);
    this.route(currentSettings().speaker);
    this.#listen();
    void this.#start();
  }

  /** Releases a track that is no longer subscribed. */
  #drop(track: RemoteTrack): void {
    if (!this.#voices.delete(track)) return;
    const { srcObject } = this.output.speaker;
    if (srcObject instanceof MediaStream) srcObject.removeTrack(track.mediaStreamTrack);
    if (this.#voices.size === 0) this.blocked.set(false);
    this.#listen();
  }

  /** Sets whose voices drive the visualizer, by identity. */
  stage(identities: readonly string[]): void {
    if (identities.join() === this.#onStage.join()) return;
    this.#onStage = identities;
    this.#listen();
  }

  #listen(): void {
    const shown = [...this.#voices].filter(([, identity]) => this.#onStage.includes(identity));
    this.meter.listen(...shown.map(([track]) => track.mediaStreamTrack));
  }

  /** Sends the audio to this speaker, "" for the system default, if the browser supports it. */
  route(deviceId: string): void {
    const { speaker } = this.output;
    if ('setSinkId' in speaker) void speaker.setSinkId(deviceId).catch(() => {});
  }

  /** Starts blocked playback. Must be called in a click. */
  async unblock(): Promise<void> {
    this.#resumeContext();
    await this.#start();
  }

  /** Plays the voices, as far as the browser lets it. */
  async #start(): Promise<void> {
    const { speaker } = this.output;
    if (this.#voices.size === 0) return;
    const playing = speaker.play();
    // During a phone call iOS answers only when that is over.
    this.blocked.set(speaker.paused);
    // A voice that comes meanwhile starts it again, which is not an error.
    await playing.catch(() => {});
    this.blocked.set(speaker.paused);
  }

  /** The browser has stopped the voices: iOS does for a phone call, Siri, or headphones that are taken off. */
  readonly #onPause = (): void => {
    if (this.#voices.size === 0 || document.hidden) return;
    const now = performance.now();
    const isRepeated = now - this.#resumedAt < RESUME_MS;
    this.#resumedAt = now;
    if (isRepeated) this.blocked.set(true);
    else void this.#start();
  };

  readonly #onShown = (): void => {
    if (document.hidden) return;
    this.#resumeContext();
    if (this.output.speaker.paused) void this.#start();
  };

  /** Levels and tones go on after an interruption. It waits for permission, which the browser may never give. */
  readonly #resumeContext = (): void => {
    const { context } = this.output;
    if (!context || context.state === 'running' || context.state === 'closed') return;
    void context.resume().catch(() => {});
  };

  /** Plays the tone for joining, unless tones are off. */
  joined(): void {
    if (currentSettings().sounds) playTone(this.output.context, 'joined');
  }

  /** Closes the audio output, with the tone for leaving if there was a call. */
  close(hadCall: boolean): void {
    const { context, speaker } = this.output;
    document.removeEventListener('visibilitychange', this.#onShown);
    speaker.removeEventListener('pause', this.#onPause);
    this.meter.listen();
    speaker.srcObject = null;
    speaker.remove();
    const tone = hadCall && currentSettings().sounds ? playTone(context, 'ended') : 0;
    setTimeout(() => void context?.close().catch(() => {}), tone);
  }
}
