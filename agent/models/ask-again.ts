// The framework's adapter (agents 1.9.0) checks a failed model once more and then never again in
// the call. Here it is checked with each question, in parallel with the model that answers.
import { llm } from '@livekit/agents';

type Request = Parameters<llm.LLM['chat']>[0];

/** Repeats the request a model failed at: true if it now answers, false if it fails again. */
async function isBack(model: llm.LLM, request: Request): Promise<boolean> {
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

/**
 * Checks, at each question, whether failed models work again. Each is sent the request it failed
 * at, so that no model acts on a question that another one answers.
 * @param model changed in place; a single model without fallbacks is left as it is
 */
export function askAgain(mind: llm.LLM): llm.LLM {
  if (!(mind instanceof llm.FallbackAdapter)) return mind;
  const asked = new Map<llm.LLM, Request>();
  for (const model of mind.llms) {
    const chat = model.chat.bind(model);
    model.chat = (request) => {
      // A copy, because the conversation continues.
      asked.set(model, { ...request, chatCtx: request.chatCtx.copy() });
      return chat(request);
    };
  }

  const { _status: statuses } = mind;
  const tell = mind._emitAvailabilityChanged.bind(mind);

  async function look(model: llm.LLM, status: (typeof statuses)[number], failed: Request) {
    status.available = await isBack(model, failed).catch(() => false);
    status.recoveringTask = null;
    if (status.available) tell(model, true);
  }

  const chat = mind.chat.bind(mind);
  mind.chat = (request) => {
    for (const [at, model] of mind.llms.entries()) {
      const status = statuses[at];
      const failed = asked.get(model);
      if (!status || !failed || status.available || status.recoveringTask) continue;
      status.recoveringTask = look(model, status, failed);
    }
    return chat(request);
  };
  return mind;
}
