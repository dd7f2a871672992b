// Summaries of calls, by a language model on a stand-in server.
import { initializeLogger, llm } from '@livekit/agents';
import { beforeAll, expect, it, onTestFinished } from 'vitest';
import { summarize } from '@/agent/call/summary';
import { textModel } from '@/agent/models/models';
import { type Reply, startChatServer } from '@/agent/testing/chat-server';
import { settings } from '@/agent/testing/model-call';

beforeAll(() => initializeLogger({ pretty: false, level: 'silent' }));

async function modelThat(reply: Reply) {
  const server = await startChatServer([() => reply]);
  onTestFinished(() => server.close());
  const config = settings({ LLM_URL: server.url, LLM_MODEL: 'small' });
  const model = textModel(config, 'front-desk');
  if (!model) throw new Error('There is no model.');
  return { model, asked: server.asked };
}

function conversation(...said: readonly ['user' | 'assistant', string][]) {
  const context = new llm.ChatContext();
  context.addMessage({ role: 'system', content: 'Be kind.' });
  for (const [role, content] of said) context.addMessage({ role, content });
  return context;
}

const TALK = conversation(
  ['assistant', 'Hello, this is Ada.'],
  ['user', 'When do you open?'],
  ['assistant', 'At eight.'],
);

it('the model gets what was said, and its answer and use are the summary', async () => {
  const { model, asked } = await modelThat({ say: 'Asked for the opening hours' });
  expect(await summarize(model, TALK, 'goodbye')).toEqual({
    event: { kind: 'summary', text: 'Asked for the opening hours' },
    usage: expect.objectContaining({ type: 'llm', model: 'small', inputTokens: 1 }),
  });
  expect(asked.map(({ body }) => body.messages.at(-1)?.content)).toEqual([
    'Agent: Hello, this is Ada.\nCaller: When do you open?\nAgent: At eight.',
  ]);
});

it('a model that fails leaves no summary', async () => {
  const { model } = await modelThat({ status: 500 });
  expect(await summarize(model, TALK, 'goodbye')).toBeUndefined();
});

it.each<[string, llm.ChatContext, Parameters<typeof summarize>[2]]>([
  ['the caller said nothing', conversation(['assistant', 'Hello.']), 'caller-left'],
  ['the call was handed off', TALK, 'handoff'],
  ['the agent gives way to a colleague', TALK, 'takeover'],
])('no model is asked if %s', async (_, history, end) => {
  const { model, asked } = await modelThat({ say: 'Something' });
  expect(await summarize(model, history, end)).toBeUndefined();
  expect(asked).toEqual([]);
});
