// The part of a call that must run inside the click, because browsers allow audio and the microphone only then. The
// rest of the code loads meanwhile.
import { errorName, InsecureContextError } from '@/lib/call/mic-problem';
import { PreConnectRecording } from './pre-connect-recording';

/** Audio output opened in the click. */
export interface Sound {
  /** Plays the agent's voice. Created and started in the click, so that playback is allowed. */
  readonly speaker: HTMLAudioElement;
  /** For levels and tones. */
  readonly audio: AudioContext;
}

/** Everything opened in the click. */
export interface Dial extends Sound {
  /** The caller's microphone. Rejects with the error of `getUserMedia`. */
  readonly microphone: Promise<MediaStreamTrack>;
  /** The recording of pre-connect audio, if the browser supports it. */
  readonly words: Promise<PreConnectRecording | undefined>;
}

/** The capture constraints, used whenever a microphone is requested. */
export function captureConstraints(deviceId: string): MediaTrackConstraints {
  return {
    // "exact", because Chromium ignores an "ideal" device in favour of its default.
    ...(deviceId && { deviceId: { exact: deviceId } }),
    echoCancellation: true,
    noiseSuppression: true,
    autoGainControl: true,
  };
}

/**
 * Requests the microphone, or the system default if the device is gone.
 * @throws {InsecureContextError} if the page is not secure
 */
export async function requestMicrophone(deviceId: string): Promise<MediaStreamTrack> {
  if (!navigator.mediaDevices?.getUserMedia) throw new InsecureContextError();
  try {
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: captureConstraints(deviceId),
    });
    const [track] = stream.getAudioTracks();
    if (track) return track;
  } catch (error) {
    const gone = errorName(error) === 'OverconstrainedError';
    if (gone && deviceId !== '') return requestMicrophone('');
    throw error;
  }
  throw new DOMException('No audio track', 'NotFoundError');
}

/** Requests the microphone and records from it. Must be called in the click. */
export function openMicrophone(deviceId: string): Omit<Dial, keyof Sound> {
  const microphone = requestMicrophone(deviceId);
  // The error is handled where the microphone is used; here it would count as unhandled.
  const words = microphone.then(PreConnectRecording.of).catch(() => undefined);
  return { microphone, words };
}

/** Opens the audio output. Must be called in the click, before anything is awaited. */
export function openSound(): Sound {
  const audio = new AudioContext();
  void audio.resume();
  const speaker = new Audio();
  speaker.hidden = true;
  document.body.append(speaker);
  // An element that started playing in a click may later play any source.
  speaker.srcObject = audio.createMediaStreamDestination().stream;
  void speaker.play().catch(() => {});
  return { speaker, audio };
}

/** Releases everything, including a microphone that is granted later. */
export function hangUp({ speaker, audio, microphone }: Sound & Partial<Dial>): void {
  speaker.srcObject = null;
  speaker.remove();
  microphone?.then((track) => track.stop()).catch(() => {});
  void audio.close().catch(() => {});
}
