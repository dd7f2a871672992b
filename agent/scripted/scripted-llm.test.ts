// A language model that fails, with a chat server on loopback or none at all: the caller hears one
// apology, and the scripted agent continues. Also tools as a model uses them.
import { initializeLogger, llm } from '@livekit/agents';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { notices } from '@/agent/core/notices';
import { scriptedConversation } from '@/agent/scripted/engine';
import { scriptedAgent } from '@/agent/scripted/scripted-agent';
import { callModel } from '@/agent/testing/model-call';
import { ownDiary } from '@/agent/testing/own-diary';
import { StillCall } from '@/agent/testing/talk';
import { lettaAgent } from '@/lib/core/catalogue';

const other = (url: string) => ({ LLM_URL: url, LLM_MODEL: 'qwen3:8b' });

beforeAll(() => initializeLogger({ pretty: false, level: 'silent' }));
ownDiary();
afterEach(() => vi.unstubAllEnvs());

describe('a model that does not answer: an apology, once, and the scripted agent continues', () => {
  const fails = (status: number) => () => ({ status });
  test.each([404, 429])('status %s', async (status) => {
    const script = Array.from({ length: 20 }, () => fails(status));
    const { say, failures } = await callModel(script, other);
    expect(await say('What is your address?')).toEqual([
      expect.stringMatching(new RegExp(`^${notices.apology} .*14 Willow Street`)),
    ]);
    expect(failures[0]).toMatchObject({ statusCode: status });
    const next = await say('And your telephone number?');
    expect(next.join()).toMatch(/^Our number/);
    expect(next.join()).not.toContain(notices.apology);
  });

  test('no server', async () => {
    const { say, failures } = await callModel([], () => other('http://127.0.0.1:9/v1'));
    expect((await say('What is your address?')).join()).toContain('14 Willow Street');
    expect(failures[0]).toBeInstanceOf(Error);
  });

  test('no answer', async () => {
    const { say } = await callModel([() => ({ hang: true })], other);
    expect((await say('What is your address?')).join()).toContain('14 Willow Street');
  });
});

describe('colleagues', () => {
  const agent = (handoffs: Record<string, string>) =>
    scriptedAgent({
      ...{ ...lettaAgent, greeting: 'Hello.', instructions: 'You are kind.', help: 'Ask me.' },
      handoffs,
    });
  const toolsOf = ({ tools }: ReturnType<typeof scriptedAgent>) =>
    new llm.ToolContext(tools(new StillCall())).functionTools;

  test('an agent in code that accepts no handoffs is none, and a model has no tool then', () => {
    const { toolLabels, instructions, ...rest } = agent({ [lettaAgent.name]: 'memory' });
    const names = Object.keys(toolsOf({ toolLabels, instructions, ...rest }));
    expect(names).toContain('endCall');
    expect(names).not.toContain('handOff');
    expect(toolLabels).not.toHaveProperty('handOff');
    expect(instructions).not.toMatch(/handOff|letta/);
  });

  test('an agent that is not in code is one, by its agent name', () => {
    const added = agent({ 'my-agent': 'boats' });
    expect(toolsOf(added).handOff?.description).toContain('my-agent (my-agent): boats');
    expect(added.instructions).toContain('For my-agent, boats: say that you get my-agent');
  });

  test('a conversation hands off to it, and says so if it does not come', () => {
    const step = scriptedConversation(
      {
        ...{ ...lettaAgent, greeting: 'Hello.', instructions: '', help: 'Ask me.' },
        handoffs: { 'my-agent': 'boats' },
      },
      new StillCall(),
    );
    for (const words of ['I have a question about boats', 'Can I talk to my-agent?']) {
      const asked = step.hear(step.start, words, { now: new Date() });
      expect(asked.use).toMatchObject({ name: 'handOff', args: { to: 'my-agent' } });
      if (!asked.use) continue;
      const output = { handedOff: false };
      const said = step.toolReturned(asked.state, asked.use, output, false, new Date());
      expect(said.say.join(' ')).toContain('my-agent is not free');
    }
  });
});

test('while a tool runs, questions are answered and emergencies are not put off', () => {
  const { start, hear } = scriptedConversation(
    {
      ...{ ...lettaAgent, greeting: 'Hello.', instructions: '', help: 'Ask me.' },
      facts: { address: 'We are in Brookfield.' },
      emergencies: { 'chest pain': 'Please call 9 1 1.' },
    },
    new StillCall(),
  );
  const says = (words: string) => hear(start, words, { now: new Date(), running: true }).say;
  expect(says('What is your address?')).toEqual(['We are in Brookfield.']);
  expect(says('I have chest pain')).toEqual(['Please call 9 1 1.']);
  expect(says('Hello?')).toEqual(['One moment, please.']);
});

describe('a model hands off', () => {
  const ANNOUNCED = 'I will get Frank. One moment.';
  const context = { summary: 'Asks about a bill.', caller: 'Margaret', newRoom: true };
  const call = (to: string) => ({ call: { name: 'handOff', args: { to, ...context } } });
  const HANDS_OVER = { say: ANNOUNCED, ...call('billing') };

  test('and is not prompted again', async () => {
    const handle = new StillCall();
    const { say, asked } = await callModel([() => HANDS_OVER], other, handle);
    const said = await say('I have a question about my bill.');
    expect(said.filter((line) => !line.startsWith('['))).toEqual([ANNOUNCED]);
    expect(asked).toHaveLength(1);
    expect(handle.handedTo).toEqual([{ agent: 'billing', ...context }]);
  });

  test('nobody joined: the model is told, and continues', async () => {
    const handle = new StillCall();
    handle.comes = 'nobody came';
    let output = '';
    const script = [
      () => HANDS_OVER,
      (last: string) => {
        output = last;
        return { say: 'Nobody is free.' };
      },
    ];
    const { say } = await callModel(script, other, handle);
    expect((await say('I have a question about my bill.')).at(-1)).toBe('Nobody is free.');
    expect(output).toContain('Nobody came');
  });

  test.each(['front-desk', 'nobody'])('not to %s', async (to) => {
    const handle = new StillCall();
    let output = '';
    const script = [
      () => call(to),
      (last: string) => {
        output = last;
        return { say: 'Sorry.' };
      },
    ];
    const { say } = await callModel(script, other, handle);
    await say('Put me through.');
    expect(output).toContain('Invalid arguments');
    expect(handle.handedTo).toEqual([]);
  });
});
