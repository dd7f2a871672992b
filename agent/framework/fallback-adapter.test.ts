// Failed models and cancelled answers: the real client against a chat server on loopback.
import { initializeLogger, voice } from '@livekit/agents';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { QUESTION, twoModels } from '@/agent/models/testing/two-models';

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

const endless = () => ({ say: 'One, two, three. ', endless: true });
const hang = () => ({ hang: true });

// Answers that a caller no longer waits for are cancelled: the chat server sees its requests aborted.

test.each([
  ['in the middle of an answer', endless, 1],
  ['before the first token', hang, 0],
])(
  'cancelled %s: the request is aborted, and no other model is asked',
  async (_, first, tokens) => {
    const models = await twoModels({ first: [first] });
    const stream = models.ask();
    if (tokens > 0) expect((await stream.next()).done).toBe(false);
    await expect.poll(() => models.first.asked).toHaveLength(1);
    stream.close();
    await expect.poll(() => models.first.aborted).toHaveLength(1);
    expect([models.second.asked, models.failures]).toEqual([[], []]);
  },
);

test('a cancelled fallback model; the failed model is still checked', async () => {
  const { ask, first, second, isThere } = await twoModels({
    first: [broken, hang],
    second: [endless],
  });
  const stream = ask();
  expect((await stream.next()).done).toBe(false);
  await expect.poll(() => first.asked).toHaveLength(2);
  stream.close();
  await expect.poll(() => second.aborted).toHaveLength(1);
  expect(first.aborted).toEqual([]);
  expect(isThere()).toBe('asked');
});

test('a model that works again generates one token of an answer that nobody will hear', async () => {
  const { ask, first, second, isThere } = await twoModels({
    first: [broken, endless],
    second: [() => ({ say: 'Hello.' })],
  });
  expect((await ask().collect()).text).toBe('Hello.');
  await expect.poll(() => isThere()).toBe(true);
  await expect.poll(() => first.aborted).toHaveLength(1);
  expect(second.aborted).toEqual([]);
});

test('cancelled by a caller who interrupts', async () => {
  const { model, first } = await twoModels({ first: [endless] });
  const session = new voice.AgentSession({ llm: model });
  onTestFinished(() => session.close());
  await session.start({ agent: new voice.Agent({ instructions: 'Count.' }) });
  const speech = session.generateReply({ userInput: QUESTION });
  await expect.poll(() => first.asked).toHaveLength(1);
  speech.interrupt();
  await expect.poll(() => first.aborted).toHaveLength(1);
});
