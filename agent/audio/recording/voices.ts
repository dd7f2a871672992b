// Puts the sound of a call into place: every voice comes in frames in real time, sometimes late and
// then many at once, and is laid onto one clock. Pure; positions are samples since the beginning.

/** Samples by which a voice may be off its place before it is put there anew: 200 ms at 16 kHz. */
const TOLERANCE = 3_200;

/** One side of a recording: what of it is placed and not yet taken. */
export class Side {
  #from = 0;
  #mix = new Int32Array(0);

  /** Mixes samples in; what comes for a part that is already taken is left out. */
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

  /** All up to `end`, silent where nothing is. Louder than can be is clipped. */
  take(end: number): Int16Array {
    const length = Math.max(0, end - this.#from);
    const taken = Int16Array.from({ length }, (_, i) =>
      Math.max(-32_768, Math.min(32_767, this.#mix[i] ?? 0)),
    );
    this.#mix = this.#mix.slice(length);
    this.#from += length;
    return taken;
  }
}

/** A frame, and the position of the clock when it came, which is its end or later. */
interface Frame {
  readonly cameAt: number;
  readonly samples: Int16Array;
}

/** One voice of a side: a track. */
export class Voice {
  #frames: Frame[] = [];
  /** Where its next sample belongs if it goes on without a pause. */
  #next = Number.NEGATIVE_INFINITY;

  constructor(private readonly side: Side) {}

  push(cameAt: number, samples: Int16Array): void {
    this.#frames.push({ cameAt, samples });
  }

  /** Lays what has come onto its side. */
  place(): void {
    for (const run of runsOf(this.#frames)) {
      const start = startOf(run);
      // It goes on where it was: frames that come unevenly are no pauses.
      if (Math.abs(start - this.#next) > TOLERANCE) this.#next = start;
      for (const { samples } of run) {
        this.side.add(this.#next, samples);
        this.#next += samples.length;
      }
    }
    this.#frames = [];
  }
}

/** Frames that may have been spoken without a pause: a pause is when none comes for a while. */
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

/** Where a run began: none of its frames came before it was spoken, and the least late one tells. */
function startOf(run: readonly Frame[]): number {
  let length = 0;
  let start = Number.POSITIVE_INFINITY;
  for (const { cameAt, samples } of run) {
    length += samples.length;
    start = Math.min(start, cameAt - length);
  }
  return Math.max(0, start);
}

/** Left and right to one row of samples. */
export function interleaved(left: Int16Array, right: Int16Array): Int16Array {
  const both = new Int16Array(left.length * 2);
  for (let i = 0; i < left.length; i++) {
    both[2 * i] = left[i] as number;
    both[2 * i + 1] = right[i] ?? 0;
  }
  return both;
}
