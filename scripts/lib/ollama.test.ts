import { afterEach, expect, test } from 'vitest';
import { serveRoutes, type TestServer } from '@/lib/testing/serve-routes';
import { ollamaHint, ollamaUrl } from '@/scripts/lib/ollama';

let server: TestServer | undefined;
afterEach(async () => server?.close());

/** A stand-in for Ollama. */
async function ollama(body: unknown): Promise<string> {
  const route = new Map([['GET', async () => Response.json(body)]]);
  server = await serveRoutes({ '/api/tags': Object.fromEntries(route) });
  return server.url;
}

test('names the setting that uses an installed model', async () => {
  const url = await ollama({ models: [{ name: 'qwen3:8b' }, { name: 'llama3.2' }] });
  expect(await ollamaHint({}, url)).toContain('set LLM_MODEL=qwen3:8b in .env');
  expect(await ollamaHint({ OPENAI_API_KEY: 'k' }, url)).toBeUndefined();
  expect(await ollamaHint({ MODELS_FRONT_DESK: 'built-in' }, url)).toBeUndefined();
  expect(await ollamaHint({ LLM_MODEL: 'llama3.2' }, url)).toBeUndefined();
});

test.each([[{ models: [] }], [{ status: 'ok' }]])('says nothing about %j', async (body) => {
  expect(await ollamaHint({}, await ollama(body))).toBeUndefined();
});

test('says nothing if nothing answers', async () => {
  const url = await ollama({});
  await server?.close();
  expect(await ollamaHint({}, url)).toBeUndefined();
});

test('is the server of LLM_MODEL, unless another is set', () => {
  expect(ollamaUrl({ LLM_MODEL: 'qwen3:8b' })).toBe('http://127.0.0.1:11434/v1');
  expect(ollamaUrl({})).toBeUndefined();
  expect(ollamaUrl({ LLM_MODEL: 'gpt-5', OPENAI_API_KEY: 'k' })).toBeUndefined();
  expect(ollamaUrl({ LLM_MODEL: 'm', LLM_URL: 'http://x/v1' })).toBeUndefined();
});
