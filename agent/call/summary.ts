// The summary of a call: one line for lists of calls, written by the agent's language model when the call ends. Without
// a language model there is none.
import { type APIConnectOptions, llm, log } from '@livekit/agents';
import type { End } from '@/agent/call/end';
import type { textModel } from '@/agent/models/models';
import { HISTORY_MAX } from '@/agent/models/recent-history';
import { withTimeout } from '@/lib/core/wait';

/** Ends of whole calls. After the others, somebody else goes on with it. */
const ENDS_OF_CALLS: readonly End[] = ['goodbye', 'time-up', 'caller-left', 'disconnected'];

/** Milliseconds for the model. Our own choice: the job's process is not free for another call until then. */
const SUMMARY_TIMEOUT_MS = 4_000;

const ONCE: APIConnectOptions = { maxRetry: 0, retryIntervalMs: 0, timeoutMs: SUMMARY_TIMEOUT_MS };

const INSTRUCTIONS =
  'You write the line about a call for a list of calls: what the caller wanted, and how it ended. At most 12 words, in ' +
  'the language of the call, without quotation marks and without a period at the end. Answer with this line alone.';

/** What was said, a line for each message; undefined if the caller said nothing. */
function transcriptOf({ items }: llm.ChatContext): string | undefined {
  const messages = items.filter((item) => item.type === 'message');
  if (!messages.some(({ role }) => role === 'user')) return undefined;
  return messages
    .filter(({ role }) => role === 'user' || role === 'assistant')
    .map(({ role, textContent }) => `${role === 'user' ? 'Caller' : 'Agent'}: ${textContent ?? ''}`)
    .join('\n')
    .slice(-HISTORY_MAX);
}

/** Summarizes a call that has ended. Resolves to undefined if nobody said anything, the call goes on, or the model fails. */
export async function summarize(
  model: NonNullable<ReturnType<typeof textModel>>,
  history: llm.ChatContext,
  end: End,
) {
  const transcript = ENDS_OF_CALLS.includes(end) ? transcriptOf(history) : undefined;
  if (transcript === undefined) return undefined;
  const chatCtx = new llm.ChatContext();
  chatCtx.addMessage({ role: 'system', content: INSTRUCTIONS });
  chatCtx.addMessage({ role: 'user', content: transcript });
  try {
    const client = await model.client;
    const stream = client.chat({ chatCtx, connOptions: ONCE });
    const collected = withTimeout(SUMMARY_TIMEOUT_MS, stream.collect());
    const { text, usage } = await collected.finally(() => stream.close());
    // The stream of a request that failed ends without a text.
    if (text.trim() === '') throw new Error('The language model answered nothing.');
    const { promptTokens, promptCachedTokens, completionTokens } = usage ?? {};
    const used = { inputTokens: promptTokens, cachedTokens: promptCachedTokens };
    const counted = { ...model.usage, ...used, outputTokens: completionTokens };
    return { event: { kind: 'summary' as const, text }, usage: counted };
  } catch (error) {
    log().warn({ error }, 'the call has no summary: the language model failed');
    return undefined;
  }
}
