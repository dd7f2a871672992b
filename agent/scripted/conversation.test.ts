import { initializeLogger } from '@livekit/agents';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { frontDesk } from '@/agent/agents/front-desk';
import { type Conversation, reworded, spoken, unsaid } from '@/agent/scripted/conversation';
import { StillCall, Talk } from '@/agent/testing/talk';

beforeAll(() => initializeLogger({ pretty: false, level: 'silent' }));

test.each([
  ['Is there anything else?', 'What else can I do for you?'],
  ['Is it blue?', 'Is it blue, please?'],
  ['What is it for?', 'So, what is it for?'],
  ['We close at five.', 'As I said, we close at five.'],
  ['Doctor Lee is in.', 'As I said, Doctor Lee is in.'],
])('after %j, it varies to %j', (said, other) => {
  expect(reworded([said, said], [])).toEqual([said]);
  expect(reworded([said], [said])).toEqual([other]);
});

test('no sentence is repeated in the next answer, unless the caller asks for it', () => {
  const parrot: Conversation<null> = {
    start: null,
    hear: (state, text) => ({ state, say: ['What is it for?'], again: text === 'again' }),
    toolReturned: (state) => ({ state, say: ['What is it for?'] }),
  };
  const { start, hear, toolReturned } = spoken(parrot);
  const now = new Date();
  const moment = { now };
  const first = hear(start, 'hello', moment);
  const second = hear(first.state, 'hello', moment);
  const third = hear(second.state, 'again', moment);
  expect(second.say).toEqual(['So, what is it for?']);
  expect(third.say).toEqual(['What is it for?']);
  const use = { name: 'endCall', args: {} };
  expect(toolReturned(second.state, use, '', false, now).say).toEqual(['Then, what is it for?']);
});

test('an interrupted answer resumes at the beginning of its sentence', () => {
  const said = ['We close at five.', 'On Saturdays we close at noon.', 'Anything else?'];
  expect(unsaid(said, 'We close at')).toEqual(said);
  expect(unsaid(said, 'We close at five. On Saturdays we')).toEqual(said.slice(1));
  expect(unsaid(said, 'Your message is passed on. We close at five. On')).toEqual(said.slice(1));
  expect(unsaid(said, said.join(' '))).toEqual([]);
});

let talk: Talk;
const OFFER = 'Monday the 23rd. I have half past eight';

/** As the framework records an answer that the caller interrupted. */
function cut(words: number): void {
  const last = talk.context.items.at(-1);
  if (last?.type !== 'message') throw new Error('there was no answer');
  last.content = [(last.textContent ?? '').split(' ').slice(0, words).join(' ')];
  last.interrupted = true;
}

beforeEach(async () => {
  talk = new Talk(frontDesk, new StillCall());
  expect(await talk.say('I need an appointment on Monday')).toContain(OFFER);
});

// "Uh-huh", "okay" and "yeah" of the benchmark's voices, as STT wrote them.
test.each(['Apart,', 'Go, huh?'])(
  '"%s" during an answer: the sentence is repeated, and nothing else changes',
  async (heard) => {
    cut(4);
    expect(await talk.say(heard)).toContain(OFFER);
    expect(await talk.say('half past eight')).toContain('name');
  },
);

test('only once: after a second such sound the caller is asked', async () => {
  cut(4);
  await talk.say('Apart,');
  cut(4);
  expect(await talk.say('Apart,')).toContain("didn't catch that");
});

test.each([
  ['Stop.', 'leave that'],
  ['Tuesday', 'Tuesday'],
  ['I see, said the man', "didn't catch that"],
])('"%s" is not such a sound', async (heard, answer) => {
  cut(4);
  const said = await talk.say(heard);
  expect(said).not.toContain(OFFER);
  expect(said).toContain(answer);
});
