// Whose words a transcription stream carries. The transcribed track decides; the sender's identity
// only where no known track is named, because an agent sends the words of people too.

/** Attributes of LiveKit's transcription streams (`TOPIC_TRANSCRIPTION` in @livekit/agents). */
export const TRANSCRIPTION = {
  topic: 'lk.transcription',
  segment: 'lk.segment_id',
  final: 'lk.transcription_final',
  track: 'lk.transcribed_track_id',
} as const;

/** Where a speaker stands: at this page, an agent, or another person. */
export type Side = 'you' | 'agent' | 'person';

/** Somebody in the room who can be heard. */
export interface Heard {
  readonly identity: string;
  readonly side: Side;
  /** Ids of the tracks they published; of this page all there ever were. */
  readonly tracks: ReadonlySet<string>;
}

/**
 * The speaker of a stream. A sender who is not in the room any more was an agent: only agents send
 * transcriptions.
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
