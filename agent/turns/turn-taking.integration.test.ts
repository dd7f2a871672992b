// A caller talks over the agent in a real call: backchannels are ignored and the agent finishes,
// including its goodbye; speech interrupts it.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Speaker, TestCaller } from '@/agent/testing/caller';
import { sharedStage } from '@/agent/testing/stage';
import type { EventOf } from '@/lib/calls/event';

/** About seven seconds long. */
const STORY =
  'the first boat is blue, the second boat is green, the third boat is yellow, the fourth boat is white, the fifth boat is brown, the sixth boat is grey, the seventh boat is black, the eighth boat is pink, and the very last boat is red';
const LAST = 'boat is red';

const stage = await sharedStage();
let call: TestCaller;
let microphone: Speaker;

type Turn = EventOf<'turn'>;
const turns = () =>
  stage.web.eventsOf(call.room).flatMap(({ what }): Turn[] => (what.kind === 'turn' ? [what] : []));
const agentTurns = () => turns().filter(({ speaker }) => speaker === 'agent');
const spokenTurns = () => turns().filter(({ speaker, typed }) => speaker === 'caller' && !typed);

/** Lets the agent tell the story; resolves when it has begun. */
async function begin(): Promise<number> {
  const before = agentTurns().length;
  const { length } = call.said;
  await call.type(STORY);
  await expect.poll(() => call.said.slice(length)).toContain('second boat');
  return before;
}

beforeAll(async () => {
  call = await stage.call('line-check');
  microphone = await call.speaks(stage.speech);
});

afterAll(() => stage.close());

test('an "okay" is not a turn, and the agent continues', async () => {
  await expect.poll(() => agentTurns().length).toBe(1);
  const before = await begin();
  await microphone.say('Okay.');
  await expect.poll(() => agentTurns().length).toBe(before + 1);
  expect(agentTurns().at(-1)?.text).toContain(LAST);
  expect(agentTurns().at(-1)?.interrupted).toBeUndefined();
  expect(spokenTurns()).toEqual([]);
});

test('a caller who speaks interrupts the agent and is answered', async () => {
  const before = await begin();
  await microphone.say('No, wait a moment, please.');
  await expect.poll(() => spokenTurns().length).toBe(1);
  await expect.poll(() => agentTurns()[before]?.interrupted).toBe(true);
  expect(agentTurns()[before]?.text).not.toContain(LAST);
  await expect.poll(() => agentTurns().length).toBeGreaterThan(before + 1);
});

test('an "okay" during the goodbye does not cut it short', async () => {
  const { length } = call.said;
  await call.type('Goodbye.');
  await expect.poll(() => call.said.slice(length)).toContain('Thank you');
  await microphone.say('Okay.');
  await expect.poll(() => agentTurns().at(-1)?.text).toBe('Thank you for calling. Goodbye.');
  expect(agentTurns().at(-1)?.interrupted).toBeUndefined();
  await expect.poll(() => call.leaving).toBe('goodbye');
});
