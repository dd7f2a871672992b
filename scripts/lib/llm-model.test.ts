import { expect, it, onTestFinished } from 'vitest';
import { serveFetch } from '@/lib/testing/serve-routes';
import { withModel } from '@/scripts/lib/llm-model';

/** A server with these models, or with another answer. Returns LLM_URL, and what it was asked. */
async function serve(answer: unknown, status = 200) {
  const asked: string[] = [];
  const server = await serveFetch(({ url, headers }) => {
    asked.push(`${new URL(url).pathname} ${headers.get('authorization')}`);
    return Response.json(answer, { status });
  });
  onTestFinished(server.close);
  return { LLM_URL: `${server.url}/v1/`, asked };
}
const list = (...ids: string[]) => ({ object: 'list', data: ids.map((id) => ({ id })) });

it('LLM_URL alone uses the only model of the server', async () => {
  const { LLM_URL, asked } = await serve(list('qwen3:8b'));
  expect(await withModel({ LLM_URL, LLM_KEY: 'k', HOST: 'h' })).toMatchObject({
    LLM_MODEL: 'qwen3:8b',
    HOST: 'h',
  });
  expect(asked).toEqual(['/v1/models Bearer k']);
});

it.each([
  [list('a', 'b'), 200, /has several models: set LLM_MODEL to one of a, b$/m],
  [list(), 200, /has no model: load one there first/],
  [{ models: [] }, 200, /its answer is no list/],
  [{}, 401, /status 401.* set LLM_MODEL to the name of its model/],
])('says what to set if the answer is %j', async (answer, status, words) => {
  const { LLM_URL } = await serve(answer, status);
  await expect(withModel({ LLM_URL })).rejects.toThrow(words);
});

it('says what to set if nothing answers, without the key in the URL', async () => {
  const failed = await withModel({ LLM_URL: 'http://127.0.0.1:9/v1?api-key=hush' }).catch(String);
  expect(failed).toMatch(/LLM_URL \(127\.0\.0\.1:9\) cannot be asked for its models/);
  expect(failed).not.toContain('hush');
});

it.each([
  [{}],
  [{ LLM_URL: 'http://127.0.0.1:9', LLM_MODEL: 'm' }],
  [{ LLM_URL: 'http://127.0.0.1:9', MODELS_FRONT_DESK: 'built-in' }],
  [{ LLM_URL: 'no URL' }],
])('asks nobody with %j', async (set) => {
  expect(await withModel(set)).toBe(set);
});
