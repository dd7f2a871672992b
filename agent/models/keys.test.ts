// A language model's failure is reported with the provider and the model, but never with a key.
import { inspect } from 'node:util';
import { initializeLogger, llm } from '@livekit/agents';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { frontDesk } from '../agents/front-desk';
import { startChatServer } from '../testing/chat-server';
import { settings } from '../testing/model-call';
import { NOW, StillCall } from '../testing/talk';
import { makeModels } from './models';

const OPENAI_KEY = 'sk-of-openai-0123456789';
const LLM_KEY = 'key-of-the-other-server-0123456789';

beforeAll(() => initializeLogger({ pretty: false, level: 'silent' }));

describe('no error contains a key', () => {
  test('from the configuration', () => {
    const wrong = { LLM_URL: 'localhost', OPENAI_API_KEY: OPENAI_KEY, LLM_KEY };
    expect(() => settings(wrong)).toThrow(/LLM_URL must be/);
    try {
      settings(wrong);
    } catch (error) {
      expectNoKey(error);
    }
  });

  test.each([401, 500, 'nobody listens'])('from the server: %s', async (failure) => {
    const server = await startChatServer([() => ({ status: Number(failure) })]);
    onTestFinished(() => server.close());
    if (failure === 'nobody listens') await server.close();
    const failed = new Promise((resolve) => {
      const env = { LLM_URL: server.url, LLM_MODEL: 'qwen3:8b', LLM_KEY };
      const { llm: model } = makeModels(settings(env), frontDesk, new StillCall(NOW), resolve);
      const chatCtx = llm.ChatContext.empty();
      chatCtx.addMessage({ role: 'user', content: 'Hello?' });
      void model.chat({ chatCtx }).collect();
    });
    const error = await failed;
    expect(error).toBeInstanceOf(Error);
    expect((error as Error).message).toMatch(/^qwen3:8b \(127\.0\.0\.1:\d+\) failed: /);
    if (typeof failure === 'number') {
      expect(error).toMatchObject({
        statusCode: failure,
        message: expect.stringContaining(`${failure} The stand-in refuses.`),
      });
    }
    expectNoKey(error);
  });
});

/** Neither in the message nor anywhere in what a log would print of it. */
function expectNoKey(error: unknown) {
  const shown = inspect(error, { depth: Number.POSITIVE_INFINITY, showHidden: true });
  for (const key of [OPENAI_KEY, LLM_KEY]) expect(shown).not.toContain(key);
}
