// Which words in a pause are answered ahead: those that the turn may be over with. Before the others it is waited
// long enough, and each answer that nobody will hear costs time of the processor, or of a model that is paid.
import { type llm, stt } from '@livekit/agents';
import { askedIn, lastOf } from './asked';
import { endingOf } from './ending';

const { SpeechEventType: Kind } = stt;

/** What was heard, as the framework is told it. */
export function answeredAhead(
  event: stt.SpeechEvent,
  items: readonly llm.ChatItem[],
): stt.SpeechEvent {
  if (event.type !== Kind.PREFLIGHT_TRANSCRIPT) return event;
  const ending = endingOf(event.alternatives?.[0].text ?? '', askedIn(lastOf(items, 'assistant')));
  if (ending === 'closed' || ending === 'said') return event;
  return { ...event, type: Kind.INTERIM_TRANSCRIPT };
}
