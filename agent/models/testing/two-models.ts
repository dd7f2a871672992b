// Two models with the scripted agent as their fallback, for tests: each is a chat server on
// loopback with its own script.
import { llm } from '@livekit/agents';
import { onTestFinished } from 'vitest';
import { frontDesk } from '@/agent/agents/front-desk';
import { makeModels } from '@/agent/models/models';
import { startChatServer } from '@/agent/testing/chat-server';
import { type Script, settings } from '@/agent/testing/model-call';
import { NOW, StillCall } from '@/agent/testing/talk';

/** A question the scripted agent can answer too. */
export const QUESTION = 'What is your address?';

async function server(script: Script) {
  const one = await startChatServer(script);
  onTestFinished(() => one.close());
  return one;
}

/** The models with the first one's turns and the second's; both end with the test. */
export async function twoModels(scripts: { first: Script; second?: Script }) {
  const [first, second] = await Promise.all([server(scripts.first), server(scripts.second ?? [])]);
  const env = {
    MODELS: 'compatible:first,openai:second',
    LLM_URL: first.url,
    OPENAI_BASE_URL: second.url,
    OPENAI_API_KEY: 'sk-of-openai-0123456789',
  };
  const failures: string[] = [];
  const { llm: model } = makeModels(settings(env), frontDesk, new StillCall(NOW), ({ message }) =>
    failures.push(message),
  );
  const ask = () => {
    const chatCtx = llm.ChatContext.empty();
    chatCtx.addMessage({ role: 'user', content: QUESTION });
    return model.chat({ chatCtx });
  };
  /** Whether the first model counts as available, or is being checked. */
  const isThere = () => {
    const status = model instanceof llm.FallbackAdapter ? model._status[0] : undefined;
    return status?.recoveringTask ? 'asked' : status?.available;
  };
  return { model, ask, first, second, failures, isThere };
}
