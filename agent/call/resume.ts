// Goes on in the place of an agent that was lost: with the talk so far in its context, one sentence of
// excuse, and then what the caller is waiting for.
import { llm, type voice } from '@livekit/agents';
import type { Passed } from '../../lib/dispatch/handoff-context';
import { notices } from './notices';

/** The talk so far as the session's context: scripted agents take up their state from it, models too. */
export function contextOf(history: readonly Passed[]): llm.ChatContext {
  // The context is kept in order of its times, and all of it was before now.
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

/** The question that the lost agent ended with, if it did. */
export function openQuestion(history: readonly Passed[]): string | undefined {
  const last = history.at(-1);
  if (last?.kind !== 'said' || last.speaker !== 'agent') return undefined;
  return last.text.match(/[^.!?]+\?\s*$/)?.[0].trim();
}

/** Says that the line was cut, and answers what was left unanswered, or asks again what was asked. */
export function goOn(session: voice.AgentSession, history: readonly Passed[]): void {
  const last = history.at(-1);
  if (last?.kind === 'said' && last.speaker === 'agent') {
    const question = openQuestion(history) ?? notices.goOn;
    session.say(`${notices.cutOff} ${question}`);
    return;
  }
  // Not in the context, where it would stand for the answer.
  session.say(notices.cutOff, { addToChatCtx: false });
  session.generateReply();
}
