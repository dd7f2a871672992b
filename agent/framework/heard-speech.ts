// What: leaves in the conversation only what was heard of the words that an agent says without its model (`session.say`),
// and interrupts a speech so that the next request to a model contains what was heard of it.
// Why: when the caller interrupts them, the framework keeps the whole text of `say`, even if nothing of it was played; and
// an answer that is requested right after `interrupt()` is generated before the interrupted one is in the conversation. The
// agent then relies on what nobody has heard, or repeats what was.
// Upstream: none reported for agents-js; https://github.com/livekit/agents/pull/2843 and /pull/3207 are the first repair in
// Python. `ttsTask` would have to take the text from the event of the output, as `forwardedTextFor` does.
import { type llm, voice } from '@livekit/agents';

type Added = Parameters<voice.AgentSession['_conversationItemAdded']>[0];

/** What this relies on: the last event of an output, a private member. */
interface Internals {
  readonly lastPlaybackEvent: { readonly synchronizedTranscript?: string };
}

/** What was heard of an interrupted message; undefined if that is unknown. */
function heardOf({ output }: voice.AgentSession, message: llm.ChatMessage): string | undefined {
  // Nothing of it was played, so the last event is that of an earlier speech.
  if (message.metrics.startedSpeakingAt === undefined) return '';
  return (output.audio as unknown as Internals | null)?.lastPlaybackEvent.synchronizedTranscript;
}

/** Corrects this session's interrupted messages. Call it before anything listens to them. */
export function keepHeardOnly(session: voice.AgentSession): void {
  const speeches = new Set<voice.SpeechHandle>();
  session.on(voice.AgentSessionEventTypes.SpeechCreated, ({ speechHandle }) => {
    speeches.add(speechHandle);
    speechHandle.addDoneCallback(() => speeches.delete(speechHandle));
  });
  // A model's answer is an item of its speech by now, and correct.
  const isSaid = (item: llm.ChatMessage) =>
    ![...speeches].some(({ chatItems }) => chatItems.includes(item));
  const added = session._conversationItemAdded.bind(session);
  session._conversationItemAdded = (item: Added) => {
    if (item.type === 'message' && item.role === 'assistant' && item.interrupted && isSaid(item)) {
      const heard = heardOf(session, item);
      if (heard?.trim() === '') {
        const { _chatCtx: context } = session.currentAgent;
        context.items = context.items.filter((one) => one !== item);
        return;
      }
      if (heard !== undefined) item.content = [heard];
    }
    added(item);
  };
}

/**
 * Interrupts what is said and what would be said next. Resolves when what was heard is in the conversation.
 * @throws if the current speech does not allow it
 */
export async function interruptSpeech(session: voice.AgentSession): Promise<void> {
  const speech = session.currentAgent.getActivityOrThrow().currentSpeech;
  // A tool may run: interrupted too, its result would not be told.
  if (!speech) return;
  session.interrupt();
  // Not until it is done: it may also wait for a tool.
  if (speech._hasGenerations) await speech._waitForGeneration();
}
