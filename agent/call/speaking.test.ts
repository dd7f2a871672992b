// Written input while the agent speaks: it is answered, and the model knows what was heard of the interrupted answer.
import { initializeLogger, llm } from '@livekit/agents';
import { expect, test, vi } from 'vitest';
import { z } from 'zod';
import { frontDesk } from '@/agent/agents/front-desk';
import { saidIn } from '@/agent/call/handoff';
import { answer } from '@/agent/call/speaking';
import { spokenCall } from '@/agent/framework/testing/spoken-call';
import { scriptedAgent, tool } from '@/agent/scripted/scripted-agent';
import { StillCall } from '@/agent/testing/talk';
import { Silence } from '@/agent/turns/call-agent';
import { lettaAgent } from '@/lib/core/catalogue';

initializeLogger({ pretty: false, level: 'silent' });

test('written input interrupts the agent', async () => {
  const handle = new StillCall();
  const model = frontDesk.scripted(handle);
  const asked = vi.spyOn(model, 'chat');
  const { instructions } = frontDesk;
  const call = await spokenCall({ instructions, tools: frontDesk.tools(handle), llm: model });
  const { session, captions, until, pass } = call;
  await call.speaks();
  await call.said('What is your telephone number?');
  await until(() => captions.text.trim() === 'Our number is 5 5');
  void answer({ session, silence: new Silence('Ada'), vision: undefined }, 'Go on.');
  await pass(20_000);
  const heard = { speaker: 'agent', text: 'Our number is 5', interrupted: true };
  const request = asked.mock.calls.at(-1)?.[0];
  if (!request) throw new Error('the model was not asked');
  expect(saidIn(request.chatCtx)).toContainEqual(heard);
  expect(saidIn(session.history).slice(-2)).toMatchObject([
    { text: 'Go on.' },
    { text: expect.stringMatching(/^Our number is 5 5 5, 0 1 4 2\./) },
  ]);
});

test('written input does not keep the result of a running tool from being told', async () => {
  const handle = new StillCall();
  const find = llm.tool({
    ...{ name: 'find', description: 'Finds.', parameters: z.object({}) },
    execute: () => new Promise((resolve) => setTimeout(() => resolve('Found.'), 5_000)),
  });
  const tools = [find];
  const agent = scriptedAgent({
    ...{ ...lettaAgent, greeting: 'Hello.', instructions: '', help: 'Ask me.' },
    tools: {
      find: tool({
        description: 'Finds.',
        label: 'Found',
        asks: 'find',
        parameters: z.object({}),
        run: () => '',
      }),
    },
  });
  const call = await spokenCall({ instructions: 'test', tools, llm: agent.scripted(handle) });
  const { session, until, pass } = call;
  await call.speaks();
  await call.said('Find it.');
  await until(() => session.history.items.some(({ type }) => type === 'function_call'));
  await pass(1_000);
  void answer({ session, silence: new Silence('Ada'), vision: undefined }, 'Are you there?');
  await pass(20_000);
  const texts = saidIn(session.history).map(({ text }) => text);
  expect(texts.slice(-2)).toEqual(['One moment, please.', expect.stringMatching(/^Found\./)]);
});
