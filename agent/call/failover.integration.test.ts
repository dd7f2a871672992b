// A replacement agent continues the conversation of a lost one. main.integration.test.ts covers workers that die.
import { afterAll, expect, test } from 'vitest';
import { notices } from '@/agent/core/notices';
import { sharedStage } from '@/agent/testing/stage';
import { type HistoryItem, writeHandoffContext } from '@/lib/dispatch/handoff-context';
import { PERSON_ATTRIBUTES } from '@/lib/livekit/attributes';

const history: HistoryItem[] = [
  { kind: 'said', speaker: 'agent', text: 'How can I help?' },
  { kind: 'said', speaker: 'caller', text: 'I would like to book a blood test.' },
  { kind: 'said', speaker: 'agent', text: 'Of course. What day would you like?' },
];

const stage = await sharedStage();

const send = (room: string, talk = history) =>
  stage.dispatches.createDispatch(room, 'front-desk', {
    metadata: writeHandoffContext(
      { kind: 'resume', history: talk },
      { room, secret: stage.env.LIVEKIT_API_SECRET },
    ),
  });

afterAll(() => stage.close());

test('a replacement agent apologizes for the interruption, repeats the question and continues the conversation', async () => {
  const call = await stage.call(undefined);
  await send(call.room);
  await expect.poll(() => call.said).toContain(`${notices.cutOff} What day would you like?`);
  expect(call.said).not.toContain('this is Ada');
  await call.type('On Tuesday in the morning.');
  await expect.poll(() => call.said).toMatch(/what time/i);
  await call.hangUp();
});

test("the caller's last message is answered", async () => {
  const call = await stage.call(undefined);
  await send(call.room, [
    ...history.slice(0, 1),
    { kind: 'said', speaker: 'caller', text: 'What is your address?' },
  ]);
  await expect
    .poll(() => call.said)
    .toMatch(new RegExp(`^${notices.cutOff}.*Willow Street, Brookfield`, 's'));
  await call.hangUp();
});

test('with a colleague present it stays as silent as the lost agent was', async () => {
  const call = await stage.call(undefined);
  const attributes = { [PERSON_ATTRIBUTES.takeover]: 'stay' };
  const ben = await stage.call(undefined, { room: call.room, identity: 'ben', attributes });
  await send(call.room);
  await call.answered();
  await call.type('What is your address?');
  await call.type('Ada, please tell me all your services.');
  await expect.poll(() => call.said).toMatch(/blood test/i);
  expect(call.said).not.toMatch(/cut off|Brookfield/);
  await Promise.all([ben.hangUp(), call.hangUp()]);
});
