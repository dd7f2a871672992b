// The agents that ship, in text: questions, and what their answers must and must not contain.
import { readFileSync } from 'node:fs';
import { initializeLogger } from '@livekit/agents';
import { beforeAll, describe, expect, test } from 'vitest';
import { billing } from '@/agent/agents/billing';
import { frontDesk } from '@/agent/agents/front-desk';
import { lettaDefinition } from '@/agent/agents/letta';
import { lineCheck } from '@/agent/agents/line-check';
import type { AgentDefinition } from '@/agent/core/agent-definition';
import { bookedIn } from '@/agent/practice/diary';
import nightPorter, { porter } from '@/agent/testing/night-porter';
import { ownDiary } from '@/agent/testing/own-diary';
import { HANDOFF_CONTEXT, NOW, play, type Script, StillCall, Talk } from '@/agent/testing/talk';
import { catalogue } from '@/lib/core/catalogue';
import { LANGUAGES, LOCALES } from '@/lib/core/language';
import { outcomes } from '@/lib/core/outcome';
import { TROUBLES } from '@/lib/livekit/trouble';
import { catalogueWords } from '@/lib/messages/catalogue';
import { translator } from '@/lib/messages/messages';
import { agentFiles, agentList, listText } from '@/scripts/lib/agent-list';

const definitions: Record<string, AgentDefinition> = {
  billing,
  'front-desk': frontDesk,
  letta: lettaDefinition,
  'line-check': lineCheck,
};

beforeAll(() => initializeLogger({ pretty: false, level: 'silent' }));
ownDiary();

/** A call on Friday 20 November 2026, at ten in the morning. */
const call = (agent: AgentDefinition = frontDesk) => new Talk(agent, new StillCall(NOW));

describe('Ada', () => {
  test.each<[string, Script]>([
    [
      'knows the opening hours',
      [
        ['What are your opening hours?', 'Monday to Thursday', 'Saturday', 'anything else?'],
        ['Are you open today?', 'open today', "five o'clock"],
        ['And on Sunday?', 'closed', 'Sunday the 22nd'],
        ['When are you open on Monday?', 'half past eight', 'six'],
        ['No, I meant today.', 'open today', '!Goodbye'],
        ['Are you open on December the 25th?', 'closed', 'Christmas'],
        ['No, thank you.', 'Goodbye'],
      ],
    ],
    [
      'knows its address, services and prices',
      [
        ['Where are you?', '14 Willow Street'],
        ['Is there any parking?', 'behind the building'],
        ['How much is a blood test?', '45 dollars', '!80'],
        ['What are your prices?', '80 dollars', '120 dollars'],
        ['What services do you offer?', 'vaccination'],
        ['How long is a health check?', '30 minutes'],
        ['Are you a robot?', "I'm Ada"],
        ['Can you say that again?', "I'm Ada"],
        ['Thanks!', 'welcome'],
        ['Bye.', 'Goodbye'],
      ],
    ],
    [
      'opens no form for a question',
      [
        ['Are my blood test results back?', "can't see results", 'message', '!day'],
        ['No.', 'anything else?', '!Goodbye'],
        [
          'How many ibuprofen can I take with my blood pressure pills?',
          'medical advice',
          'message',
        ],
        ['no', 'anything else?'],
        [
          'When I wanted to book an appointment yesterday, nobody helped me.',
          'sorry about that',
          'message',
          '!tomorrow',
        ],
        ['no thanks', 'anything else?'],
        ['Do I need an appointment?', '!What day'],
        ['Is a blood test painful?', '!What day'],
      ],
    ],
    [
      'refers an emergency to its number, even during a form',
      [
        ['I have chest pain.', /^If this is an emergency.* 9 1 1/],
        ["I'd like to book an appointment", 'What day'],
        ["She can't breathe!", '9 1 1', '!catch'],
        ['Monday at ten', 'name'],
      ],
    ],
    [
      'says that it speaks English only, and always answers',
      [
        ['Guten Tag, ich möchte bitte einen Termin.', 'only English', 'appointment'],
        ['Do you speak Spanish?', 'only English'],
        ['The purple spoon is dancing.', "didn't catch", 'opening hours'],
        ['flurb', 'message'],
        ['', /./],
        ['I want to speak to a human.', 'message'],
      ],
    ],
    [
      'takes a message about requests it cannot handle',
      [
        ['Are my test results there yet?', 'Shall I take a message'],
        ['Yes please.', 'name'],
        ["It's Sarah Jones.", 'number'],
        [
          'five five five zero one four two',
          'from Sarah Jones',
          '5 5 5, 0 1 4 2',
          'test results',
          'right?',
        ],
        ['yes', 'passed on', 'anything else?'],
        ["That's all, thank you.", 'Goodbye'],
      ],
    ],
  ])('%s', async (_, script) => {
    await play(script, call());
  });

  test('books the confirmed appointment, and cancels it in the same call', async () => {
    const talk = await play(
      [
        ["I'd like to book an appointment.", 'What day'],
        ['On Monday.', 'Monday the 23rd', 'half past eight', 'What time'],
        ["One o'clock, please.", 'name'],
        [
          'My name is Ben Carter.',
          "doctor's appointment",
          'Ben Carter',
          'Monday the 23rd',
          "one o'clock",
          'right?',
        ],
        ['How do you spell that?', 'B, E, N. C, A, R, T, E, R.', 'correct?'],
        ['Yes, please.', 'booked', 'anything else?'],
      ],
      call(),
    );
    const args = {
      service: "doctor's appointment",
      day: '2026-11-23',
      time: '13:00',
      name: 'Ben Carter',
    };
    expect(talk.used).toEqual([{ name: 'bookAppointment', args }]);
    expect(talk.call.outcomes).toEqual(['appointment']);
    expect(bookedIn(talk.call)).toMatchObject([args]);
    await play(
      [
        ['Please cancel my appointment.', 'Monday the 23rd', "one o'clock", 'right?'],
        ['yes', 'cancelled'],
        ['cancel it', 'only what was booked in this call', 'message'],
      ],
      talk,
    );
    expect(bookedIn(talk.call)).toEqual([]);
  });

  test.each<[string, Script, Record<string, string>]>([
    [
      'all in one sentence',
      [
        [
          'Can I get a blood test on Friday at half past two, for Sarah Jones?',
          'Friday the 27th',
          'half past two',
          'Sarah Jones',
        ],
      ],
      { service: 'blood test', day: '2026-11-27', time: '14:30', name: 'Sarah Jones' },
    ],
    [
      'corrections of day, time and name',
      [
        ['I need an appointment on Wednesday', 'Wednesday the 25th'],
        ['No, on Thursday please.', 'Thursday the 26th', '!Wednesday'],
        ['at nine', 'name'],
        ['Ben Carter', 'right?'],
        ['no, Tuesday', 'Tuesday the 24th', "nine o'clock", 'Ben Carter'],
        ['at ten instead', "ten o'clock", '!nine'],
        ['Actually my name is Ben Miller', 'Ben Miller', '!Carter'],
        ['No.', 'What should I change?'],
        ['the day', 'What day'],
        ['Tuesday', 'Tuesday the 24th'],
        ['change the time', 'What time'],
        ['half past eleven', 'half past eleven', 'Tuesday the 24th', 'Ben Miller'],
      ],
      { day: '2026-11-24', time: '11:30', name: 'Ben Miller' },
    ],
    [
      'repeatedly misheard: offers choices, and does not give up',
      [
        ['Book an appointment', 'What day'],
        ['apart', "didn't catch", 'tomorrow', 'What day'],
        ['a part of it', 'I have', 'What day'],
        ['glorp', 'What day'],
        ['the second one', 'half past', 'What time'],
        ['mumble', 'I have', 'What time'],
        ['half vast ten', 'name'],
        ['um', "didn't catch", 'name'],
        ['uh', 'spell it', 'name'],
        ['C A R T E R', 'Carter', 'right?'],
        ['spoon', "didn't catch", 'Is that correct?'],
      ],
      { time: '10:30', name: 'Carter' },
    ],
    [
      'unavailable days and times',
      [
        ['Can I see a doctor on Sunday?', 'Sunday the 22nd is not available', 'I have', 'What day'],
        ['Saturday then', 'tomorrow', 'What time'],
        ['three pm', "three o'clock is not available", 'What time'],
        ['When are you open on Saturday?', 'nine', 'What time'],
        ['The first one.', 'name'],
        ['Ann Lee', 'tomorrow'],
      ],
      { day: '2026-11-21', time: '09:00', name: 'Ann Lee' },
    ],
  ])('books with %s', async (_, script, args) => {
    const talk = await play([...script, ['yes', /booked/]], call());
    expect(talk.used.at(-1)).toMatchObject({ name: 'bookAppointment', args });
  });

  test('asks for another slot if another process booked it meanwhile', async () => {
    const one = await play(
      [
        ['Book me in on Monday at ten', 'name'],
        ['Ben', 'right?'],
      ],
      call(),
    );
    await play(
      [
        ['Book me in on Monday at ten', 'name'],
        ['Ann', 'right?'],
        ['yes', 'booked'],
      ],
      call(),
    );
    await play(
      [
        ['yes', 'not free', 'half past', 'What time'],
        ['half past ten', 'Ben', 'right?'],
        ['yes', 'booked'],
      ],
      one,
    );
  });

  test('leaves a form on request, and ends the call after a goodbye', async () => {
    const talk = await play(
      [
        ['An appointment, please.', 'What day'],
        ['Please tell me all your services.', 'blood test', 'What day'],
        ['never mind', 'leave that', 'anything else?'],
        ['No, one more question.', '!Goodbye'],
      ],
      call(),
    );
    expect(talk.call.ended).toBe(false);
    await play([['Good bye', 'Goodbye']], talk);
    expect(talk.call.ended).toBe(true);
  });
});

describe('Frank', () => {
  test('answers for billing', async () => {
    await play(
      [
        ['How can I pay?', 'card', 'transfer'],
        ['When is my bill due?', '30 days'],
        ['What is your refund policy?', 'ten working days'],
        ['How much is a blood test?', '45 dollars'],
        ['I have a question about my bill.', "can't see your bill", 'message'],
        ['no', 'anything else?'],
        ['nope', 'Goodbye'],
      ],
      call(billing),
    );
  });

  test('knows the summary from Ada, and the caller', async () => {
    const handed = new StillCall(NOW);
    handed.handoffContext = HANDOFF_CONTEXT;
    await play(
      [
        ['What did I tell Ada?', 'Ada told me', 'question about my bill'],
        ['Can I leave a message?', 'What is the message?'],
        ['Please send me a copy.', 'number'],
        ['no', 'from Margaret', 'copy', 'right?'],
      ],
      new Talk(billing, handed),
    );
  });
});

describe('Milo', () => {
  test('repeats what he heard, and how fast', async () => {
    const still = new StillCall(NOW, 'staging');
    still.delay = 540;
    await play(
      [
        [
          'The quick brown fox.',
          'I heard: The quick brown fox. That took 540 milliseconds, on staging.',
        ],
        ['Thank you. No.', 'I heard: Thank you. No.'],
        ['', 'I heard nothing'],
        ['goodbye', 'Goodbye'],
      ],
      new Talk(lineCheck, still),
    );
  });
});

test.each([
  ['front-desk', 'billing', 'I have a question about my bill.'],
  ['front-desk', 'line-check', 'Could you put me through to Milo?'],
  ['billing', 'front-desk', 'Can I book an appointment?'],
  ['billing', 'front-desk', 'Please put me back to Ada.'],
  ['billing', 'line-check', 'Can you check my line?'],
  ['line-check', 'front-desk', 'I would like to talk to the front desk.'],
  ['line-check', 'billing', 'Can I speak to Frank in private?'],
])('%s hands to %s: "%s"', async (from, to, words) => {
  const talk = call(definitions[from]);
  await play([[words, 'Let me get', 'One moment']], talk);
  expect(talk.call.handedTo).toMatchObject([{ agent: to }]);
  expect(talk.call.handedTo[0]?.newRoom).toBe(words.includes('private') || undefined);
  const nobody = call(definitions[from]);
  nobody.call.comes = 'nobody came';
  await play([[words, 'is not free right now']], nobody);
});

test('without Letta: says so, and takes a message', async () => {
  const talk = await play(
    [
      ['What did I tell you last time?', /cannot reach.*message/],
      ['Roses.', /message, or will you try again later/],
      ['Yes please.', 'What is the message?'],
      ['Tell Sam that I call again.', 'name'],
      ['Ben', 'number'],
      ['no', 'Tell Sam'],
      ['yes', 'passed on'],
      ['I will try later.', 'Goodbye'],
    ],
    call(lettaDefinition),
  );
  expect(talk.used.map(({ name }) => name)).toEqual(['takeMessage', 'endCall']);
});

describe('the list of agents', () => {
  const root = new URL('../../', import.meta.url);
  /** What each file declares, by its name. */
  const inFiles = async () =>
    new Map(
      await Promise.all(
        agentFiles().map(async (name) => {
          const { default: agent, agent: standard = {} } = await import(`../agents/${name}.ts`);
          const { definition: declared } = agent;
          return [name, declared ? { declared } : { standard }] as const;
        }),
      ),
    );

  test('is what their files declare', async () => {
    const list = readFileSync(new URL('lib/core/agents.gen.ts', root), 'utf8');
    const declared = listText(agentList(await inFiles(), catalogue).agents);
    expect(list, 'Run `npm run setup`, and commit lib/core/agents.gen.ts.').toBe(declared);
  });

  test('has a new agent after the others, from its file alone', async () => {
    // Its own name may be taken, where docs/agents.md was followed.
    const declared = { ...nightPorter.definition, name: 'newest' };
    const files = new Map([...(await inFiles()), ['newest', { declared }]]);
    const [added, ...others] = agentList(files, catalogue).agents.reverse();
    expect(added).toEqual({
      name: 'newest',
      person: 'Nora',
      role: 'night porter',
      summary: 'Breakfast and wake-up calls',
      voice: 'slt',
      deployments: ['production'],
      outcomes: {
        'wake-up call': { label: { en: 'wake-up call set', de: 'Weckruf bestellt' }, tone: 'good' },
      },
    });
    const names = others.reverse().map(({ name }) => name);
    expect(names).toEqual(catalogue.map(({ name }) => name));
  });

  test('has the outcomes that tools report', async () => {
    const talk = await play(
      [
        ['Wake me at half past six in the morning', 'Which room'],
        ['Room twelve.', 'right?'],
        ['yes', 'We will call room 12'],
      ],
      call(porter),
    );
    expect(talk.call.outcomes).toEqual(Object.keys(porter.outcomes ?? {}));
    expect([...outcomes.keys()]).toEqual(
      expect.arrayContaining(
        Object.values(definitions).flatMap((agent) => Object.keys(agent.outcomes ?? {})),
      ),
    );
  });

  test.each(['night-porter', 'quinn'])('docs/agents.md shows the file of %s', (name) => {
    const file = readFileSync(new URL(`agent/testing/${name}.ts`, root), 'utf8');
    const code = file.slice(file.indexOf('import '));
    expect(readFileSync(new URL('docs/agents.md', root), 'utf8')).toContain(code);
  });
});

test.each([
  ['I have a question about my bill', 'about my bill. How can I help?'],
  ['Can I pay by card?', 'pay by card? How can I help?'],
])('ends what the caller said before the next sentence: %s', (text, expected) => {
  const said = [{ speaker: 'caller', text }] as const;
  const context = { ...HANDOFF_CONTEXT, said: [...said] };
  expect(billing.greetingFor?.(context)).toContain(expected);
});

test.each([frontDesk, billing, lineCheck])(
  '$name greets by its name and labels each of its tools',
  ({ person, ...definition }) => {
    expect(definition.greeting).toContain(person);
    expect(definition.instructions).toContain(person);
    expect(definition.instructions).toContain("caller's language");
    expect(definition.greetingFor?.(HANDOFF_CONTEXT)).toContain(person);
    expect(definition.greetingFor?.({ kind: 'callback' })).toContain("I'm back.");
    const tools = definition.tools(new StillCall(NOW));
    const names = tools.map((tool) => ('name' in tool ? tool.name : tool.id));
    expect(names.sort()).toEqual(Object.keys(definition.toolLabels).sort());
  },
);

test('the German messages translate everything agents send to the page', () => {
  const reported = Object.values(definitions).flatMap(({ toolLabels }) =>
    Object.values(toolLabels),
  );
  for (const words of [...reported, porter.toolLabels.handOff ?? '', ...TROUBLES]) {
    for (const language of LANGUAGES) {
      const t = translator(language, 'catalogue');
      const same = catalogueWords(t, LOCALES[language]).reported(words) === words;
      expect(same, words).toBe(language === 'en');
    }
  }
});

test('a language model receives the facts', () => {
  expect(frontDesk.instructions).toContain('14 Willow Street');
  expect(frontDesk.instructions).toContain('a blood test costs 45 dollars');
  expect(billing.instructions).toContain('30 days');
});
