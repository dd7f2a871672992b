// Measures of sound.
import type { AudioFrame } from '@livekit/rtc-node';

/** How many milliseconds of sound a frame has. */
export const soundMs = ({ samplesPerChannel, sampleRate }: AudioFrame): number =>
  (samplesPerChannel * 1_000) / sampleRate;
