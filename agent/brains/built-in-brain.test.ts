// The brains in the framework's own session, without audio: the context that it keeps, the tools
// that it runs and the steps that it takes are the real ones.
import { initializeLogger, voice } from '@livekit/agents';
import { afterEach, beforeAll, expect, test } from 'vitest';
import type { AgentDefinition } from '../agent-definition';
import { lineCheckAgent } from '../agents/line-check';
import { desk, newStore } from './testing/desk';
import { NOW } from './testing/practice';
import { StillCall } from './testing/talk';

beforeAll(() => initializeLogger({ pretty: false, level: 'silent' }));

let session: voice.AgentSession | undefined;
afterEach(async () => session?.close());

async function start(definition: Pick<AgentDefinition, 'brain' | 'tools'>, call: StillCall) {
  session = new voice.AgentSession({ llm: definition.brain(call) });
  await session.start({
    agent: new voice.Agent({ instructions: 'test', tools: definition.tools(call) }),
  });
  const running = session;
  return async (userInput: string) => {
    const { events } = await running.run({ userInput }).wait();
    return events.map((event) => {
      if (event.type === 'message') return event.item.textContent ?? '';
      return event.type === 'function_call' ? `[${event.item.name}]` : `[${event.type}]`;
    });
  };
}

test('a booking through the session: tools run, results are spoken, the call ends', async () => {
  const call = new StillCall(NOW);
  const store = newStore();
  const say = await start(desk(store), call);
  const asked = await say('Can I see Doctor Lee on Friday at half past two?');
  expect(asked).toEqual([
    '[findFreeTimes]',
    '[function_call_output]',
    'Friday the 27th at half past two is free with Doctor Lee. What name shall I put it under?',
  ]);
  expect((await say('Sarah Jones')).at(-1)).toContain('for Sarah Jones');
  const booked = await say('yes');
  expect(booked).toContain('[bookAppointment]');
  expect(booked.at(-1)).toContain('is booked');
  expect(await store.bookings()).toHaveLength(1);
  const last = await say('No thanks, goodbye.');
  expect(last).toContain('[endCall]');
  expect(last.filter((line) => line.includes('Goodbye.'))).toHaveLength(1);
  expect(call.ended).toBe(true);
});

const ANNOUNCED = 'Let me get Frank from billing. One moment, please.';

test('a hand-over through the session: announced while the other is on the way, then silence', async () => {
  const call = new StillCall(NOW);
  let come: (outcome: 'handed over') => void = () => undefined;
  call.outcome = new Promise((resolve) => {
    come = resolve;
  });
  const say = await start(desk(newStore()), call);
  const spoken: string[] = [];
  const executed: string[] = [];
  session?.on(voice.AgentSessionEventTypes.ConversationItemAdded, ({ item }) => {
    if (item.type !== 'message' || item.role !== 'assistant') return;
    spoken.push(item.textContent ?? '');
  });
  session?.on(voice.AgentSessionEventTypes.FunctionToolsExecuted, ({ functionCalls }) => {
    executed.push(...functionCalls.map(({ name }) => name));
  });
  const said = say('I have a question about my bill.');
  // Only now does the other come: the announcement must not have waited for it.
  await expect.poll(() => spoken).toEqual([ANNOUNCED]);
  expect(call.handedTo).toHaveLength(1);
  expect(executed).toEqual([]);
  come('handed over');
  const events = await said;
  expect(events.filter((event) => !event.startsWith('['))).toEqual([ANNOUNCED]);
  expect(events.filter((event) => event === '[handOver]')).toHaveLength(1);
  expect(spoken).toEqual([ANNOUNCED]);
  expect(executed).toEqual(['handOver']);
  expect(call.handedTo).toHaveLength(1);
});

test('a hand-over through the session to which nobody came: it is said, and the call goes on', async () => {
  const call = new StillCall(NOW);
  call.outcome = 'nobody came';
  const say = await start(desk(newStore()), call);
  const events = await say('I have a question about my bill.');
  expect(events).toContain('[handOver]');
  expect(events.filter((event) => !event.startsWith('['))).toEqual([
    ANNOUNCED,
    "I'm sorry, nobody from billing is free right now. Shall I take a message?",
  ]);
  expect(call.handedTo).toHaveLength(1);
  expect(await say('Yes.')).toEqual(['All right. What is the message for billing?']);
});

test('typed while the other is on the way: the outcome is told all the same', async () => {
  const call = new StillCall(NOW);
  let come: (outcome: 'nobody came') => void = () => undefined;
  call.outcome = new Promise((resolve) => {
    come = resolve;
  });
  const say = await start(desk(newStore()), call);
  const spoken: string[] = [];
  session?.on(voice.AgentSessionEventTypes.ConversationItemAdded, ({ item }) => {
    if (item.type !== 'message' || item.role !== 'assistant') return;
    spoken.push(item.textContent ?? '');
  });
  const said = say('I have a question about my bill.');
  await expect.poll(() => spoken).toHaveLength(1);
  // As the framework takes what is typed.
  session?.interrupt();
  session?.generateReply({ userInput: 'Hello?' });
  await expect.poll(() => spoken.at(-1)).toMatch(/moment/);
  come('nobody came');
  await said;
  await expect.poll(() => spoken.at(-1)).toContain('nobody from billing');
  expect(call.handedTo).toHaveLength(1);
});

test('the line check in the session: two parts, one answer', async () => {
  const call = new StillCall(NOW, 'staging');
  call.delay = 540;
  const say = await start(lineCheckAgent, call);
  const answer = await say('The quick brown fox.');
  expect(answer.at(-1)).toBe(
    'I heard: The quick brown fox. That took 540 milliseconds, on staging.',
  );
});
