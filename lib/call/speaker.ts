// The speaker of a transcription stream. If an agent sends it, the transcribed track decides, because agents send people's
// transcriptions too.

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
 * The speaker of a stream; undefined if it is not known who sent it. Only agents may speak for others: people could send
 * a stream as the agent's words.
 * @param left identities of agents that have left, whose last words may arrive later
 */
export function speakerOf(
  { track, sender }: { readonly track: string | undefined; readonly sender: string },
  room: readonly Heard[],
  left: ReadonlySet<string>,
): Pick<Heard, 'identity' | 'side'> | undefined {
  const from =
    room.find(({ identity }) => identity === sender) ??
    (left.has(sender) ? ({ identity: sender, side: 'agent' } as const) : undefined);
  if (from?.side !== 'agent') return from;
  return room.find(({ tracks }) => track !== undefined && tracks.has(track)) ?? from;
}
