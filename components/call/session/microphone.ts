// The caller's microphone in one call: requested, published, muted, held to talk, switched, lost and requested again.
// Without one the call continues as text, so nothing here ends it.
import {
  LocalAudioTrack,
  type LocalTrack,
  type Room,
  RoomEvent,
  Track,
  TrackEvent,
} from 'livekit-client';
import {
  captureConstraints,
  PRE_CONNECT_FORMAT,
  PreConnectRecording,
  requestMicrophone,
} from '@/components/audio/call-audio';
import type { Meter } from '@/components/audio/meter';
import { listDevices, onDeviceChange } from '@/components/ui/browser';
import { createStore } from '@/components/ui/store';
import { type MicProblem, micProblem } from '@/lib/call/mic-problem';
import type { Talk } from '@/lib/call/settings';
import { LIVE_AUDIO_TOPIC } from '@/lib/livekit/pre-connect-audio';

/**
 * Milliseconds to keep recording after the agent hears live audio, so that it can align the two. Measured on two busy
 * cores: for the first half second, live audio arrives unevenly and is padded.
 */
const OVERLAP_MS = 700;

/** For LiveKit's parameters: the types of its own tracks do not fit them under `exactOptionalPropertyTypes` (2.23). */
const asLocalTrack = (track: LocalAudioTrack) => track as LocalTrack;

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

export interface MicState {
  /** off: not requested, because the caller types. */
  readonly status: 'off' | 'asking' | 'on' | 'muted' | 'problem';
  readonly problem: MicProblem | undefined;
  /** The device in use, which may differ from the requested one. */
  readonly deviceId: string;
  readonly devices: readonly { readonly id: string; readonly label: string }[];
}

export class Microphone {
  readonly state = createStore<MicState>({
    status: 'off',
    problem: undefined,
    deviceId: '',
    devices: [],
  });
  /** Ids of all tracks published in this call: a republished track gets a new id. */
  readonly trackIds = new Set<string>();
  #local: CallerTrack | undefined;
  /** Whether pre-connect audio is recorded. */
  #recordsPreConnect = false;
  /** Published in this room, or being published. */
  #published = false;
  #closed = false;
  readonly #unfollowDevices: () => void;

  constructor(
    private readonly room: Room,
    private readonly meter: Meter,
    private talk: Talk,
  ) {
    this.#unfollowDevices = onDeviceChange(this.#listDevices);
    room.on(RoomEvent.DataReceived, (_payload, from, _kind, topic) => {
      if (topic === LIVE_AUDIO_TOPIC && from?.isAgent) this.#local?.heard();
    });
  }

  /**
   * Uses the requested microphone and publishes it once the room is connected.
   * @param words the recording since it was opened
   */
  async take(
    pending: Promise<MediaStreamTrack>,
    deviceId: string,
    words?: Promise<PreConnectRecording | undefined>,
  ): Promise<void> {
    this.#patch({ status: 'asking', problem: undefined });
    try {
      const track = await pending;
      if (this.#closed) return track.stop();
      // The device for reopening the track; never one that is gone.
      const got = track.getSettings().deviceId === deviceId ? deviceId : '';
      const local = new CallerTrack(track, captureConstraints(got), false);
      const kept = await words;
      if (this.#recordsPreConnect) local.recordPreConnect(kept);
      else kept?.stop();
      local.on(TrackEvent.Muted, this.#sync).on(TrackEvent.Unmuted, this.#sync);
      local.on(TrackEvent.Restarted, this.#sync).on(TrackEvent.Ended, this.#sync);
      local.on(TrackEvent.UpstreamPaused, this.#sync).on(TrackEvent.UpstreamResumed, this.#sync);
      this.#local = local;
      if (this.talk === 'push') await local.mute();
      this.#sync();
      await this.publish();
      await this.#listDevices();
    } catch (error) {
      await this.#drop();
      this.#patch({ status: 'problem', problem: micProblem(error) });
    }
  }

  /** Records for the next agent from now on; LiveKit's client delivers the recording. */
  recordPreConnect(): void {
    this.#recordsPreConnect = true;
    this.#local?.recordPreConnect();
  }

  /** Stops recording pre-connect audio. */
  discardPreConnect(): void {
    this.#recordsPreConnect = false;
    this.#local?.discardPreConnect();
  }

  /** Publishes the microphone if both it and the room are ready; called for both. */
  async publish(): Promise<void> {
    if (!this.#local || this.#published || this.room.state !== 'connected') return;
    this.#published = true;
    try {
      const publication = await this.room.localParticipant.publishTrack(asLocalTrack(this.#local), {
        source: Track.Source.Microphone,
      });
      this.trackIds.add(publication.trackSid);
    } catch {
      this.#published = false;
      if (!this.#closed) this.#patch({ status: 'problem', problem: 'unknown' });
    }
  }

  /** Publishes the same microphone in another room, muted if it was. */
  async republish(): Promise<void> {
    this.#published = false;
    await this.publish();
  }

  /** Requests a microphone again, or another one. */
  async choose(deviceId: string): Promise<void> {
    if (!this.#local || this.state.get().status === 'problem') {
      await this.#drop();
      return this.take(requestMicrophone(deviceId), deviceId);
    }
    try {
      await this.#local.setDeviceId(deviceId && { exact: deviceId });
      this.#sync();
    } catch (error) {
      this.#patch({ status: 'problem', problem: micProblem(error) });
    }
  }

  /** Switches to the device of the settings; a microphone that is off stays off. */
  async follow(deviceId: string): Promise<void> {
    if (this.state.get().status !== 'off') await this.choose(deviceId);
  }

  /**
   * Changes how the caller talks. With text only the microphone is closed; from text only it stays off until the
   * caller turns it on, because browsers may ask for it.
   */
  async talkBy(talk: Talk): Promise<void> {
    this.talk = talk;
    if (talk !== 'text') return this.setMuted(talk === 'push');
    await this.#drop();
    this.meter.listen();
    this.#patch({ status: 'off', problem: undefined });
  }

  /** Mutes the microphone, or makes it heard. With push to talk: while the button is held. */
  async setMuted(muted: boolean): Promise<void> {
    try {
      if (muted) await this.#local?.mute();
      else await this.#local?.unmute();
    } catch (error) {
      // Unmuting reopens the device, which may be gone.
      this.#patch({ status: 'problem', problem: micProblem(error) });
    }
  }

  stop(): void {
    this.#closed = true;
    this.#unfollowDevices();
    this.meter.listen();
    this.#local?.stop();
  }

  async #drop(): Promise<void> {
    const local = this.#local;
    this.#local = undefined;
    local?.removeAllListeners();
    if (local && this.#published)
      await this.room.localParticipant.unpublishTrack(asLocalTrack(local)).catch(() => undefined);
    this.#published = false;
    local?.stop();
  }

  /** Updates the state from the track. */
  readonly #sync = (): void => {
    const local = this.#local;
    if (!local || this.#closed) return;
    const track = local.mediaStreamTrack;
    const gone = track.readyState === 'ended';
    // LiveKit's client stops sending when the device has been silent for 5 s.
    const paused = local.isUpstreamPaused && !local.isMuted;
    this.meter.listen(...(gone || local.isMuted ? [] : [track]));
    this.#patch({
      status: gone || paused ? 'problem' : local.isMuted ? 'muted' : 'on',
      problem: gone ? 'lost' : paused ? 'paused' : undefined,
      deviceId: track.getSettings().deviceId ?? '',
    });
    if (local.sid) this.trackIds.add(local.sid);
  };

  readonly #listDevices = async (): Promise<void> => {
    const devices = (await listDevices())
      .filter(({ kind, deviceId }) => kind === 'audioinput' && deviceId !== '')
      .map(({ deviceId: id, label }) => ({ id, label }));
    if (!this.#closed) this.#patch({ devices });
  };

  #patch(change: Partial<MicState>): void {
    this.state.set({ ...this.state.get(), ...change });
  }
}
