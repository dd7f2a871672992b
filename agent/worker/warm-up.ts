// What a call does for the first time takes longest: parts of it are done once, for nobody, while the process
// waits. Of the call's beginning it takes off 40 ms, and as much again of the processor's time.

import { ReadableStream } from 'node:stream/web';
import { voice } from '@livekit/agents';
import { AudioFrame, AudioSource, LocalAudioTrack } from '@livekit/rtc-node';

/** Samples a second, and of the one frame that is said. */
const RATE = 24_000;
const FRAME = RATE / 20;
/**
 * LiveKit's library makes itself ready with its first track. This one is given back, since kept it would wake
 * the process a hundred times a second.
 */
export async function warmUpSound(): Promise<void> {
  const track = LocalAudioTrack.createAudioTrack('warm-up', new AudioSource(RATE, 1));
  await track.close();
}

/** Plays at once what is said to nobody. */
class Nobody extends voice.AudioOutput {
  #said = false;

  override async captureFrame(frame: AudioFrame): Promise<void> {
    await super.captureFrame(frame);
    if (!this.#said) this.onPlaybackStarted(Date.now());
    this.#said = true;
  }

  override flush(): void {
    super.flush();
    if (this.#said) this.onPlaybackFinished({ playbackPosition: 0, interrupted: false });
    this.#said = false;
  }

  override clearBuffer(): void {
    // Nothing is kept.
  }
}

/**
 * Starts a session without a room, without ears and without a mind, and says one silent frame. It is left as it
 * is: nothing of it runs any more, and its end would be told in the log as if somebody had been cut off.
 */
export async function warmUpSession(): Promise<void> {
  const session = new voice.AgentSession({
    aecWarmupDuration: null,
    userAwayTimeout: null,
    turnHandling: { turnDetection: 'manual' },
  });
  session.output.audio = new Nobody(RATE, undefined, { pause: true });
  await session.start({ agent: new voice.Agent({ instructions: '' }), record: false });
  const frame = new AudioFrame(new Int16Array(FRAME), RATE, 1, FRAME);
  await session.say('Yes.', { audio: ReadableStream.from([frame]) }).waitForPlayout();
}
