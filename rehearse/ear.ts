// What a caller hears of one agent: its sound with when it came, parted into stretches of speech.
import { AudioStream, type RemoteTrack } from '@livekit/rtc-node';
import { fromPcm16, padded } from '../agent/speech/pcm';
import { joined, RATE, samplesOf } from './sounds';

/** Sample value (of 32767) that counts as sound, as in `scripts/bench/support/stretches.ts`. */
const LOUD = 300;
/** Milliseconds of quiet inside speech: longer ones part it. */
const PAUSE_MS = 700;
/** Milliseconds: what is shorter is a click, not a word. */
const WORD_MS = 60;
/** Milliseconds kept around a stretch: words begin and end softly. */
const AROUND_MS = 160;

/** A frame as it came. */
interface Frame {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly data: Int16Array;
  readonly loud: boolean;
}

/** Speech without a longer pause. */
export interface Stretch {
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
  /** At {@link RATE}. */
  readonly sound: Float32Array;
}

export class Ear {
  #frames: Frame[] = [];

  /** When it last heard something; NaN where it never did. */
  lastAt = Number.NaN;

  /** Listens until the track ends. */
  async listen(track: RemoteTrack): Promise<void> {
    try {
      for await (const { data } of new AudioStream(track, RATE, 1)) {
        const loud = data.some((sample) => Math.abs(sample) > LOUD);
        const at = Date.now();
        if (loud) this.lastAt = at;
        this.#frames.push({ at, data: data.slice(), loud });
      }
    } catch {
      // The call is over.
    }
  }

  /** Forgets what was before that moment. */
  forgetBefore(at: number): void {
    this.#frames = this.#frames.filter((frame) => frame.at >= at);
  }

  /** Speech that was heard from that moment on, in order. */
  stretches(since: number): Stretch[] {
    const frames = this.#frames.filter(({ at }) => at >= since);
    const groups: { from: number; to: number }[] = [];
    for (const [at, frame] of frames.entries()) {
      if (!frame.loud) continue;
      const last = groups.at(-1);
      const lastAt = last && (frames[last.to]?.at ?? 0);
      if (last && lastAt !== undefined && frame.at - lastAt < PAUSE_MS) last.to = at;
      else groups.push({ from: at, to: at });
    }
    const timeOf = (at: number) => frames[at]?.at ?? 0;
    return groups
      .filter(({ from, to }) => timeOf(to) - timeOf(from) >= WORD_MS)
      .map(({ from, to }) => ({
        from: timeOf(from),
        to: timeOf(to),
        sound: soundOf(frames, timeOf(from) - AROUND_MS, timeOf(to) + AROUND_MS),
      }));
  }
}

/** The sound between two moments, with some silence around it, as the recogniser likes it. */
function soundOf(frames: readonly Frame[], from: number, to: number): Float32Array {
  const parts = frames
    .filter(({ at }) => at >= from && at <= to)
    .map(({ data }) => fromPcm16(new Uint8Array(data.buffer, data.byteOffset, data.byteLength)));
  return padded(joined(parts), samplesOf(AROUND_MS), samplesOf(AROUND_MS));
}
