// What: the fallback adapter for language models checks a failed model with each question, and cancels cancelled answers.
// Why: it checks a failed model only once more in a call, and does not tell its models that an answer was cancelled: an
// interrupted model would generate to the end, unheard and billed.
// Upstream: none reported for Node; https://github.com/livekit/agents/pull/6676 cancels checks in Python. The adapter
// would have to close its model's stream with its own, and check again at the next request.
import { AsyncLocalStorage } from 'node:async_hooks';
import { llm } from '@livekit/agents';

type Request = Parameters<llm.LLM['chat']>[0];

/** Repeats the request a model failed at: true if it now answers, false if it fails again. */
async function worksAgain(model: llm.LLM, request: Request): Promise<boolean> {
  let failed = false;
  const onError = () => {
    failed = true;
  };
  model.on('error', onError);
  const stream = model.chat(request);
  try {
    for await (const piece of stream) if (llm.hasResponse(piece)) break;
    return !failed;
  } finally {
    stream.close();
    model.off('error', onError);
  }
}

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
 * Checks failed models at each question, with the request they failed at, so that no model acts on a question that another
 * one answers. The adapter's own check repeats the current question, and runs until the first token: ending it earlier
 * would count as a success.
 * @param adapter changed in place
 */
export function repairFallback(adapter: llm.LLM): llm.LLM {
  if (!(adapter instanceof llm.FallbackAdapter)) return adapter;
  const lastRequests = new Map<llm.LLM, Request>();
  // The adapter does not say which of its answers a request to a model belongs to.
  const questions = new AsyncLocalStorage<Question>();

  for (const model of adapter.llms) {
    const chat = model.chat.bind(model);
    model.chat = (request) => {
      // A copy, because the conversation continues.
      lastRequests.set(model, { ...request, chatCtx: request.chatCtx.copy() });
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

  const { _status: statuses } = adapter;
  const emit = adapter._emitAvailabilityChanged.bind(adapter);
  async function check(model: llm.LLM, status: (typeof statuses)[number], failed: Request) {
    status.available = await worksAgain(model, failed).catch(() => false);
    status.recoveringTask = null;
    if (status.available) emit(model, true);
  }

  const chat = adapter.chat.bind(adapter);
  adapter.chat = (request) => {
    for (const [at, model] of adapter.llms.entries()) {
      const status = statuses[at];
      const failed = lastRequests.get(model);
      if (!status || !failed || status.available || status.recoveringTask) continue;
      status.recoveringTask = check(model, status, failed);
    }
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
  return adapter;
}
