// Tells a model what the caller has not heard because they spoke: of its answers, and of what tools returned. In the
// conversation, an interrupted answer just ends, and a result looks as if it had been said.
import { llm } from '@livekit/agents';
import { isStillRunning } from '@/agent/framework/running-tool';

/** At the end of an answer that was interrupted; a model that imitates it says nothing wrong. */
const CUT = ' …';
/** At the end of a tool's result. */
export const NOT_TOLD = '(The caller spoke before they had heard all of this.)';

/** The results after which the caller spoke before an answer was heard to its end. */
function resultsNotTold(items: readonly llm.ChatItem[]): Set<llm.ChatItem> {
  const notTold = new Set<llm.ChatItem>();
  let waiting: llm.ChatItem[] = [];
  for (const item of items) {
    if (item.type === 'function_call_output' && item.output && !isStillRunning(item))
      waiting.push(item);
    if (item.type !== 'message' || item.interrupted) continue;
    if (item.role === 'user') for (const one of waiting) notTold.add(one);
    if (item.role === 'user' || item.role === 'assistant') waiting = [];
  }
  return notTold;
}

/** The same conversation, in which it can be seen what was not heard. */
export function markUnheard({ items }: llm.ChatContext): llm.ChatContext {
  const notTold = resultsNotTold(items);
  const marked = items.map((item): llm.ChatItem => {
    if (item.type === 'message' && item.interrupted)
      return llm.ChatMessage.create({ ...item, content: [`${item.textContent?.trimEnd()}${CUT}`] });
    if (item.type === 'function_call_output' && notTold.has(item))
      return llm.FunctionCallOutput.create({ ...item, output: `${item.output}\n${NOT_TOLD}` });
    return item;
  });
  return new llm.ChatContext(marked);
}

/** What was heard of the answer that the caller interrupted with their last message; undefined if it was heard to its end. */
export function heardBefore(items: readonly llm.ChatItem[]): string | undefined {
  const last = items.findLastIndex((item) => item.type === 'message' && item.role === 'user');
  const before = items.slice(0, last).findLast((item) => item.type === 'message');
  return before?.type === 'message' && before.interrupted ? before.textContent?.trim() : undefined;
}
