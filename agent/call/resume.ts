// Continues in place of a lost agent: with the conversation so far as context, a short apology, and
// then the answer or question the caller is waiting for.
import { llm, type voice } from '@livekit/agents';
import type { HistoryItem } from '../../lib/dispatch/handoff-context';
import { notices } from './notices';

/**
 * The conversation so far as the session's context. Scripted agents restore their state from it,
 * and models read it.
 */
export function contextOf(history: readonly HistoryItem[]): llm.ChatContext {
  // Items are sorted by time, and all of them must be in the past.
  const begun = Date.now() - 2 * history.length;
  const items = history.flatMap((passed, index): llm.ChatItem[] => {
    const createdAt = begun + 2 * index;
    if (passed.kind === 'said') {
      const role = passed.speaker === 'caller' ? 'user' : 'assistant';
      return [llm.ChatMessage.create({ role, content: passed.text, createdAt })];
    }
    const { tool: name, args, result: output, failed: isError } = passed;
    const callId = `resumed_${index}`;
    return [
      llm.FunctionCall.create({ callId, name, args, createdAt }),
      llm.FunctionCallOutput.create({ callId, name, output, isError, createdAt: createdAt + 1 }),
    ];
  });
  return new llm.ChatContext(items);
}

/** The question the lost agent ended with, if any. */
export function openQuestion(history: readonly HistoryItem[]): string | undefined {
  const last = history.at(-1);
  if (last?.kind !== 'said' || last.speaker !== 'agent') return undefined;
  return last.text.match(/[^.!?]+\?\s*$/)?.[0].trim();
}

/**
 * Apologizes for the interruption, then answers the caller's last message or repeats the open
 * question.
 */
export function continueConversation(
  session: voice.AgentSession,
  history: readonly HistoryItem[],
): void {
  const last = history.at(-1);
  if (last?.kind === 'said' && last.speaker === 'agent') {
    const question = openQuestion(history) ?? notices.goOn;
    session.say(`${notices.cutOff} ${question}`);
    return;
  }
  // Not in the context, where it would count as the answer.
  session.say(notices.cutOff, { addToChatCtx: false });
  session.generateReply();
}
