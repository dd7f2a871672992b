// The framework's adapter (agents 1.9.0) keeps to itself that an answer is not wanted any more: a model
// that was interrupted would write on to its end, unheard and paid for. Here it is told.
import { AsyncLocalStorage } from 'node:async_hooks';
import { llm } from '@livekit/agents';

/** One question, and which models were asked it. */
interface Question {
  readonly closed: AbortSignal;
  readonly asked: Set<llm.LLM>;
}

/** Ends an answer at its first word: nobody hears it. */
function atFirstWord(stream: llm.LLMStream): void {
  const next = stream.next.bind(stream);
  stream.next = async () => {
    const piece = await next();
    if (!piece.done && llm.hasResponse(piece.value)) stream.close();
    return piece;
  };
}

/**
 * Closes what a model of this mind is answering when the answer of the mind is closed. The adapter asks
 * a model that failed with the same question again, in the background, whether it is back: that goes on
 * to its first word, which is a yes. An end before it would count as one.
 * @param mind changed in place; one model alone is left as it is
 */
export function closeThrough(mind: llm.LLM): llm.LLM {
  if (!(mind instanceof llm.FallbackAdapter)) return mind;
  // What the adapter asks its models does not say for which of its answers.
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
