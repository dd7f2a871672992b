import { initializeLogger } from '@livekit/agents';
import { beforeAll, expect, test } from 'vitest';
import { callBilling } from '../testing/billing';
import { HANDED_OVER } from '../testing/briefs';
import { newStore } from '../testing/desk';
import { play, type Script } from '../testing/play';

beforeAll(() => initializeLogger({ pretty: false, level: 'silent' }));

const scripts: Record<string, Script> = {
  'tells how, when and what to pay': [
    ['How can I pay?', 'by card at the desk, by bank transfer or by check', 'anything else?'],
    ['And when is a bill due?', '30 days after its date'],
    ['How much is a blood test?', 'A blood test costs 45 dollars.'],
    ['And a vaccination?', 'A vaccination costs 60 dollars.'],
    ['What are your prices?', 'a blood test costs 45 dollars', 'a health check costs 120 dollars'],
    ['Where can I write to?', 'write to the billing office at 14 Willow Street'],
  ],
  'answers two questions in one sentence': [
    ['How can I pay and when is it due?', 'by card', '30 days'],
  ],
  'knows the practice too': [
    ['When do you close on Friday?', "five o'clock"],
    ['Where are you?', '14 Willow Street'],
  ],
  'has no diary': [["I'd like to book an appointment", 'The front desk does that', 'message']],
  'repeats the number of an invoice, and takes a message with it': [
    ['I have a question about my bill.', "can't see your bill", 'number of the invoice?'],
    ['One zero four two.', 'Invoice 1 0 4 2. A colleague', 'Shall I take a message'],
    ['Yes please.', 'What number can we call you on?', '!What is the message'],
    [
      '555 0199',
      'The message for the billing office is: Please call me back about invoice 1042.',
      'From Margaret, on 5 5 5, 0 1 9 9.',
    ],
    ['Yes.', 'the billing office gets it'],
    ["No, that's all.", 'Goodbye.'],
  ],
  'does without the number': [
    ['It is about my bill', 'number of the invoice?'],
    ["I don't have it here", 'find it by your name', 'Shall I take a message'],
    ['No.', 'All right. Is there anything else?'],
  ],
  'keeps the number for what comes next': [
    ['It is about invoice 1042', 'Invoice 1 0 4 2'],
    ['No thanks.', 'All right'],
    ['Can I get a copy?', 'Shall I tell them'],
    ['Yes', 'What number'],
    ['no', 'Please send me a copy of invoice 1042. From Margaret, without a number.'],
  ],
  'asks for the number again in other words': [
    ['It is about my bill', 'number of the invoice?'],
    ['flurb', 'digit by digit'],
    ['the zebra', 'Say no'],
    ['How can I pay?', 'by card'],
  ],
  'refunds and payment in parts end in the offer of a message': [
    ['I was charged twice', 'within ten working days', 'Shall I take a message'],
    ['no', 'anything else?'],
    ['Can I pay in installments?', 'three monthly parts', 'sets it up?'],
    ['yes', 'What number'],
  ],
  'a message is taken as it is dictated': [
    ['Can I leave a message?', 'What is the message?'],
    ['How can I pay my bill?', 'What number', '!by card'],
    ['What are your hours?', 'half past eight', 'What number'],
    ['no', 'How can I pay my bill?', 'Shall I pass it on?'],
  ],
  'knows what was said before': [
    [
      'What did I tell Ada?',
      'Ada told me this. Margaret has a question for billing.',
      'I have a question about my bill.',
    ],
  ],
  'has manners, and is not lost': [
    ['Hello', 'How can I help?'],
    ['Are you a robot?', "I'm Frank, the automated assistant for billing"],
    ['flurb', 'I can tell you how to pay'],
    ['the zebra is orange', 'how can I pay'],
    ['Thank you', "You're welcome"],
    ['pardon?', "You're welcome"],
    ["I'd like to talk to billing", 'through to billing'],
    ['No.', 'All right'],
    ['My father is unconscious', 'call 9 1 1'],
  ],
};

test.each(Object.entries(scripts))('%s', async (_, script) => {
  await play(script, callBilling(HANDED_OVER));
});

test('called directly, nothing was told', async () => {
  for (const brief of [undefined, { kind: 'callback' } as const]) {
    await play(
      [
        ['Do you know why I am calling?', "haven't been told anything yet", 'What is it about?'],
        ['My invoice number is 77', 'Invoice 7 7'],
        ['Yes', 'Who is it from?'],
      ],
      callBilling(brief),
    );
  }
});

test('the number that Ada was told is not asked for again', async () => {
  const told = { ...HANDED_OVER, summary: 'Margaret asks about invoice 1042.' };
  await play([['Yes, about my bill', 'Invoice 1 0 4 2', '!What is the number']], callBilling(told));
});

test('what was said last and is not in the summary is told back too', async () => {
  const told = { ...HANDED_OVER, summary: 'Margaret wants billing.' };
  const answer = await callBilling(told).say('What did I tell Ada?');
  expect(answer).toContain('The last you said was: I have a question about my bill.');
});

test('the message lies where the front desk keeps its own', async () => {
  const store = newStore();
  await play(
    [['Can I get a receipt?'], ['yes'], ['555 0199'], ['yes', 'gets it']],
    callBilling(HANDED_OVER, store),
  );
  expect(store.messages).toMatchObject([
    {
      for: 'the billing office',
      from: 'Margaret',
      phone: '555 0199',
      text: 'Please send me a copy of my last bill.',
    },
  ]);
});

test('the call ends by the endCall tool; who speaks into the goodbye is answered', async () => {
  const talk = await play([['Thanks, bye.', 'Goodbye.']], callBilling());
  expect(talk.call.ended).toBe(true);
  await play([['Oh wait, how can I pay?', 'by card']], talk);
  await play(
    [
      ['Goodbye.', 'Goodbye'],
      ['Thank you.', 'Goodbye'],
    ],
    talk,
  );
});
