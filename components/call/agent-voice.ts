// The sound of a call: every voice in the room through elements that may sound since the click, how
// loud those on the stage are, and the two tones. What the browser holds back can be let through by
// a further click.
import { type RemoteTrack, type Room, RoomEvent } from 'livekit-client';
import { currentSettings } from '@/components/settings/settings-store';
import type { Dial } from './dial';
import { Meter } from './meter';
import { playTone } from './tones';

interface Playing {
  readonly identity: string;
  readonly element: HTMLAudioElement;
}

export class AgentVoice {
  readonly meter: Meter;
  readonly #playing = new Map<RemoteTrack, Playing>();
  #onStage: readonly string[] = [];

  constructor(
    private readonly dial: Dial,
    private readonly room: Room,
  ) {
    this.meter = new Meter(dial.audio);
    room.on(RoomEvent.TrackSubscribed, (track, _, { identity }) => this.#play(track, identity));
    room.on(RoomEvent.TrackUnsubscribed, (track) => this.#drop(track));
  }

  /** Plays a subscribed track; a second one at the same time gets an element of its own. */
  #play(track: RemoteTrack, identity: string): void {
    if (track.kind !== 'audio') return;
    const { speaker } = this.dial;
    const taken = [...this.#playing.values()].some(({ element }) => element === speaker);
    if (!taken) speaker.srcObject = null;
    const element = taken ? new Audio() : speaker;
    track.attach(element);
    this.#playing.set(track, { identity, element });
    this.route(currentSettings().speaker);
    this.#listen();
  }

  /** Lets go of a track that is no longer subscribed. */
  #drop(track: RemoteTrack): void {
    if (!this.#playing.delete(track)) return;
    track.detach();
    this.#listen();
  }

  /** Whose voices move the light: those of these identities. */
  stage(identities: readonly string[]): void {
    if (identities.join() === this.#onStage.join()) return;
    this.#onStage = identities;
    this.#listen();
  }

  #listen(): void {
    const shown = [...this.#playing].filter(([, { identity }]) => this.#onStage.includes(identity));
    this.meter.listen(...shown.map(([track]) => track.mediaStreamTrack));
  }

  /** Sends the voices to this speaker, "" for the system's, where the browser can. */
  route(deviceId: string): void {
    for (const { element } of this.#playing.values()) {
      if ('setSinkId' in element) void element.setSinkId(deviceId).catch(() => {});
    }
  }

  /** Sounds what the browser held back; to be called in a click. */
  async unblock(): Promise<void> {
    await this.dial.audio.resume().catch(() => {});
    await this.room.startAudio().catch(() => {});
  }

  /** The tone of joining, unless tones are off. */
  joined(): void {
    if (currentSettings().sounds) playTone(this.dial.audio, 'joined');
  }

  /** Closes the sound, with the tone of leaving where there was a call. */
  close(hadCall: boolean): void {
    const { audio, speaker } = this.dial;
    this.meter.listen();
    speaker.srcObject = null;
    speaker.remove();
    const tone = hadCall && currentSettings().sounds ? playTone(audio, 'ended') : 0;
    setTimeout(() => void audio.close().catch(() => {}), tone);
  }
}
