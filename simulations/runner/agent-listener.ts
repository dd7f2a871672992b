// What a caller hears of one agent: audio with its times, split into segments of speech.
import { AudioStream, type RemoteTrack } from '@livekit/rtc-node';
import { fromPcm16, padded } from '../../agent/speech/pcm';
import { joined, RATE, samplesOf } from './sounds';

/** Sample value (of 32767) that counts as audible, as in `scripts/bench/support/speech-segments.ts`. */
const LOUD = 300;
/** Milliseconds of silence that split speech into segments. */
const PAUSE_MS = 700;
/** Shortest segment in milliseconds: shorter ones are clicks. */
const WORD_MS = 60;
/** Milliseconds kept around a segment, because words begin and end softly. */
const AROUND_MS = 160;

/** An audio frame. */
interface Frame {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly data: Int16Array;
  readonly loud: boolean;
}

/** A segment of speech. */
export interface SpeechSegment {
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
  /** At {@link RATE}. */
  readonly sound: Float32Array;
}

export class AgentListener {
  #frames: Frame[] = [];

  /** When it was last audible; NaN if never. */
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
      // The call has ended.
    }
  }

  /** Discards audio before that moment. */
  forgetBefore(at: number): void {
    this.#frames = this.#frames.filter((frame) => frame.at >= at);
  }

  /** Segments from that moment on, in order. */
  segments(since: number): SpeechSegment[] {
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

/** The audio between two moments with some silence around it, which improves recognition. */
function soundOf(frames: readonly Frame[], from: number, to: number): Float32Array {
  const parts = frames
    .filter(({ at }) => at >= from && at <= to)
    .map(({ data }) => fromPcm16(new Uint8Array(data.buffer, data.byteOffset, data.byteLength)));
  return padded(joined(parts), samplesOf(AROUND_MS), samplesOf(AROUND_MS));
}
