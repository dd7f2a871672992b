// The engine with an agent that is not a receptionist, in text and in the framework's own session.
import { Future, initializeLogger, llm, voice } from '@livekit/agents';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { frontDesk } from '@/agent/agents/front-desk';
import type { AgentDefinition } from '@/agent/core/agent-definition';
import { porter } from '@/agent/testing/night-porter';
import { play, StillCall, Talk } from '@/agent/testing/talk';

beforeAll(() => initializeLogger({ pretty: false, level: 'silent' }));

const call = (agent = porter) => new Talk(agent, new StillCall());

test('answers questions, runs its tools, and ends the call', async () => {
  const talk = await play(
    [
      ['Hello', 'How can I help?'],
      ['When is breakfast?', 'from seven to ten', 'anything else?'],
      ['Is there internet?', 'Seaview'],
      ['flurb', "didn't catch", 'breakfast'],
      ['flurb', '!Sorry, I'],
      ['Can you wake me tomorrow?', 'Which room'],
      ['flurb', "didn't catch", 'room'],
      ['Room twelve.', '12', 'At what time?'],
      ['What time is breakfast?', 'from seven to ten', 'time?'],
      ['Ten past seven in the morning', '12 and seven ten', 'Is that right?'],
      ['no, half past six in the morning', 'half past six', 'correct?'],
      ['yes', 'We will call room 12 at half past six in the morning.'],
      ['no', 'Goodbye'],
    ],
    call(),
  );
  expect(talk.used).toEqual([
    { name: 'wakeUp', args: { room: 12, time: '06:30' } },
    { name: 'endCall', args: {} },
  ]);
});

test('days and times in doubt are asked, exclusions narrow the choice, and corrections count', async () => {
  const booked = await play(
    [
      [
        'I want to book a health check next week, but not Monday',
        'I have Tuesday the 24th, Wednesday the 25th or Thursday the 26th.',
      ],
      [
        'Monday the 31st',
        'The 31st of December is a Thursday. Do you mean Monday the 30th, Monday the 28th of December',
      ],
      ['yes', 'Which one: Monday the 30th'],
      ['no, 31 November', 'There is no 31st of November. Do you mean Monday the 30th or Tuesday'],
      ['3.12', 'Thursday the 3rd of December', 'What time'],
      ['25:00', 'There is no 25:00.', 'What time'],
      ['half past', 'Past which hour?', 'What time'],
      ['not in the morning', 'I have noon', 'What time'],
      ['at 3, no wait, half past 3', 'Half past three. What name'],
      ['Ben Carter', 'Thursday the 3rd of December at half past three. Is that right?'],
      ['555 0142', 'half past three. Is that correct?'],
      ['no, not Thursday', '!Thursday', 'What day'],
      ['Friday or Saturday', 'Do you mean tomorrow or Friday the 27th?'],
    ],
    call(frontDesk),
  );
  expect(booked.used).toEqual([]);
  await play(
    [
      ['Are you open on Christmas Eve?', 'half past eight to six'],
      ['and on 31/11?', 'There is no 31st of November.'],
      ['appt nxt wk', 'I have Monday the 23rd, Tuesday the 24th or Wednesday the 25th.'],
      ['Tues pm', 'I have noon, half past two'],
      ['half past', 'Past which hour? As I said, I have noon'],
      ['never mind', 'leave that'],
      ['Book a health check', 'What day'],
      ['yesterday', 'Thursday the 19th is past. I have today'],
      ['12-07', 'Do you mean Monday the 7th of December?'],
      ['today at 9', "Nine o'clock is past."],
      ['Saturday or Monday, but not before 11', 'Do you mean tomorrow or Monday the 23rd?'],
      ['Monday', "I have eleven o'clock"],
      ['14h30', 'Half past two. What name'],
    ],
    call(frontDesk),
  );
});

test('ignores unrequested keys, and accepts requested ones', async () => {
  await play(
    [
      ['1', 'no menu', 'breakfast'],
      ['A wake-up call please', 'Which room'],
      ['12', 'At what time?'],
    ],
    call(),
  );
});

describe('a call ends', () => {
  const ends = async (...lines: string[]) => {
    const talk = call();
    for (const line of lines) await talk.say(line);
    return talk.used.some(({ name }) => name === 'endCall');
  };
  /** Answers, and asks whether there is anything else. */
  const ANSWERED = 'When is breakfast?';

  test.each([
    'No.',
    "No, that's all.",
    "No, I'm good.",
    'No more questions.',
    'Nothing else.',
    "Thank you, that's all.",
    'No, goodbye.',
  ])('by "%s" in answer to "anything else?"', async (line) => {
    expect(await ends(ANSWERED, line)).toBe(true);
  });

  test.each([
    'No, I meant today.',
    "No, that's all wrong.",
    'No, nothing else matters.',
    'No, hang up the phone is what I told him.',
    'No, they said goodbye to me without an answer.',
  ])('not by "%s"', async (line) => {
    expect(await ends(ANSWERED, line)).toBe(false);
  });

  test.each(['No.', "No, that's all.", "That's all.", 'Nothing else.'])(
    'not by "%s" without that question',
    async (line) => {
      expect(await ends('Hello.', line)).toBe(false);
    },
  );
});

describe('the conversation depends on the context alone', () => {
  const ask = async (scripted: llm.LLM, chatCtx: llm.ChatContext) =>
    (await scripted.chat({ chatCtx }).collect()).text;

  test('a discarded answer leaves no trace, and a repeated turn is the same', async () => {
    const { llm: scripted, context } = call();
    const early = context.copy();
    early.addMessage({ role: 'user', content: 'Wake me at nine' });
    expect(await ask(scripted, early)).toContain('Which room');
    context.addMessage({ role: 'user', content: 'Is there internet?' });
    const first = await ask(scripted, context);
    expect(first).toContain('Seaview');
    expect(await ask(scripted, context)).toBe(first);
    context.addMessage({ role: 'user', content: 'yes' });
    expect(await ask(scripted, context)).toContain('Go ahead');
  });

  test('an interrupted tool result is repeated with the next answer', async () => {
    const talk = await play(
      [
        ['Wake me at nine', 'room'],
        ['12', 'right?'],
        ['yes', 'We will call'],
      ],
      call(),
    );
    talk.context.items.pop();
    expect(await talk.say('When is breakfast?')).toMatch(/^We will call room 12 .* from seven/);
    expect(await talk.say('Is there internet?')).not.toContain('room 12');
  });

  test('a failed tool is reported to the caller', async () => {
    const { llm: scripted, context } = await play(
      [
        ['Wake me at nine', 'room'],
        ['12', 'right?'],
      ],
      call(),
    );
    context.addMessage({ role: 'user', content: 'yes' });
    const { toolCalls } = await scripted.chat({ chatCtx: context }).collect();
    const { callId = '', name = '' } = toolCalls[0] ?? {};
    const output = llm.FunctionCallOutput.create({ callId, name, output: 'Oh.', isError: true });
    context.items.push(...toolCalls, output);
    expect(await ask(scripted, context)).toContain('did not work');
  });
});

describe("in the framework's own session", () => {
  let session: voice.AgentSession | undefined;
  afterEach(async () => session?.close());

  async function start(definition: AgentDefinition, still: StillCall) {
    session = new voice.AgentSession({ llm: definition.scripted(still) });
    const tools = definition.tools(still);
    await session.start({ agent: new voice.Agent({ instructions: 'test', tools }) });
    const running = session;
    return async (userInput: string) => {
      const { events } = await running.run({ userInput }).wait();
      return events.map((event) => {
        if (event.type === 'message') return event.item.textContent ?? '';
        return event.type === 'function_call' ? `[${event.item.name}]` : `[${event.type}]`;
      });
    };
  }
  const spoken = () => {
    const said: string[] = [];
    session?.on(voice.AgentSessionEventTypes.ConversationItemAdded, ({ item }) => {
      if (item.type === 'message' && item.role === 'assistant') said.push(item.textContent ?? '');
    });
    return said;
  };
  const ANNOUNCED = 'Let me get Frank. One moment, please.';

  test('a handoff is announced while the colleague is joining, then silence', async () => {
    const still = new StillCall();
    const joined = new Future<'handed off' | 'nobody came'>();
    still.comes = joined.await;
    const say = await start(frontDesk, still);
    const said = spoken();
    const events = say('I have a question about my bill.');
    // The colleague joins only now: the announcement must not have waited for that.
    await expect.poll(() => said).toEqual([ANNOUNCED]);
    joined.resolve('handed off');
    expect((await events).filter((event) => !event.startsWith('['))).toEqual([ANNOUNCED]);
    expect(said).toEqual([ANNOUNCED]);
    expect(still.handedTo).toHaveLength(1);
  });

  test('with text typed while the colleague is joining, the caller is still told if nobody joined', async () => {
    const still = new StillCall();
    const joined = new Future<'handed off' | 'nobody came'>();
    still.comes = joined.await;
    const say = await start(frontDesk, still);
    const said = spoken();
    const events = say('I have a question about my bill.');
    await expect.poll(() => said).toHaveLength(1);
    // As the framework handles typed text.
    session?.interrupt();
    session?.generateReply({ userInput: 'Hello?' });
    await expect.poll(() => said.at(-1)).toMatch(/moment/);
    joined.resolve('nobody came');
    await events;
    await expect.poll(() => said.at(-1)).toContain('Frank is not free');
    expect(still.handedTo).toHaveLength(1);
  });
});
