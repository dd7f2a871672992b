// Places the audio of a call on one clock: each voice arrives in frames in real time, sometimes
// late and then many at once. Pure; positions are samples since the start.

/** Maximum samples of drift before a voice is repositioned: 200 ms at 16 kHz. */
const TOLERANCE = 3_200;

/** One side of a recording: audio that is placed and not yet written. */
export class Side {
  #from = 0;
  #mix = new Int32Array(0);

  /** Mixes samples in; audio for a part already written is dropped. */
  add(at: number, samples: Int16Array): void {
    const end = at + samples.length - this.#from;
    if (end > this.#mix.length) {
      const longer = new Int32Array(Math.max(end, this.#mix.length * 2));
      longer.set(this.#mix);
      this.#mix = longer;
    }
    for (let i = Math.max(0, this.#from - at); i < samples.length; i++) {
      const place = at + i - this.#from;
      this.#mix[place] = (this.#mix[place] ?? 0) + (samples[i] as number);
    }
  }

  /** Returns everything up to `end`, with silence in the gaps. Clips overflow. */
  take(end: number): Int16Array {
    const length = Math.max(0, end - this.#from);
    const taken = new Int16Array(length);
    const filled = Math.min(length, this.#mix.length);
    for (let i = 0; i < filled; i++) {
      taken[i] = Math.max(-32_768, Math.min(32_767, this.#mix[i] as number));
    }
    this.#mix = this.#mix.slice(length);
    this.#from += length;
    return taken;
  }
}

/** A frame and its arrival time, which is its end or later. */
interface Frame {
  readonly cameAt: number;
  readonly samples: Int16Array;
}

/** One voice of a side: a track. */
export class Voice {
  #frames: Frame[] = [];
  /** Position of its next sample if it continues without a pause. */
  #next = Number.NEGATIVE_INFINITY;

  constructor(private readonly side: Side) {}

  push(cameAt: number, samples: Int16Array): void {
    this.#frames.push({ cameAt, samples });
  }

  place(): void {
    for (const run of runsOf(this.#frames)) {
      const start = startOf(run);
      // Continues at its position: frames that arrive unevenly are not pauses.
      if (Math.abs(start - this.#next) > TOLERANCE) this.#next = start;
      for (const { samples } of run) {
        this.side.add(this.#next, samples);
        this.#next += samples.length;
      }
    }
    this.#frames = [];
  }
}

/** Groups of frames that may have been spoken without a pause: a pause is a gap in arrivals. */
function runsOf(frames: readonly Frame[]): Frame[][] {
  const runs: Frame[][] = [];
  let last = Number.NEGATIVE_INFINITY;
  for (const frame of frames) {
    if (frame.cameAt - last > TOLERANCE) runs.push([]);
    runs.at(-1)?.push(frame);
    last = frame.cameAt;
  }
  return runs;
}

/** Start of a run: no frame arrives before it is spoken, so the least delayed one decides. */
function startOf(run: readonly Frame[]): number {
  let length = 0;
  let start = Number.POSITIVE_INFINITY;
  for (const { cameAt, samples } of run) {
    length += samples.length;
    start = Math.min(start, cameAt - length);
  }
  return Math.max(0, start);
}

/** Interleaves left and right samples. */
export function interleaved(left: Int16Array, right: Int16Array): Int16Array {
  const both = new Int16Array(left.length * 2);
  for (let i = 0; i < left.length; i++) {
    both[2 * i] = left[i] as number;
    both[2 * i + 1] = right[i] ?? 0;
  }
  return both;
}
