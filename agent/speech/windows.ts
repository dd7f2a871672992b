// Audio in windows, as the voice activity models take it.
import { AudioFrame } from '@livekit/rtc-node';
import { WINDOW_SAMPLES } from './segmenter';

/**
 * Sample rate of a session's audio input: that of the voice activity models and STT. The
 * framework's own 24,000 would be resampled by each of the three, every 10 ms.
 */
export const INPUT_RATE = 16_000;

/**
 * Audio in frames as long as the windows of the voice activity models, which process nothing
 * shorter: LiveKit's frames of 10 ms are three times the work for everything that reads them.
 */
export async function* inWindows(sound: AsyncIterable<AudioFrame>): AsyncGenerator<AudioFrame> {
  let window = new Int16Array(WINDOW_SAMPLES);
  let filled = 0;
  for await (const { data } of sound) {
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
