// A short sound that was misheard as words, into the agent's sentence: it goes on where it was cut.
import { initializeLogger } from '@livekit/agents';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { callDeskInGerman } from './front-desk/german/testing/desk';
import { unsaid } from './going-on';
import { callDesk } from './testing/desk';
import type { Talk } from './testing/talk';

beforeAll(() => initializeLogger({ pretty: false, level: 'silent' }));

test('what was cut is said from the beginning of its sentence', () => {
  const said = ['We close at five.', 'On Saturdays we close at noon.', 'Anything else?'];
  expect(unsaid(said, 'We close at')).toEqual(said);
  expect(unsaid(said, 'We close at five.')).toEqual(said.slice(1));
  expect(unsaid(said, 'We close at five. On Saturdays we')).toEqual(said.slice(1));
  expect(unsaid(said, 'Your message is passed on. We close at five. On')).toEqual(said.slice(1));
  expect(unsaid(said, said.join(' '))).toEqual([]);
});

/** As the framework leaves the last answer where the caller spoke into it. */
function cut({ context }: Talk, words: number): void {
  const last = context.items.at(-1);
  if (last?.type !== 'message') throw new Error('nothing was answered');
  last.content = [(last.textContent ?? '').split(' ').slice(0, words).join(' ')];
  last.interrupted = true;
}

let talk: Talk;
const OFFER = 'On Monday the 23rd I have half past eight';

beforeEach(async () => {
  talk = callDesk();
  expect(await talk.say('I need an appointment on Monday')).toContain(OFFER);
});

// "Uh-huh", "okay" and "yeah" of the benchmark's voices, as the recogniser wrote them.
test.each(['Apart,', 'Go, huh?', 'Go, dear,', 'You got.'])(
  '"%s": the offer is said once more, and nothing else is changed',
  async (heard) => {
    cut(talk, 4);
    expect(await talk.say(heard)).toContain(OFFER);
    expect(await talk.say('half past eight')).toContain('name');
  },
);

test('what a tool answered is part of what is gone on with', async () => {
  await talk.say('half past eight');
  await talk.say('Hugo');
  expect(await talk.say('yes')).toContain('Your appointment is booked.');
  cut(talk, 2);
  expect(await talk.say('Apart,')).toMatch(/^Your appointment is booked\./);
});

test('only once: who goes on making such sounds is asked', async () => {
  cut(talk, 4);
  await talk.say('Apart,');
  cut(talk, 4);
  expect(await talk.say('Apart,')).toContain("didn't catch that");
});

test.each([
  ['Stop.', 'No problem'],
  ['no', 'What other time'],
  ['Tuesday', 'Tuesday'],
  ['I see, said the man', "didn't catch that"],
])('"%s" is no such sound', async (heard, answer) => {
  cut(talk, 4);
  const said = await talk.say(heard);
  expect(said).not.toContain(OFFER);
  expect(said).toContain(answer);
});

test('where nothing was cut, what is not understood is asked about', async () => {
  expect(await talk.say('Apart,')).toContain("didn't catch that");
});

test('in German too', async () => {
  const german = callDeskInGerman();
  const offer = await german.say('Ich brauche am Montag einen Termin');
  cut(german, 3);
  expect(await german.say('Apart,')).toBe(offer);
});
