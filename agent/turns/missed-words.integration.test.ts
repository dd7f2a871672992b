// In a real call, speech without a transcript is not met with silence.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Speaker, TestCaller } from '@/agent/testing/caller';
import { MUMBLED } from '@/agent/testing/fake-speech';
import { sharedStage } from '@/agent/testing/stage';
import type { EventKind, EventOf } from '@/lib/calls/event';
import { foldCall } from '@/lib/calls/timeline/timeline';

const DIDNT = 'Sorry, I did not catch that.';

const stage = await sharedStage();
let call: TestCaller;
let microphone: Speaker;

const reported = <K extends EventKind>(kind: K) =>
  stage.web
    .eventsOf(call.room)
    .flatMap(({ what }) => (what.kind === kind ? [what as EventOf<K>] : []));
const turns = (by: 'agent' | 'caller') => reported('turn').filter(({ speaker }) => speaker === by);

beforeAll(async () => {
  call = await stage.call('front-desk');
  microphone = await call.speaks(stage.speech);
});

afterAll(() => stage.close());

test('the agent says twice that it did not understand, and then offers typing', async () => {
  await expect.poll(() => turns('agent')).toHaveLength(1);
  for (const missed of [1, 2, 3]) {
    await microphone.say(`${MUMBLED}, mumble, mumble, and mumble.`);
    await expect.poll(() => reported('missed_words')).toHaveLength(missed);
    await expect.poll(() => turns('agent')).toHaveLength(1 + missed);
  }
  const [first, second, third] = turns('agent').slice(1);
  expect(first?.text).toBe(`${DIDNT} How can I help?`);
  expect(second?.text).toBe(`${DIDNT} How can I help?`);
  expect(third?.text).toContain('You can also type your message.');
  expect(reported('missed_words').map(({ offered }) => offered)).toEqual([false, false, true]);
  expect(reported('missed_words')[0]?.ms).toBeGreaterThan(400);
  expect(turns('caller')).toEqual([]);
  // As the call's page shows it: each time, followed by the answer.
  const { marks } = foldCall(
    stage.web.eventsOf(call.room).map((event) => ({ ...event, arrivedAt: event.at })),
  );
  const shown = marks.flatMap((mark) => {
    if (mark.kind === 'turn') return [mark.speaker];
    return mark.kind === 'event' && mark.what.kind === 'missed_words' ? ['missed'] : [];
  });
  expect(shown).toEqual(['agent', ...Array.from({ length: 3 }, () => ['missed', 'agent']).flat()]);
});

test('words are answered as usual', async () => {
  await microphone.say('What are your opening hours?');
  await expect.poll(() => turns('caller')).toHaveLength(1);
  await expect.poll(() => turns('agent').at(-1)?.text).toMatch(/open/);
  expect(reported('missed_words')).toHaveLength(3);
});
