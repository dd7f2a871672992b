// What: the frame size of a session's audio input.
// Why: the framework uses the library's frames of 10 ms. Voice activity needs 32 ms: a third of the messages.
// Upstream: none reported for Node; Python has `audio_frame_size_ms` (https://github.com/livekit/agents/issues/3894).
// `RoomInputOptions` would need the same.
import type { voice } from '@livekit/agents';
import { AudioStream, type Track } from '@livekit/rtc-node';

/** The framework's audio input, which creates a track's stream itself. */
type LiveInput = voice.AudioInput & { createStream(track: Track): AudioStream };

/** Sets the size of the frames that a session's own input reads. Call it before a track is subscribed. */
export function setFrameSize(input: voice.AudioInput, rate: number, ms: number): void {
  (input as LiveInput).createStream = (track) =>
    new AudioStream(track, { sampleRate: rate, numChannels: 1, frameSizeMs: ms });
}
