// The part of a call that must run inside the click, because browsers allow audio and the microphone only then. The
// rest of the code loads meanwhile.
import { mediaDevices, microphoneBarrier, openAudioContext } from '@/components/ui/browser';
import { errorName, MicBarrierError } from '@/lib/call/mic-problem';
import type { Settings } from '@/lib/call/settings';

/**
 * The only format that is recorded. Safari before 18.4 records AAC in MP4 alone: workers have no decoder for it, and Ogg or
 * raw samples from no browser. Without a recording the track does not announce one, and the agent does not wait.
 */
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

  /** Starts recording; undefined if the browser does not support it, or does not start. */
  static of(track: MediaStreamTrack): PreConnectRecording | undefined {
    try {
      // Safari 14 has a recorder that cannot be asked.
      if (!MediaRecorder.isTypeSupported(PRE_CONNECT_FORMAT)) return undefined;
      return new PreConnectRecording(track);
    } catch {
      return undefined;
    }
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

/** Audio output opened in the click. */
export interface AudioOutput {
  /** Plays all voices: created and started in the click, so that playback is allowed. iOS would play no other element. */
  readonly speaker: HTMLAudioElement;
  /** For levels and tones; undefined in browsers without them. */
  readonly context: AudioContext | undefined;
}

/** A microphone opened in the click. */
export interface OpenedMicrophone {
  /** The caller's microphone. Rejects with the error of `getUserMedia`. */
  readonly track: Promise<MediaStreamTrack>;
  /** The recording of pre-connect audio, if the browser supports it. */
  readonly recording: Promise<PreConnectRecording | undefined>;
}

/** Everything opened in the click. */
export interface CallAudio extends AudioOutput {
  /** Undefined in a call with text only. */
  readonly microphone: OpenedMicrophone | undefined;
}

/** The capture constraints, used whenever a microphone is requested. */
export function captureConstraints(deviceId: string): MediaTrackConstraints {
  return {
    // "exact", because Chromium ignores an "ideal" device in favor of its default.
    ...(deviceId && { deviceId: { exact: deviceId } }),
    echoCancellation: true,
    noiseSuppression: true,
    autoGainControl: true,
  };
}

/**
 * Requests the microphone, or the system default if the device is gone.
 * @throws {MicBarrierError}, or the error of `getUserMedia`
 */
export async function requestMicrophone(deviceId: string): Promise<MediaStreamTrack> {
  const barrier = microphoneBarrier();
  if (barrier) throw new MicBarrierError(barrier);
  try {
    const stream = await mediaDevices()?.getUserMedia({ audio: captureConstraints(deviceId) });
    const [track] = stream?.getAudioTracks() ?? [];
    if (track) return track;
  } catch (error) {
    const gone = errorName(error) === 'OverconstrainedError';
    if (gone && deviceId !== '') return requestMicrophone('');
    throw error;
  }
  throw new DOMException('No audio track', 'NotFoundError');
}

/** Requests the microphone and records from it. Must be called in the click. */
export function openMicrophone({
  microphone,
  talk,
}: Pick<Settings, 'microphone' | 'talk'>): OpenedMicrophone | undefined {
  if (talk === 'text') return undefined;
  const track = requestMicrophone(microphone).then((opened) => {
    // With push to talk, silence is recorded until the button is held.
    opened.enabled = talk !== 'push';
    return opened;
  });
  // The error is handled where the microphone is used; here it would count as unhandled.
  const recording = track.then(PreConnectRecording.of).catch(() => undefined);
  return { track, recording };
}

/** Opens the audio output. Must be called in the click, before anything is awaited. */
export function openOutput(): AudioOutput {
  const context = openAudioContext();
  void context?.resume();
  const speaker = new Audio();
  speaker.hidden = true;
  document.body.append(speaker);
  // An element that started playing in a click may later play any source.
  if (context) speaker.srcObject = context.createMediaStreamDestination().stream;
  void speaker.play().catch(() => {});
  return { speaker, context };
}

/** Releases everything, including a microphone that is granted later. */
export function closeAudio({
  speaker,
  context,
  microphone,
}: AudioOutput & Partial<CallAudio>): void {
  speaker.srcObject = null;
  speaker.remove();
  microphone?.track.then((track) => track.stop()).catch(() => {});
  void context?.close().catch(() => {});
}
