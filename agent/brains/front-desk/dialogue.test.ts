import { initializeLogger } from '@livekit/agents';
import { beforeAll, expect, test } from 'vitest';
import { callDesk, newStore } from '../testing/desk';
import { play, type Script } from '../testing/play';

beforeAll(() => initializeLogger({ pretty: false, level: 'silent' }));

const scripts: Record<string, Script> = {
  'says so when it does not know': [
    ["What's the weather like?", "don't know that", 'take a message'],
    ['Do you sell pizza?', "can't answer that one either"],
    ['Are you open tomorrow and who is in?', 'nine to noon', 'Tomorrow, Doctor Osei is in'],
  ],
  'tells the hours in every way they are asked for': [
    [
      'What are your opening hours?',
      'Monday to Thursday from half past eight to six',
      'closed on Sunday',
    ],
    ['Are you open on Sunday?', 'closed on Sundays'],
    ['are you open now', 'open until five'],
    ['What time do you close tomorrow?', 'close at noon tomorrow'],
    ['Are you open at seven on Monday?', 'No, on Monday'],
    ['Are you open on Christmas Day?', 'closed on Friday the 25th of December, for Christmas Day'],
    ['and at the weekend?', ''],
  ],
  'tells address, parking, number, services and people': [
    ['Where are you?', '14 Willow Street'],
    ['Is there parking?', 'behind the building'],
    ["What's your phone number?", '5 5 5, 0 1 4 2'],
    ['What services do you offer?', 'blood tests, vaccinations'],
    ['Who are your doctors?', 'Doctor Lee and Doctor Osei', '!Patel'],
    ['Is Doctor Lee in on Wednesday?', "isn't in", 'Monday, Tuesday, Thursday and Friday'],
    ['Who is in on Wednesday?', 'Doctor Osei and Nurse Patel are in'],
    ['How much is a check up?', "don't have our prices", 'take a message'],
  ],
  'answers two requests in one sentence': [
    [
      'What time do you close on Friday and can I book an appointment for Monday?',
      "close at five o'clock",
      'On Monday the 23rd I have',
    ],
    ["What's your address?", '14 Willow Street', 'Would you like'],
    ['nine'],
    ['Peter Pan', 'for Peter Pan'],
    ["Yes, and what's your phone number?", '5 5 5, 0 1 4 2', 'is booked'],
    ['Stop. What is your address?', '14 Willow Street', '!No problem'],
    ['Stop, what is your address?', '14 Willow Street', '!No problem'],
  ],
  'understands what a small recogniser writes': [
    ['I would like 2 book a pointment 4 Wensday', 'On Wednesday the 25th'],
    ['at to thirty', 'half past two is free'],
    ['its ben carter', 'for Ben Carter'],
    ['yeah', 'is booked'],
    ['by', 'Goodbye'],
  ],
  'takes a message': [
    ["I'd like to leave a message for Doctor Leigh", 'What is the message for Doctor Lee?'],
    ['Please send my results to the hospital', 'Who is it from?'],
    ['Anna Smith', 'What number'],
    [
      'five five five oh one nine nine',
      'Please send my results to the hospital.',
      'From Anna Smith, on 5 5 5, 0 1 9 9',
    ],
    ['no, the number is 555 0188', '0 1 8 8'],
    ['yes', 'Doctor Lee gets it'],
    ['no', 'Goodbye'],
  ],
  'takes a message that comes in one sentence': [
    ['Can you tell Doctor Osei that I will be ten minutes late?', 'Who is it from?'],
    ['This is Paul', 'What number'],
    ['no', 'for Doctor Osei is: I will be ten minutes late. From Paul, without a number.'],
    ['yes', 'Doctor Osei gets it'],
  ],
  'does not repeat itself when it fails to understand': [
    ['flurb', 'I can tell you our hours'],
    ['the zebra is orange', 'for example', '!I can tell you our hours'],
    ['blah blah', 'Shall I take a message'],
    ['yes', 'What is the message?'],
    ['My tap is dripping all night', 'Who is it from?'],
  ],
  'has manners': [
    ['Hi there', 'How can I help?'],
    ['How are you?', "I'm well"],
    ['Are you a robot?', 'automated receptionist'],
    ['What can you do?', 'book an appointment'],
    ['Can you repeat that?', 'book an appointment'],
    ['Thank you', "You're welcome"],
    ["you're useless", "I'm sorry about that", 'message'],
  ],
  'repeats without the apology': [
    ['Book an appointment', 'What day'],
    ['flurb', "didn't catch"],
    ['pardon?', 'Which day', "!didn't catch"],
  ],
  'sends an emergency to the right number': [['I have chest pains', 'call 9 1 1']],
};

test.each(Object.entries(scripts))('%s', async (_, script) => {
  await play(script);
});

test('the call ends by the endCall tool, and not before', async () => {
  const talk = await play([['What are your opening hours?']]);
  expect(talk.call.ended).toBe(false);
  await play([['Thanks, bye.', 'Goodbye']], talk);
  expect(talk.used.at(-1)?.name).toBe('endCall');
  expect(talk.call.ended).toBe(true);
});

test('who speaks into the goodbye is answered', async () => {
  const talk = await play([['bye', 'Goodbye']]);
  await play([['Oh wait, are you open on Saturday?', 'nine to noon']], talk);
});

test('at night, now means now and the next opening is told', async () => {
  const talk = callDesk(newStore(), new Date('2026-11-22T02:00:00Z'));
  await play(
    [['Are you open now?', 'closed at the moment', 'on Monday the 23rd at half past eight']],
    talk,
  );
});
