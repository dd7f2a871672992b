// STT, hosted or not, sometimes sends interim transcripts and then an empty final one. The
// framework ignores empty ones, so the caller would get no answer: the last interim transcript is
// used instead.
import { stt } from '@livekit/agents';

const { SpeechEventType: Kind } = stt;

/**
 * Returns a function that fills empty final transcripts with the last interim one since the
 * previous final. Use one function per event stream, in order.
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
