// Decides which words in a pause are answered preemptively: those that may end the turn. For all
// others the wait is long enough anyway, and each discarded answer costs processor time or a paid
// request.
import { type llm, stt } from '@livekit/agents';
import { askedIn, lastOf } from './asked';
import { endingOf } from './ending';

const { SpeechEventType: Kind } = stt;

/** The event passed on to the framework. */
export function answeredAhead(
  event: stt.SpeechEvent,
  items: readonly llm.ChatItem[],
): stt.SpeechEvent {
  if (event.type !== Kind.PREFLIGHT_TRANSCRIPT) return event;
  const ending = endingOf(event.alternatives?.[0].text ?? '', askedIn(lastOf(items, 'assistant')));
  if (ending === 'closed' || ending === 'said') return event;
  return { ...event, type: Kind.INTERIM_TRANSCRIPT };
}
