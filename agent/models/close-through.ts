// The framework's adapter (agents 1.9.0) does not tell its models that an answer was cancelled: an
// interrupted model would generate to the end, unheard and billed. Here the cancellation is passed
// on.
import { AsyncLocalStorage } from 'node:async_hooks';
import { llm } from '@livekit/agents';

/** One question, and the models that were asked it. */
interface Question {
  readonly closed: AbortSignal;
  readonly asked: Set<llm.LLM>;
}

/** Closes a stream at its first token: nobody hears the answer. */
function atFirstWord(stream: llm.LLMStream): void {
  const next = stream.next.bind(stream);
  stream.next = async () => {
    const piece = await next();
    if (!piece.done && llm.hasResponse(piece.value)) stream.close();
    return piece;
  };
}

/**
 * Closes a model's stream when the adapter's stream is closed. The adapter also repeats the
 * question to a failed model in the background to check it; that request runs until the first
 * token, because ending it earlier would count as a success.
 * @param model changed in place; a single model without fallbacks is left as it is
 */
export function closeThrough(mind: llm.LLM): llm.LLM {
  if (!(mind instanceof llm.FallbackAdapter)) return mind;
  // The adapter does not say which of its answers a request to a model belongs to.
  const questions = new AsyncLocalStorage<Question>();

  for (const model of mind.llms) {
    const chat = model.chat.bind(model);
    model.chat = (request) => {
      const stream = chat(request);
      const question = questions.getStore();
      if (!question || question.asked.has(model)) {
        atFirstWord(stream);
        return stream;
      }
      question.asked.add(model);
      if (question.closed.aborted) stream.close();
      question.closed.addEventListener('abort', () => stream.close(), { once: true });
      return stream;
    };
  }

  const chat = mind.chat.bind(mind);
  mind.chat = (request) => {
    const closing = new AbortController();
    const question = { closed: closing.signal, asked: new Set<llm.LLM>() };
    const stream = questions.run(question, () => chat(request));
    const close = stream.close.bind(stream);
    stream.close = () => {
      closing.abort();
      close();
    };
    return stream;
  };
  return mind;
}
