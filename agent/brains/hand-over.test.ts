// The hand-over as a language model uses it: in the framework's own session, against a chat server.
import { initializeLogger } from '@livekit/agents';
import { beforeAll, expect, test } from 'vitest';
import { callModel } from '../testing/model-call';
import { NOW } from './testing/practice';
import { StillCall } from './testing/talk';

beforeAll(() => initializeLogger({ pretty: false, level: 'silent' }));

const settings = (url: string) => ({ LLM_URL: url, LLM_MODEL: 'm' });
const call = (args: object) => ({ call: { name: 'handOver', args } });
const ANNOUNCED = 'I will get Frank. One moment.';
const HANDS_OVER = {
  say: ANNOUNCED,
  ...call({ to: 'billing', summary: 'Asks about a bill.', caller: 'Margaret', newRoom: true }),
};

test('handed over, the model is not asked for another word', async () => {
  const handle = new StillCall(NOW);
  const { say, asked } = await callModel([() => HANDS_OVER], settings, handle);
  const said = await say('I have a question about my bill.');
  expect(said.filter((line) => !line.startsWith('['))).toEqual([ANNOUNCED]);
  expect(said).toContain('[handOver]');
  expect(asked).toHaveLength(1);
  expect(handle.handedTo).toEqual([
    { agent: 'billing', summary: 'Asks about a bill.', caller: 'Margaret', newRoom: true },
  ]);
});

test('nobody came: the model is told, and goes on', async () => {
  const handle = new StillCall(NOW);
  handle.outcome = 'nobody came';
  let told = '';
  const { say } = await callModel(
    [
      () => HANDS_OVER,
      (last) => {
        told = last;
        return { say: 'Nobody is free.' };
      },
    ],
    settings,
    handle,
  );
  expect((await say('I have a question about my bill.')).at(-1)).toBe('Nobody is free.');
  expect(told).toContain('Nobody came');
});

test('only to those who take callers over, by the catalogue', async () => {
  const handle = new StillCall(NOW);
  for (const to of ['front-desk', 'line-check', 'nobody']) {
    let told = '';
    const { say } = await callModel(
      [
        () => call({ to, summary: 'Asks.' }),
        (last) => {
          told = last;
          return { say: 'Sorry.' };
        },
      ],
      settings,
      handle,
    );
    await say('Put me through.');
    expect(told).toContain('Invalid arguments');
  }
  expect(handle.handedTo).toEqual([]);
});
