// What the agent has handed over but nobody has heard yet is said after a pause, not lost. The framework
// hands a second ahead (agent/call/job.ts); when it pauses it throws that away, or, where all of a sentence
// has been handed over, does not pause at all.
import { log, type voice } from '@livekit/agents';
import { type AudioFrame, AudioSource } from '@livekit/rtc-node';

/** Where sound goes, as far as it is needed here. */
type Output = Pick<voice.AudioOutput, 'pause' | 'resume' | 'clearBuffer'>;

const msOf = ({ samplesPerChannel, sampleRate }: AudioFrame) =>
  (samplesPerChannel * 1_000) / sampleRate;

/** The last frames that are `ms` long together; a frame that was begun counts as heard. */
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

/** Makes `output` keep, while it is paused, what is in the queue of `source`. */
export function holdUnheard(output: Output, source: AudioSource): void {
  const { pause, resume, clearBuffer } = output;
  const { captureFrame, waitForPlayout } = source;
  /** Frames of which some may still be in the queue. */
  let handed: AudioFrame[] = [];
  /** What was in it at the pause. */
  let held: AudioFrame[] = [];
  let release = () => {};
  let released = Promise.resolve();
  /** The source takes nothing more while a frame waits for room in its queue. */
  let taking: Promise<void> | undefined;
  /** Until what was held is with the source again: what comes next has to wait. */
  let refilled: Promise<unknown> = Promise.resolve();
  /** What is about to be given back to it. */
  let returning: AudioFrame[] = [];

  const letGo = () => {
    held = [];
    release();
  };

  const hand = (frame: AudioFrame) => {
    handed = [...lastOf(handed, source.queueSize), frame];
    const taken = captureFrame.call(source, frame);
    const settled = () => {
      if (taking === mine) taking = undefined;
    };
    const mine = taken.then(settled, settled);
    taking = mine;
    return taken;
  };
  // Handed over at once, in order, before what comes next.
  const refill = () => Promise.all(returning.splice(0).map(hand));

  source.captureFrame = async (frame) => {
    await refilled;
    await hand(frame);
  };
  source.waitForPlayout = async () => {
    await released;
    await refilled;
    await waitForPlayout.call(source);
  };
  output.pause = () => {
    pause.call(output);
    const unheard = lastOf(handed, source.queuedDuration);
    // Paused already, or nothing to keep: then the end of what was said is the end.
    if (held.length > 0 || unheard.length === 0) return;
    held = unheard;
    handed = [];
    source.clearQueue();
    released = new Promise((resolve) => {
      release = resolve;
    });
  };
  output.resume = () => {
    // The framework also resumes what was not paused.
    if (held.length > 0) {
      returning = held;
      refilled = (taking ? taking.then(refill) : refill()).catch((error) =>
        log().warn({ error }, 'a part of what was held is lost'),
      );
    }
    letGo();
    resume.call(output);
  };
  output.clearBuffer = () => {
    returning = [];
    letGo();
    clearBuffer.call(output);
  };
}

/** A part of the framework's output, as `voice/io.js` and `voice/room_io/_output.js` (1.9.0) make it. */
interface Link extends Output {
  readonly nextInChain?: Link;
  readonly audioSource?: unknown;
}

/** The same for the sound of a session that has started. */
export function holdUnheardOf(session: voice.AgentSession): void {
  let link = session.output.audio as unknown as Link | undefined;
  while (link && !(link.audioSource instanceof AudioSource)) link = link.nextInChain;
  if (link?.audioSource instanceof AudioSource) holdUnheard(link, link.audioSource);
  else
    log().warn('what is unheard at a pause will be lost: the framework keeps its sound elsewhere');
}
