// What a caller hears where Letta cannot be reached: the truth, and a message is taken.
import { initializeLogger } from '@livekit/agents';
import { beforeAll, expect, test } from 'vitest';
import { lettaDefinition } from '../../agents/letta';
import { BuiltInBrain } from '../../brains/built-in-brain';
import { StillCall, Talk } from '../../brains/testing/talk';

beforeAll(() => initializeLogger({ pretty: false, level: 'silent' }));

const callAway = () => new Talk(lettaDefinition, new StillCall(new Date()));

test('says so, takes a message, and asks whether there is more', async () => {
  const talk = callAway();
  expect(await talk.say('What did I tell you last time?')).toMatch(/cannot reach.*message/);
  expect(await talk.say('Yes please.')).toBe('What is the message?');
  expect(await talk.say('Tell Sam that I call again.')).toMatch(/written that down/);
  expect(talk.used).toEqual([
    { name: 'takeMessage', args: { text: 'Tell Sam that I call again.' } },
  ]);
  expect(await talk.say('No, thank you.')).toMatch(/Goodbye/);
  expect(talk.call.ended).toBe(true);
});

test('asks again what it did not understand, and lets go who will try later', async () => {
  const talk = callAway();
  await talk.say('Hello?');
  expect(await talk.say('Roses.')).toMatch(/message, or will you try again later/);
  expect(await talk.say('I will try later.')).toMatch(/Goodbye/);
  expect(talk.call.ended).toBe(true);
  expect(talk.used.map(({ name }) => name)).toEqual(['endCall']);
});

test('in German in a German call, and lets go', async () => {
  const call = new StillCall(new Date());
  call.language = 'de';
  const talk = new Talk(lettaDefinition, call);
  expect(await talk.say('Was habe ich Ihnen letztes Mal erzählt?')).toMatch(
    /^Ich komme gerade nicht an das heran.*Nachricht aufnehmen/,
  );
  expect(await talk.say('Ja, gern.')).toBe('Wie lautet die Nachricht?');
  expect(await talk.say('Sagen Sie Sam, dass ich später wieder anrufe.')).toMatch(/^Das habe ich/);
  expect(talk.used.map(({ name }) => name)).toEqual(['takeMessage']);
  expect(await talk.say('Nein, danke.')).toMatch(/Auf Wiederhören/);
  expect(talk.call.ended).toBe(true);
});

test.each(['Ich versuche es später.', 'Auf Wiederhören!', 'Nö.', 'Tschüss', "Das war's."])(
  '%s: German goodbyes',
  async (words) => {
    const call = new StillCall(new Date());
    call.language = 'de';
    const talk = new Talk(lettaDefinition, call);
    await talk.say('Hallo?');
    expect(await talk.say(words)).toMatch(/Auf Wiederhören/);
  },
);

test('is an agent of that language: what stands in for Letta apologises in it', () => {
  const call = new StillCall(new Date());
  call.language = 'de';
  const brain = lettaDefinition.brain(call);
  expect(brain instanceof BuiltInBrain && brain.language).toBe('de');
});
