// Audio output of a call: plays every voice in the room through elements unlocked by the click, measures the level of
// the voices on the stage, and plays the two tones. If the browser blocks playback, another click can unblock it.
import { type RemoteTrack, type Room, RoomEvent, TrackEvent } from 'livekit-client';
import type { AudioOutput } from '@/components/audio/call-audio';
import { Meter, playTone } from '@/components/audio/meter';
import { currentSettings } from '@/components/settings/settings-store';
import { createStore, type Store } from '@/components/ui/store';
import { AVATAR_ATTRIBUTE } from '@/lib/livekit/attributes';

interface Playing {
  readonly identity: string;
  readonly element: HTMLAudioElement;
}

export class AgentVoice {
  readonly meter: Meter;
  /**
   * Whether the browser did not play a voice. LiveKit's own `canPlaybackAudio` is also false while an audio context starts,
   * which no voice is played through.
   */
  readonly blocked: Store<boolean> = createStore(false);
  readonly #playing = new Map<RemoteTrack, Playing>();
  #onStage: readonly string[] = [];

  constructor(
    private readonly output: AudioOutput,
    private readonly room: Room,
  ) {
    this.meter = new Meter(output.context);
    room.on(RoomEvent.TrackSubscribed, (track, _, { identity, attributes }) =>
      this.#play(track, attributes[AVATAR_ATTRIBUTE] || identity),
    );
    room.on(RoomEvent.TrackUnsubscribed, (track) => this.#drop(track));
  }

  /** Plays a subscribed track of a participant, or of its avatar. Each additional track gets its own element. */
  #play(track: RemoteTrack, identity: string): void {
    if (track.kind !== 'audio') return;
    const { speaker } = this.output;
    const taken = [...this.#playing.values()].some(({ element }) => element === speaker);
    if (!taken) speaker.srcObject = null;
    const element = taken ? new Audio() : speaker;
    track.on(TrackEvent.AudioPlaybackFailed, this.#onBlocked);
    track.attach(element);
    this.#playing.set(track, { identity, element });
    this.route(currentSettings().speaker);
    this.#listen();
  }

  /** Releases a track that is no longer subscribed. */
  #drop(track: RemoteTrack): void {
    if (!this.#playing.delete(track)) return;
    track.off(TrackEvent.AudioPlaybackFailed, this.#onBlocked);
    track.detach();
    this.#listen();
  }

  /** Sets whose voices drive the visualizer, by identity. */
  stage(identities: readonly string[]): void {
    if (identities.join() === this.#onStage.join()) return;
    this.#onStage = identities;
    this.#listen();
  }

  #listen(): void {
    const shown = [...this.#playing].filter(([, { identity }]) => this.#onStage.includes(identity));
    this.meter.listen(...shown.map(([track]) => track.mediaStreamTrack));
  }

  /** Sends the audio to this speaker, "" for the system default, if the browser supports it. */
  route(deviceId: string): void {
    for (const { element } of this.#playing.values()) {
      if ('setSinkId' in element) void element.setSinkId(deviceId).catch(() => {});
    }
  }

  readonly #onBlocked = (): void => this.blocked.set(true);

  /** Starts blocked playback. Must be called in a click. */
  async unblock(): Promise<void> {
    // It waits for permission, which the browser may never give.
    void this.output.context?.resume().catch(() => {});
    await this.start();
  }

  /** Plays what is not playing yet, as far as the browser lets it. */
  async start(): Promise<void> {
    const played = await this.room.startAudio().then(
      () => true,
      () => false,
    );
    if (played) this.blocked.set(false);
  }

  /** Plays the tone for joining, unless tones are off. */
  joined(): void {
    if (currentSettings().sounds) playTone(this.output.context, 'joined');
  }

  /** Closes the audio output, with the tone for leaving if there was a call. */
  close(hadCall: boolean): void {
    const { context, speaker } = this.output;
    this.meter.listen();
    speaker.srcObject = null;
    speaker.remove();
    const tone = hadCall && currentSettings().sounds ? playTone(context, 'ended') : 0;
    setTimeout(() => void context?.close().catch(() => {}), tone);
  }
}
