// What the console learns from the messages of a session, encoded as LiveKit's frameworks encode them.
import { AgentSession } from '@livekit/protocol';
import { expect, test } from 'vitest';
import { SHOWN_MAX, sessionNews } from '@/lib/livekit/session-message';

const { AgentSessionMessage, AgentState, ChatRole, UserState } = AgentSession;

type Json = Parameters<typeof AgentSessionMessage.fromJson>[0];
const encoded = (content: Json): Uint8Array => AgentSessionMessage.fromJson(content).toBinary();
const news = (event: Record<string, Json>) =>
  sessionNews(encoded({ event: { createdAt: '2026-11-28T12:00:00.000000005Z', ...event } }));
const said = (message: Json) => news({ conversationItemAdded: { item: { message } } });

test('the states of the agent and of the user, also those with the number 0', () => {
  expect(
    news({
      agentStateChanged: { oldState: AgentState.AS_LISTENING, newState: AgentState.AS_THINKING },
    }),
  ).toEqual([{ kind: 'agent', state: 'thinking' }]);
  expect(news({ agentStateChanged: { oldState: AgentState.AS_LISTENING } })).toEqual([
    { kind: 'agent', state: 'initializing' },
  ]);
  expect(news({ userStateChanged: { newState: UserState.US_AWAY } })).toEqual([
    { kind: 'user', state: 'away' },
  ]);
  expect(news({ userStateChanged: {} })).toEqual([{ kind: 'user', state: 'speaking' }]);
  expect(news({ userStateChanged: { newState: 9 } })).toEqual([]);
});

test('what was said, cut if it is long', () => {
  const metrics = { e2eLatency: 0.6 };
  expect(
    said({
      id: 'm',
      role: ChatRole.ASSISTANT,
      content: [{ text: 'Grüß' }, { text: 'Gott' }],
      interrupted: true,
      metrics,
    }),
  ).toEqual([{ kind: 'said', role: 'assistant', text: 'Grüß\nGott', interrupted: true }]);
  expect(said({ role: ChatRole.USER, content: [{ text: 'x'.repeat(SHOWN_MAX + 1) }] })).toEqual([
    { kind: 'said', role: 'user', text: `${'x'.repeat(SHOWN_MAX - 1)}…`, interrupted: false },
  ]);
});

test('handoffs and changed tools, without the instructions', () => {
  expect(
    news({
      conversationItemAdded: { item: { agentHandoff: { oldAgentId: 'a', newAgentId: 'b' } } },
    }),
  ).toEqual([{ kind: 'handoff', to: 'b' }]);
  const agentConfigUpdate = {
    instructions: 'Be kind.',
    toolsAdded: ['find', 'book'],
    toolsRemoved: ['cancel'],
  };
  expect(news({ conversationItemAdded: { item: { agentConfigUpdate } } })).toEqual([
    { kind: 'tools', added: ['find', 'book'], removed: ['cancel'] },
  ]);
});

test('tools with their results', () => {
  expect(
    news({
      functionToolsExecuted: {
        functionCalls: [
          { name: 'find', arguments: '{"day":1}' },
          { name: 'book' },
          { name: 'cancel' },
        ],
        functionCallOutputs: [
          { name: 'find', output: '[]' },
          { name: 'book', output: 'gone', isError: true },
        ],
      },
    }),
  ).toEqual([
    { kind: 'tool', tool: 'find', args: '{"day":1}', result: '[]', failed: false },
    { kind: 'tool', tool: 'book', args: '', result: 'gone', failed: true },
    { kind: 'tool', tool: 'cancel', args: '', result: undefined, failed: false },
  ]);
});

test('usage and errors', () => {
  const llm = {
    provider: 'openai',
    model: 'gpt-5',
    inputTokens: 300,
    outputTokens: 20,
    sessionDuration: 1,
  };
  const modelUsage: Json = [
    { llm },
    { tts: { model: 'flite', charactersCount: 40 } },
    { stt: { model: 'moonshine', audioDuration: 3 } },
    {},
  ];
  expect(news({ sessionUsageUpdated: { usage: { modelUsage } } })).toEqual([
    {
      kind: 'usage',
      models: [
        { model: 'openai gpt-5', inputTokens: 300, outputTokens: 20 },
        { model: 'flite', characters: 40 },
        { model: 'moonshine' },
      ],
    },
  ]);
  expect(news({ error: { message: 'openai.STT' } })).toEqual([
    { kind: 'error', message: 'openai.STT' },
  ]);
});

test('other messages are not shown', () => {
  expect(news({ debugMessage: {} })).toEqual([]);
  expect(sessionNews(encoded({ request: { requestId: 'r' } }))).toEqual([]);
  expect(sessionNews(new Uint8Array())).toEqual([]);
});

test('no bytes make it fail or hang', () => {
  const whole = encoded({
    event: { functionToolsExecuted: { functionCalls: [{ name: 'find', arguments: '{}' }] } },
  });
  for (let length = 0; length < whole.length; length += 1) sessionNews(whole.subarray(0, length));
  for (let byte = 0; byte < 256; byte += 1) sessionNews(new Uint8Array(64).fill(byte));
  const wrongType = whole.slice();
  wrongType[0] = (3 << 3) | 0;
  expect(sessionNews(wrongType)).toEqual([]);
});
