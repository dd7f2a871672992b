import { initializeLogger } from '@livekit/agents';
import { beforeAll, describe, expect, test } from 'vitest';
import { callDesk } from '../testing/desk';
import { play, type Script } from '../testing/play';
import { clock, practice } from '../testing/practice';
import { read } from './intents';

beforeAll(() => initializeLogger({ pretty: false, level: 'silent' }));

const wants = (text: string) => read(text, practice, clock).wants;

test.each([
  "I'd like to speak to someone about billing",
  'Can I talk to billing?',
  'I have a question about my bill.',
  'I have a question about an invoice',
  'I have a question about a payment.',
  'put me through to the accounts department',
  "Put me through to the account's department.",
  "Put me through to the account's apartment.",
  'I have a question about in voice number five, five, two.',
  'Could I talk to somebody about my voice in private?',
  'Can I speak to accounts?',
  'How much is my bill?',
  'How can I pay?',
  "I'd like to pay my bill",
  'I was charged twice',
  'I want to cancel my payment',
  'I want a refund',
  'Can I talk to billing in private?',
  'Can I speak to Frank?',
  "I'd like to talk to someone in building.",
])('"%s" is for billing', (text) => {
  expect(wants(text)).toEqual(['handover']);
});

test.each([
  ['How much is a blood test?', []],
  ["I'd like to speak to a doctor", ['message']],
  ['Can I speak to someone?', ['message']],
  ["I'd like to leave a message for billing", ['message']],
  ['Can you tell billing that I have paid?', ['message']],
  ['Could someone call me back about my bill?', ['message']],
  ['My name is Bill Smith', []],
  ['This is Bill.', []],
  ['Is there parking at the building?', []],
  ['never mind the bill', ['stop']],
  ['I need to cancel my appointment', ['cancel']],
  ['Do I have to pay for the vaccination?', []],
  ['When does billing close?', []],
])('"%s" is not: %j', (text, expected) => {
  expect(wants(text)).toEqual(expected);
});

const scripts: Record<string, Script> = {
  'announces, and says nothing more': [
    [
      'I have a question about my bill.',
      'Let me get Frank from billing. One moment, please.',
      '!room',
    ],
    ['Hello?', '!moment'],
  ],
  'in private: in a room of their own': [
    ['Can I talk to billing in private?', 'get Frank from billing, in a room of your own.'],
  ],
  'answers a question beside it': [
    ['When do you close, and can I talk to billing?', 'at five', 'Let me get Frank'],
  ],
  'gives up an appointment in the making, and says so': [
    ['Can I see Doctor Lee on Friday at half past two?', 'What name'],
    ['I have a question about my bill', "haven't booked anything", 'Let me get Frank'],
  ],
  'books first what a yes was said to': [
    ['An appointment on Friday at half past two for Sarah', ''],
    ['Sarah', 'Sarah'],
    ['Yes, and I have a question about my bill', 'is booked', '!Frank'],
    ['I have a question about my bill', 'Let me get Frank'],
  ],
  'a message may be about a bill': [
    ["I'd like to leave a message", 'What is the message?'],
    ['My bill is wrong.', 'Who is it from?'],
    ['Anna', 'What number'],
    ['Can I talk to billing?', "haven't passed the message on", 'Let me get Frank'],
  ],
};

describe('the conversation', () => {
  test.each(Object.entries(scripts))('%s', async (_, script) => {
    await play(script);
  });

  test('nobody came: a message is offered, for billing', async () => {
    const talk = callDesk();
    talk.call.outcome = 'nobody came';
    await play(
      [
        [
          'I have a question about my bill.',
          "I'm sorry, nobody from billing is free right now. Shall I take a message?",
        ],
        ['Yes please.', 'What is the message for billing?'],
        ['My last bill is too high', 'Who is it from?'],
      ],
      talk,
    );
  });

  test('nobody came, and the call goes on as before; asked again, it tries again', async () => {
    const talk = callDesk();
    talk.call.outcome = 'nobody came';
    await play(
      [
        ['Can I talk to billing?', 'nobody from billing'],
        ['What is your address?', '14 Willow Street'],
        ['I want to talk to billing', 'nobody from billing'],
        ['No.', 'All right'],
        ['No, goodbye.', 'Goodbye'],
      ],
      talk,
    );
    expect(talk.call.handedTo).toHaveLength(2);
    expect(talk.call.ended).toBe(true);
  });
});

describe('what the other is told', () => {
  test('with nothing said before, the words alone', async () => {
    const { call } = await play([['I have a question about my bill.']]);
    expect(call.handedTo).toEqual([
      {
        agent: 'billing',
        summary:
          'The caller has a question for billing. Their words: I have a question about my bill.',
      },
    ]);
  });

  test('who, what was booked, what was asked, and that it is private', async () => {
    const { call } = await play([
      ['Hello, this is Margaret.', 'Hello'],
      ['What are your opening hours, and is there parking?', 'parking'],
      ['A blood test on Monday at nine please', 'for Margaret'],
      ['Yes', 'is booked'],
      ['I would like to talk to billing privately.', 'Let me get Frank'],
    ]);
    expect(call.handedTo).toEqual([
      {
        agent: 'billing',
        caller: 'Margaret',
        newRoom: true,
        summary:
          "Margaret has a question for billing. Their words: I would like to talk to billing privately. In this call they booked a blood test with Nurse Patel on Monday the 23rd at nine o'clock. They asked about the opening hours and parking.",
      },
    ]);
  });
});

test('while the other is on the way, a question is answered and all else waits', async () => {
  const talk = callDesk();
  talk.context.addMessage({ role: 'user', content: 'Can I talk to billing?' });
  const { toolCalls, text } = await talk.brain.chat({ chatCtx: talk.context }).collect();
  talk.context.addMessage({ role: 'assistant', content: text });
  talk.context.items.push(...toolCalls);
  expect(await talk.say('Are you there?')).toMatch(/moment/);
  expect(await talk.say('What is your address?')).toMatch(/14 Willow Street.*moment/);
  expect(await talk.say('I have a question about my bill')).toMatch(/moment/);
  expect(await talk.say('My father is unconscious')).toContain('9 1 1');
  expect(talk.used).toEqual([]);
});
