// Voice activity: LiveKit's own model, the windows of audio that it takes, and where speech begins, pauses and ends: a
// pure function from the model's probabilities, one per window of 32 ms, to decisions. The listener acts on them.
import { createRequire } from 'node:module';
import { AudioFrame } from '@livekit/rtc-node';

/**
 * Loads the model. Not by an import, which would end the process without a message if it cannot be loaded; without the
 * model the framework continues, with an agent that hears nobody.
 * @throws if it is missing
 */
export const voiceActivity = (): typeof import('@livekit/local-inference') =>
  createRequire(import.meta.url)('@livekit/local-inference');

/**
 * Sample rate of a session's audio input: that of the voice activity models and STT. The framework's own 24,000 would
 * be resampled by each of the three, every 10 ms.
 */
export const INPUT_RATE = 16_000;

/**
 * Audio in frames as long as the windows of the voice activity models, which process nothing shorter: LiveKit's frames
 * of 10 ms are three times the work for everything that reads them.
 */
export async function* inWindows(sound: AsyncIterable<AudioFrame>): AsyncGenerator<AudioFrame> {
  let window = new Int16Array(WINDOW_SAMPLES);
  let filled = 0;
  for await (const frame of sound) {
    const { data } = frame;
    // Usually they are windows already.
    if (filled === 0 && data.length === WINDOW_SAMPLES) {
      yield frame;
      continue;
    }
    for (let from = 0; from < data.length; ) {
      const piece = data.subarray(from, from + WINDOW_SAMPLES - filled);
      window.set(piece, filled);
      from += piece.length;
      filled += piece.length;
      if (filled < WINDOW_SAMPLES) continue;
      yield new AudioFrame(window, INPUT_RATE, 1, WINDOW_SAMPLES);
      window = new Int16Array(WINDOW_SAMPLES);
      filled = 0;
    }
  }
}

/** Samples of one window at 16 kHz, as the model takes them. */
export const WINDOW_SAMPLES = 512;
/** Milliseconds of one window. */
export const WINDOW_MS = 32;

/** Probability from which a window starts speech, and below which it does not continue it: Silero's own values. */
const START_LEVEL = 0.5;
const STAY_LEVEL = 0.35;
/** Windows of speech that count as a start: 64 ms, so that a click does not. */
const START_WINDOWS = 2;
/** Windows of silence after which the transcript is requested in advance: 128 ms. */
const PAUSE_WINDOWS = 4;
/** Windows of silence that end a segment: 352 ms, the shortest endpointing delay (endpointing.ts). */
const END_WINDOWS = 11;
/** After this (15 s) a segment ends at the first pause; at 20 s it is cut at its least likely window. */
const LONG_WINDOWS = 469;
const LONGEST_WINDOWS = 625;
/** How far back to search for that cut: 3 s. */
const CUT_WITHIN_WINDOWS = 94;

/** Milliseconds of silence between the end of speech and the end of a segment. */
export const END_SILENCE_MS = END_WINDOWS * WINDOW_MS;

/** State of the segmenter. */
export interface Segmentation {
  readonly speaking: boolean;
  /** Consecutive windows that sound like the start of speech, while not speaking. */
  readonly rising: number;
  /** Consecutive windows without speech, while speaking. */
  readonly silent: number;
  readonly length: number;
  /** Probabilities of the last windows, to find the cut in a long segment. */
  readonly recent: readonly number[];
}

/**
 * What a window means:
 * - `start`: speech was detected; it began `START_WINDOWS` ago.
 * - `pause`: silence that may be the end; `resume`: it was not.
 * - `end`: the segment is over.
 * - `cut`: the segment is too long; its last `keep` windows begin the next one, and speech continues.
 * - `none`: no change.
 */
export type Decision =
  | { readonly kind: 'none' | 'start' | 'pause' | 'resume' | 'end' }
  | { readonly kind: 'cut'; readonly keep: number };

/** Before any audio. */
export const silence: Segmentation = {
  speaking: false,
  rising: 0,
  silent: 0,
  length: 0,
  recent: [],
};

/** The next state and decision, from the speech probability (0 to 1) of a window. */
export function segment(
  before: Segmentation,
  probability: number,
): readonly [Segmentation, Decision] {
  if (!before.speaking) {
    const rising = probability >= START_LEVEL ? before.rising + 1 : 0;
    if (rising < START_WINDOWS) return [{ ...silence, rising }, { kind: 'none' }];
    return [{ ...silence, speaking: true, length: rising }, { kind: 'start' }];
  }
  const speech = probability > STAY_LEVEL;
  const silent = speech ? 0 : before.silent + 1;
  const length = before.length + 1;
  const recent = [...before.recent, probability].slice(-CUT_WITHIN_WINDOWS);
  const now = { ...before, silent, length, recent };
  if (silent >= END_WINDOWS) return [silence, { kind: 'end' }];
  if (length >= LONG_WINDOWS && silent === PAUSE_WINDOWS) {
    return [
      { ...now, length: 0, recent: [] },
      { kind: 'cut', keep: 0 },
    ];
  }
  if (length >= LONGEST_WINDOWS) {
    const keep = recent.length - 1 - recent.lastIndexOf(Math.min(...recent));
    return [
      { ...now, length: keep, recent: [] },
      { kind: 'cut', keep },
    ];
  }
  if (silent === PAUSE_WINDOWS) return [now, { kind: 'pause' }];
  if (speech && before.silent >= PAUSE_WINDOWS) return [now, { kind: 'resume' }];
  return [now, { kind: 'none' }];
}
