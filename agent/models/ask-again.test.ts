// A model that fails for more than one question: the real client against a chat server on loopback.
import { initializeLogger, llm } from '@livekit/agents';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { startLetta } from '../../lib/letta/testing/letta-server';
import { askAgain } from './ask-again';
import { makeLetta } from './letta';
import { twoModels } from './testing/two-models';

const broken = () => ({ status: 500 });
const back = () => ({ say: 'I am back.' });
const standing = () => ({ say: 'I stand in.' });

beforeAll(() => initializeLogger({ pretty: false, level: 'silent' }));

test('a failed model is retried with each question until it works, and answers the next one', async () => {
  const { ask, first, isThere } = await twoModels({
    first: [broken, broken, broken, back, back],
    second: [standing, standing, standing],
  });
  const say = async () => (await ask().collect()).text;
  const looked = (is: boolean) => expect.poll(() => isThere()).toBe(is);

  for (const there of [false, false, true]) {
    expect(await say()).toBe('I stand in.');
    await looked(there);
  }
  expect(first.asked).toHaveLength(4);
  expect(await say()).toBe('I am back.');
});

test('a failed Letta is checked, but does not see questions that another model answers', async () => {
  const letta = await startLetta();
  onTestFinished(() => letta.close());
  const mindOf = (name: string) =>
    makeLetta(
      { url: letta.url, key: undefined, agentId: letta.add(name), caller: async () => 'a' },
      () => undefined,
    );
  const both = new llm.FallbackAdapter({ llms: [mindOf('Sam'), mindOf('Max')] });
  askAgain(both);
  const context = llm.ChatContext.empty();
  const say = async (text: string) => {
    context.addMessage({ role: 'user', content: text });
    return (await both.chat({ chatCtx: context }).collect()).text;
  };
  const [sam] = both._status;
  letta.turns.push({ status: 503 });
  await say('First.');
  await expect.poll(() => sam?.recoveringTask).toBeNull();
  // As if it had failed the second time too.
  Object.assign(sam ?? {}, { available: false });
  await say('Second.');
  await expect.poll(() => sam).toEqual({ available: true, recoveringTask: null });
  const told = [...letta.agents.values()].filter(({ talk }) => talk.includes('Second.'));
  expect(told.map(({ name }) => name)).toEqual(['Max']);
  expect(await say('Third.')).toMatch(/Told: Third\.$/);
});
