// Recognisers, hosted ones too, sometimes hear words while a person speaks and then send a final transcript without
// any. The framework ignores an empty one, so the caller would get no answer: the last words heard are the final ones.
import { stt } from '@livekit/agents';

const { SpeechEventType: Kind } = stt;

/**
 * Fills empty final transcripts with the last interim one since the final before. One function for each stream of
 * events, which it takes in their order.
 */
export function fillEmptyFinals(): (event: stt.SpeechEvent) => stt.SpeechEvent {
  let heard: stt.SpeechEvent['alternatives'];
  return (event) => {
    const { type, alternatives } = event;
    const text = alternatives?.[0]?.text.trim();
    if (type === Kind.INTERIM_TRANSCRIPT || type === Kind.PREFLIGHT_TRANSCRIPT) {
      if (text) heard = alternatives;
      return event;
    }
    if (type !== Kind.FINAL_TRANSCRIPT) return event;
    const last = heard;
    heard = undefined;
    return text || !last ? event : { ...event, alternatives: last };
  };
}
