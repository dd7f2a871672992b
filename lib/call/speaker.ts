// The speaker of a transcription stream. The transcribed track decides; the sender's identity only if no known track is
// named, because agents send people's transcriptions too.

/** Attributes of LiveKit's transcription streams (`TOPIC_TRANSCRIPTION` in @livekit/agents). */
export const TRANSCRIPTION = {
  topic: 'lk.transcription',
  segment: 'lk.segment_id',
  final: 'lk.transcription_final',
  track: 'lk.transcribed_track_id',
} as const;

/** The side of a speaker: this page, an agent, or another person. */
export type Side = 'you' | 'agent' | 'person';

/** A participant who can be heard. */
export interface Heard {
  readonly identity: string;
  readonly side: Side;
  /** IDs of their published tracks; of this page, all it ever published. */
  readonly tracks: ReadonlySet<string>;
}

/**
 * The speaker of a stream. A sender who has left the room was an agent, because only agents send transcriptions.
 */
export function speakerOf(
  stream: { readonly track: string | undefined; readonly sender: string },
  room: readonly Heard[],
): Pick<Heard, 'identity' | 'side'> {
  const { track, sender } = stream;
  return (
    room.find(({ tracks }) => track !== undefined && tracks.has(track)) ??
    room.find(({ identity }) => identity === sender) ?? { identity: sender, side: 'agent' }
  );
}
