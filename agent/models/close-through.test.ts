// Answers that a caller no longer waits for are cancelled: the real client against a chat server on
// loopback, which sees its requests aborted.
import { initializeLogger, voice } from '@livekit/agents';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { QUESTION, twoModels } from './testing/two-models';

const endless = () => ({ say: 'One, two, three. ', endless: true });
const hang = () => ({ hang: true });
const broken = () => ({ status: 500 });

beforeAll(() => initializeLogger({ pretty: false, level: 'silent' }));

test('in the middle of an answer: the request is aborted, and no other model is asked', async () => {
  const { ask, first, second, failures } = await twoModels({ first: [endless] });
  const stream = ask();
  expect((await stream.next()).done).toBe(false);
  stream.close();
  await expect.poll(() => first.aborted).toHaveLength(1);
  expect(second.asked).toEqual([]);
  expect(failures).toEqual([]);
});

test('before the first token', async () => {
  const { ask, first, second, failures } = await twoModels({ first: [hang] });
  const stream = ask();
  await expect.poll(() => first.asked).toHaveLength(1);
  stream.close();
  await expect.poll(() => first.aborted).toHaveLength(1);
  expect(second.asked).toEqual([]);
  expect(failures).toEqual([]);
});

test('of the fallback model; the failed model is still checked', async () => {
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

test('a caller who interrupts', async () => {
  const { mind, first } = await twoModels({ first: [endless] });
  const session = new voice.AgentSession({ llm: mind });
  onTestFinished(() => session.close());
  await session.start({ agent: new voice.Agent({ instructions: 'Count.' }) });
  const speech = session.generateReply({ userInput: QUESTION });
  await expect.poll(() => first.asked).toHaveLength(1);
  speech.interrupt();
  await expect.poll(() => first.aborted).toHaveLength(1);
});
