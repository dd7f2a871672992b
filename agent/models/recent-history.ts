// Limits the conversation that a model is sent. Every request contains all of it, so that without a limit the cost of a
// call would grow with the square of its length, and a caller who only writes could make it as high as they like.
import { llm } from '@livekit/agents';

/** Maximum characters of a conversation that is sent to a model: an hour of talk, about 15,000 tokens. Our own choice. */
export const HISTORY_MAX = 60_000;
/**
 * Characters that are left out at once: what models have cached of the earlier requests stays valid until then. Our own
 * choice.
 */
const STEP = HISTORY_MAX / 4;

function sizeOf(item: llm.ChatItem): number {
  if (item.type === 'message') return item.textContent?.length ?? 0;
  if (item.type === 'function_call') return item.args.length;
  return item.type === 'function_call_output' ? item.output.length : 0;
}

/**
 * The conversation if it is short, otherwise its instructions and its recent part. What followed the caller's last words
 * is never left out, however long it is.
 */
export function recentHistory(chatCtx: llm.ChatContext): llm.ChatContext {
  const { items } = chatCtx;
  const total = items.reduce((sum, item) => sum + sizeOf(item), 0);
  if (total <= HISTORY_MAX) return chatCtx;
  const isSystem = (item: llm.ChatItem) => item.type === 'message' && item.role === 'system';
  const first = items.findIndex((item) => !isSystem(item));
  const turn = items.findLastIndex((item) => item.type === 'message' && item.role === 'user');
  let rest = Math.ceil((total - HISTORY_MAX) / STEP) * STEP;
  let from = Math.max(0, first);
  for (; from < turn && rest > 0; from += 1) rest -= sizeOf(items[from] as llm.ChatItem);
  // A tool's result without its call would be refused.
  const isTool = ({ type }: llm.ChatItem) => type.startsWith('function_call');
  while (from < turn && isTool(items[from] as llm.ChatItem)) from += 1;
  return new llm.ChatContext([...items.slice(0, Math.max(0, first)), ...items.slice(from)]);
}
