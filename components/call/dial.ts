// What has to happen inside the click itself: browsers let a page listen, sound and count as
// "started by the person" only then. The rest of the call is loaded while this is under way.
import { errorName, InsecureContextError } from '@/lib/call/mic-problem';
import { PreConnectRecording } from './pre-connect-recording';

/** What was opened in the click to be heard. */
export interface Sound {
  /** Plays the agent's voice. Made and started in the click, so that it may sound. */
  readonly speaker: HTMLAudioElement;
  /** For levels and tones. */
  readonly audio: AudioContext;
}

/** What was opened in the click. */
export interface Dial extends Sound {
  /** The caller's microphone, being asked for. Rejects with what `getUserMedia` gives. */
  readonly microphone: Promise<MediaStreamTrack>;
  /** What is said into it from the moment it opens, where the browser can keep that. */
  readonly words: Promise<PreConnectRecording | undefined>;
}

/** How the microphone is captured, here and whenever it is asked for again. */
export function captureOf(deviceId: string): MediaTrackConstraints {
  return {
    // "exact": Chromium passes over an "ideal" device in favour of its default one.
    ...(deviceId && { deviceId: { exact: deviceId } }),
    echoCancellation: true,
    noiseSuppression: true,
    autoGainControl: true,
  };
}

/**
 * Asks for the microphone; one that is gone is replaced by the system's choice.
 * @throws {InsecureContextError} where the browser gives pages of this kind none
 */
export async function askMicrophone(deviceId: string): Promise<MediaStreamTrack> {
  if (!navigator.mediaDevices?.getUserMedia) throw new InsecureContextError();
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: captureOf(deviceId) });
    const [track] = stream.getAudioTracks();
    if (track) return track;
  } catch (error) {
    const gone = errorName(error) === 'OverconstrainedError';
    if (gone && deviceId !== '') return askMicrophone('');
    throw error;
  }
  throw new DOMException('No audio track', 'NotFoundError');
}

/** Asks for the microphone, and keeps what is said into it; to be called in the click. */
export function openMicrophone(deviceId: string): Omit<Dial, keyof Sound> {
  const microphone = askMicrophone(deviceId);
  // A refusal is handled where the microphone is used; till then it would be reported as unhandled.
  const words = microphone.then(PreConnectRecording.of).catch(() => undefined);
  return { microphone, words };
}

/** Opens the sound; to be called in the click, before anything is awaited. */
export function openSound(): Sound {
  const audio = new AudioContext();
  void audio.resume();
  const speaker = new Audio();
  speaker.hidden = true;
  document.body.append(speaker);
  // An element that was told to play in a click may play whatever it is given later.
  speaker.srcObject = audio.createMediaStreamDestination().stream;
  void speaker.play().catch(() => {});
  return { speaker, audio };
}

/** Gives everything back, also a microphone that is granted only afterwards. */
export function hangUp({ speaker, audio, microphone }: Sound & Partial<Dial>): void {
  speaker.srcObject = null;
  speaker.remove();
  microphone?.then((track) => track.stop()).catch(() => {});
  void audio.close().catch(() => {});
}
