// A model that breaks off in the middle of an answer, or answers with nothing: the real client against a chat server on
// loopback. scripted/scripted-llm.test.ts covers timeouts and rejected requests.
import { initializeLogger } from '@livekit/agents';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { notices } from '@/agent/core/notices';
import { FLUSH } from '@/agent/framework/flush';
import { BROKEN_OFF } from '@/agent/models/llm-timeout';
import { twoModels } from '@/agent/models/testing/two-models';
import { callModel } from '@/agent/testing/model-call';
import { ownDiary } from '@/agent/testing/own-diary';

beforeAll(() => initializeLogger({ pretty: false, level: 'silent' }));
ownDiary();
afterEach(() => vi.unstubAllEnvs());

const one = (url: string) => ({ MODELS: 'compatible:first', LLM_URL: url });
const ADDRESS = 'What is your address?';

test('the scripted agent continues an answer that broke off', async () => {
  const { say, failures } = await callModel([() => ({ say: 'We are at', breaksOff: true })], one);
  const said = (await say(ADDRESS)).join();
  expect(said).toMatch(new RegExp(`^We are at… ${notices.apology}.*14 Willow Street`));
  expect(failures).toHaveLength(1);
});

/** Maximum milliseconds of silence after the last token of a stalled model: the 2.5 s timeout plus overhead. */
const SILENCE_MAX_MS = 4_000;

test('a stalled model times out after 2.5 s; its words are spoken before the next model answers', async () => {
  const { ask, first, failures } = await twoModels({
    first: [() => ({ say: 'We are at', stalls: true })],
    second: [() => ({ say: '14 Willow Street.' })],
  });
  const came: { piece: string; at: number }[] = [];
  for await (const chunk of ask()) {
    const piece = Object.is(chunk, FLUSH) ? '/' : (chunk.delta?.content ?? '');
    if (piece) came.push({ piece, at: performance.now() });
  }
  expect(came.map(({ piece }) => piece).join('')).toBe('We are at… /14 Willow Street.');
  const broken = came.findIndex(({ piece }) => piece === BROKEN_OFF);
  const silence = (came[broken]?.at ?? Number.NaN) - (came[broken - 1]?.at ?? Number.NaN);
  expect(silence).toBeGreaterThan(2_400);
  expect(silence).toBeLessThan(SILENCE_MAX_MS);
  expect(failures[0]).toContain('it said nothing for 2.5 s');
  expect(first.aborted).toHaveLength(1);
});

test('a model that writes a long tool call after its words is not stalled', async () => {
  const message = { text: 'Call me back', name: 'Sarah Jones', number: '555 0100' };
  const call = { name: 'takeMessage', args: message };
  const { say, failures } = await callModel(
    // Four chunks of a tool call, 0.7 s apart: together longer than the timeout.
    [() => ({ say: 'Sure.', call, callEveryMs: 700 }), () => ({ say: 'I have it.' })],
    one,
  );
  expect(await say('Please take a message.')).toContain('[takeMessage]');
  expect(failures).toEqual([]);
}, 15_000);

test('a requested tool runs once, even if the model then breaks off', async () => {
  const message = { text: 'Call me back', name: 'Sarah Jones', number: '555 0100' };
  const { say, failures } = await callModel(
    [
      () => ({ call: { name: 'takeMessage', args: message }, breaksOff: true }),
      () => ({ say: 'I have it.' }),
    ],
    one,
  );
  const said = await say('Please take a message.');
  expect(said.filter((line) => line === '[takeMessage]')).toHaveLength(1);
  expect(said.at(-1)).toBe('I have it.');
  expect(failures).toHaveLength(1);
});

test('an empty answer counts as a failure', async () => {
  const { say, failures } = await callModel([() => ({ say: '' })], one);
  expect((await say(ADDRESS)).join()).toContain('14 Willow Street');
  expect((failures[0] as Error).message).toContain('it answered with nothing');
});
