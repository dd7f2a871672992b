// The agents in a session of the framework, without audio: LiveKit's own way to test an agent, and the one to copy for
// your agents. `agents.test.ts` has their conversations.
import { initializeLogger, voice } from '@livekit/agents';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { billing } from '@/agent/agents/billing';
import { frontDesk } from '@/agent/agents/front-desk';
import type { AgentDefinition } from '@/agent/core/agent-definition';
import { StillCall } from '@/agent/testing/talk';

let session: voice.AgentSession | undefined;
beforeAll(() => initializeLogger({ pretty: false, level: 'silent' }));
afterEach(async () => {
  await session?.close();
});

/** Starts a text session with an agent. */
async function startSession({ scripted, instructions, tools }: AgentDefinition, call: StillCall) {
  session = new voice.AgentSession({ llm: scripted(call) });
  await session.start({ agent: new voice.Agent({ instructions, tools: tools(call) }) });
  return session;
}

test('answers a question with a fact', async () => {
  const desk = await startSession(frontDesk, new StillCall());
  const { expect: events } = await desk.run({ userInput: 'Where are you?' }).wait();
  const { item } = events.nextEvent().isMessage({ role: 'assistant' }).event();
  expect(item.textContent).toContain('14 Willow Street');
  events.noMoreEvents();
});

test('calls a tool with what the caller has said, and says the result', async () => {
  const call = new StillCall();
  const desk = await startSession(frontDesk, call);
  await desk.run({ userInput: 'Can I leave a message?' }).wait();
  await desk.run({ userInput: 'Please call me back about the party.' }).wait();
  await desk.run({ userInput: 'My name is Ben Carter.' }).wait();
  await desk.run({ userInput: 'No number.' }).wait();
  const { expect: events } = await desk.run({ userInput: 'Yes.' }).wait();
  events.containsFunctionCall({ name: 'takeMessage' });
  events.containsFunctionCallOutput({ isError: false });
  events.containsMessage({ role: 'assistant' });
  expect(call.outcomes).toEqual(['message']);
});

test('hands the call to another agent', async () => {
  const call = new StillCall();
  const desk = await startSession(billing, call);
  const { expect: events } = await desk
    .run({ userInput: 'I would like to talk to the front desk.' })
    .wait();
  events.containsFunctionCall({ name: 'handOff' });
  await vi.waitFor(() => expect(call.handedTo).toMatchObject([{ agent: 'front-desk' }]));
});
