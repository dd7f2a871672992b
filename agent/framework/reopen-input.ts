// What: reads the microphone that a session hears anew.
// Why: the framework opens a track's stream once, when it is subscribed to, and a stream can go silent without an error.
// Subscribing again is no way: LiveKit's client for Node is not told of a track that it has unsubscribed from before, so the
// agent would be deaf (measured: the second time, or the first if half a second passes in between).
// Upstream: none reported. `RoomIO` would need a method for it.
import type { voice } from '@livekit/agents';
import type { RemoteTrack, RemoteTrackPublication } from '@livekit/rtc-node';

/** The framework's audio input. */
interface LiveInput {
  readonly track: RemoteTrack | null;
  readonly publication: RemoteTrackPublication | null;
  updateStream(track: RemoteTrack | null, publication: RemoteTrackPublication | null): void;
}

/** Opens another stream of the same track. Nothing happens without one. */
export function reopenInput({ _roomIO: io }: Pick<voice.AgentSession, '_roomIO'>): void {
  const { audioInput } = (io ?? {}) as { audioInput?: LiveInput };
  audioInput?.updateStream(audioInput.track, audioInput.publication);
}
