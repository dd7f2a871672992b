// What: keeps the agent's unplayed audio over a pause.
// Why: the framework queues a second ahead (agent/call/job.ts). On a pause it discards that queue or, if a whole
// sentence has been queued, does not pause at all.
// Upstream: none reported for the queue; https://github.com/livekit/agents-js/issues/1909 is about speech that was not
// begun. `pause` of the room's output would have to keep what `AudioSource` has not played.
import { log, type voice } from '@livekit/agents';
import { type AudioFrame, AudioSource } from '@livekit/rtc-node';

type Output = Pick<voice.AudioOutput, 'pause' | 'resume' | 'clearBuffer'>;

const msOf = ({ samplesPerChannel, sampleRate }: AudioFrame) =>
  (samplesPerChannel * 1_000) / sampleRate;

/** The last frames with a total length of `ms`; a partly played frame counts as played. */
export function lastOf(frames: readonly AudioFrame[], ms: number): AudioFrame[] {
  const last: AudioFrame[] = [];
  let length = 0;
  for (const frame of frames.toReversed()) {
    length += msOf(frame);
    if (length > ms) break;
    last.unshift(frame);
  }
  return last;
}

/**
 * Makes `output` keep the queue of `source` while it is paused.
 * @param given called with each frame that is given to the source, as the promise that it is taken
 */
export function keepUnplayed(
  output: Output,
  source: AudioSource,
  given: (taken: Promise<unknown>) => void = () => {},
): void {
  const { pause, resume, clearBuffer } = output;
  const { captureFrame, waitForPlayout } = source;
  /** Frames that may still be in the queue. */
  let queued: AudioFrame[] = [];
  /** The queue's content at the pause. */
  let held: AudioFrame[] = [];
  let release = () => {};
  let released = Promise.resolve();
  /** The source accepts no further frame while one waits for a full queue. */
  let taking: Promise<void> | undefined;
  /** Resolves when the held frames are back in the source; later frames wait for it. */
  let refilled: Promise<unknown> = Promise.resolve();
  /** Frames about to be given back to the source. */
  let returning: AudioFrame[] = [];

  const discardHeld = () => {
    held = [];
    release();
  };

  const enqueue = (frame: AudioFrame) => {
    queued = [...lastOf(queued, source.queueSize), frame];
    const taken = captureFrame.call(source, frame);
    given(taken);
    const settled = () => {
      if (taking === mine) taking = undefined;
    };
    const mine = taken.then(settled, settled);
    taking = mine;
    return taken;
  };
  // Given back immediately and in order, before later frames.
  const refill = () => Promise.all(returning.splice(0).map(enqueue));

  source.captureFrame = async (frame) => {
    await refilled;
    await enqueue(frame);
  };
  source.waitForPlayout = async () => {
    await released;
    await refilled;
    await waitForPlayout.call(source);
  };
  output.pause = () => {
    pause.call(output);
    const unplayed = lastOf(queued, source.queuedDuration);
    // Already paused, or nothing to keep: the audio has really ended.
    if (held.length > 0 || unplayed.length === 0) return;
    held = unplayed;
    queued = [];
    source.clearQueue();
    released = new Promise((resolve) => {
      release = resolve;
    });
  };
  output.resume = () => {
    // The framework also resumes outputs that were not paused.
    if (held.length > 0) {
      returning = held;
      refilled = (taking ? taking.then(refill) : refill()).catch((error) =>
        log().warn({ error }, 'part of the held audio was lost'),
      );
    }
    discardHeld();
    resume.call(output);
  };
  output.clearBuffer = () => {
    returning = [];
    discardHeld();
    clearBuffer.call(output);
  };
}

/** A part of the framework's output chain, as in `voice/io.js` and `voice/room_io/_output.js` (1.9.0). */
interface Link extends Output {
  readonly nextInChain?: Link;
  readonly audioSource?: unknown;
}

/** The same for the output of a started session. */
export function keepUnplayedAudio(
  session: voice.AgentSession,
  given?: (taken: Promise<unknown>) => void,
): void {
  let link = session.output.audio as unknown as Link | undefined;
  while (link && !(link.audioSource instanceof AudioSource)) link = link.nextInChain;
  if (link?.audioSource instanceof AudioSource) keepUnplayed(link, link.audioSource, given);
  else
    log().warn(
      'unplayed audio will be lost at a pause: the output chain of this framework version is different',
    );
}
