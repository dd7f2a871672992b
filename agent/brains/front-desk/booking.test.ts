import { initializeLogger } from '@livekit/agents';
import { beforeAll, expect, test } from 'vitest';
import { callDesk, newStore } from '../testing/desk';
import { play, type Script } from '../testing/play';

beforeAll(() => initializeLogger({ pretty: false, level: 'silent' }));

const scripts: Record<string, Script> = {
  'moves a week on, an hour on, and to another time of the day': [
    ["I'd like to book for Friday", 'On Friday the 27th I have'],
    ['not that Friday, the one after', 'On Friday the 4th of December'],
    ['something later', 'I have'],
    ['two', "two o'clock is free"],
    ['Ed', 'for Ed'],
    ['M A R G A R E T', 'for Margaret'],
    ['mm-hm', 'is booked'],
  ],
  'takes up what was asked about before': [
    ['How long is a health check?', '30 minutes'],
    ['When can I have one?', 'What day'],
    ['Monday at three', 'is free'],
    ['Rita', 'a health check with Doctor Lee'],
  ],
  'asks for what is missing, reads back and books': [
    ["I'd like to book an appointment.", 'What day'],
    ['Friday', 'On Friday the 27th I have', 'Which would you like?'],
    ['half past two', 'is free', 'What name'],
    ['Sarah Jones', 'with Doctor Lee on Friday the 27th at half past two, for Sarah Jones', '?'],
    ['Yes please', 'is booked', 'anything else'],
    ["No, that's all.", 'Goodbye'],
  ],
  'takes it all in one sentence': [
    [
      'Hello, my name is Sarah, can I see Doctor Osei on Monday at quarter to nine?',
      'with Doctor Osei on Monday the 23rd at quarter to nine, for Sarah',
    ],
    ['Yes, that works', 'is booked'],
  ],
  'takes corrections one after the other': [
    [
      'Book me in with Doctor Lee on Friday the twenty seventh at half past two for Ann',
      'half past two, for Ann',
    ],
    ['No, Thursday.', 'Thursday the 26th at half past two'],
    ["make it three o'clock", "Thursday the 26th at three o'clock"],
    ['actually for my son Tom', 'for Tom'],
    ['an hour later', "four o'clock, for Tom"],
    ['correct', 'is booked', "four o'clock"],
  ],
  'changes and cancels what was just booked': [
    ['Monday at nine please', 'is free'],
    ['Mary', 'for Mary'],
    ['yes', 'is booked'],
    ['Actually, can you make it half past eleven?', 'half past eleven, for Mary'],
    ['yes', 'is changed'],
    ['cancel that', 'Shall I cancel an appointment with Doctor Lee'],
    ['yes', 'is cancelled'],
  ],
  'asks what to change after a bare no': [
    ['Monday at nine please'],
    ['Mary', '?'],
    ['no', 'the day, the time or the name'],
    ['the time', 'I have'],
    ['ten fifteen', 'at quarter past ten, for Mary'],
    ['no', 'What should I change'],
    ['the name', 'What name'],
    ['Rose', 'quarter past ten, for Rose'],
  ],
  'refuses a closed day with an alternative': [
    ['Book me in for Sunday at ten', 'closed on Sundays', 'Monday the 23rd'],
    ['yes', "Monday the 23rd at ten o'clock is free"],
  ],
  'refuses a past date with an alternative': [
    ['Book me an appointment for last Monday', 'has already passed', 'Would tomorrow suit you'],
    ['no', 'What other day'],
    ['Can I come yesterday?', 'has already passed'],
    ['tomorrow then', 'Tomorrow I have'],
  ],
  'refuses a time outside the hours': [
    [
      'Book me in for Friday at six pm',
      "We close at five o'clock on Friday the 27th",
      'quarter to five',
    ],
    ['the last one', 'quarter to five is free'],
  ],
  'knows who is in, and keeps the day for somebody else': [
    ['I want to see Doctor Lee on Wednesday', "isn't in on Wednesdays", 'Thursday the 26th'],
    ['Doctor Osei then', 'On Wednesday the 25th I have'],
  ],
  'finds the service, the person who gives it and their days': [
    ['Do you do blood tests?', 'with Nurse Patel', 'book one'],
    ['yes please', 'What day'],
    ['tomorrow', "don't do blood tests on Saturdays"],
    ['yes', 'On Monday'],
    ['at nine'],
    ['Al Green', 'a blood test with Nurse Patel'],
  ],
  'says when a person does not give a service': [
    ['Book me a flu shot on Monday at two thirty', 'is free'],
    ['Doctor Lee please', "Doctor Lee doesn't do vaccinations, Nurse Patel does"],
  ],
  'offers times, and takes them by place, part of the day or none': [
    ['Do you have anything tomorrow?', "nine o'clock, half past ten or half past eleven"],
    ['none of those', 'What other time'],
    ['something on Monday afternoon', 'noon, half past two or half past four'],
    ['the second', 'half past two is free'],
  ],
  'asks in other words within a booking, then offers a message': [
    ['Book an appointment', 'What day would you like?'],
    ['flurb', 'Which day'],
    ['zebra', 'for example'],
    ['wibble', 'take a message'],
    ['no', 'anything else'],
  ],
  'drops what is not wanted': [
    ['Book an appointment for Monday'],
    ['never mind', 'anything else'],
    ['no thanks', 'Goodbye', '!booked'],
  ],
  'says that nothing was booked when the caller leaves early': [
    ['Book an appointment for Monday at nine'],
    ['goodbye', "haven't booked anything", 'Goodbye'],
  ],
};

test.each(Object.entries(scripts))('%s', async (_, script) => {
  await play(script);
});

test('a booking is in the diary, and the same time goes to somebody else', async () => {
  const store = newStore();
  const book = (name: string): Script => [
    ['An appointment with Doctor Lee on Friday at half past two'],
    [name, `half past two, for ${name}`],
    ['yes', 'is booked'],
  ];
  await play(book('Sarah'), callDesk(store));
  expect(await store.bookings()).toMatchObject([
    { day: '2026-11-27', minute: 870, person: 'Doctor Lee', name: 'Sarah' },
  ]);
  await play(
    [
      [
        'Doctor Lee on Friday at half past two please',
        "half past two on Friday the 27th isn't free for Doctor Lee",
        'quarter past two or quarter to three',
      ],
      ['quarter to three', 'quarter to three is free'],
    ],
    callDesk(store),
  );
});

test('a time that another call took while it was read back is refused with others', async () => {
  const store = newStore();
  const talk = await play(
    [['Doctor Lee on Friday at half past two please'], ['Ben', 'Shall I book it?']],
    callDesk(store),
  );
  const taken = { day: '2026-11-27', minute: 870, minutes: 15, people: ['Doctor Lee'] };
  const others = { service: "doctor's appointment", name: 'Ann', zone: 'America/New_York' };
  await store.book({ ...taken, ...others });
  await play(
    [
      ['yes', 'just been taken', 'quarter past two'],
      ['the last one', 'for Ben', '?'],
      ['yes', 'is booked'],
    ],
    talk,
  );
  expect(await store.bookings()).toHaveLength(2);
});
