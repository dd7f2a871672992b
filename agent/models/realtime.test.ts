// An agent with a realtime model: the plugin's real client and the framework's own session, with
// text input, against a loopback server that speaks OpenAI's protocol; and each way it can fail.
import { initializeLogger, type llm, voice } from '@livekit/agents';
import { beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { frontDesk } from '@/agent/agents/front-desk';
import { notices } from '@/agent/core/notices';
import { makeModels } from '@/agent/models/models';
import { loadRealtime } from '@/agent/models/realtime';
import {
  type Door,
  type SpokenReply,
  startRealtimeServer,
} from '@/agent/models/testing/realtime-server';
import { settings } from '@/agent/testing/model-call';
import { NOW, StillCall } from '@/agent/testing/talk';
import { unwatched } from '@/agent/testing/unwatched';
import { CallAgent, Silence } from '@/agent/turns/call-agent';
import '@/agent/framework/tool-results';
import { addRealtimeFallback } from '@/agent/turns/realtime-fallback';

const KEY = 'sk-of-openai-0123456789';
/** Milliseconds within which everything must have happened. */
const TIMEOUT_MS = 15_000;
const soon = (holds: () => void) => vi.waitFor(holds, TIMEOUT_MS);
const ADDRESS = 'What is your address?';

beforeAll(async () => {
  initializeLogger({ pretty: false, level: 'silent' });
  await loadRealtime();
});

/** A text call to the front desk on a realtime model. */
async function call(script: readonly SpokenReply[], door?: Door, env: object = {}) {
  const server = await startRealtimeServer(script, door);
  onTestFinished(() => server.close());
  const failures: Error[] = [];
  const failed = (error: Error) => void failures.push(error);
  const handle = new StillCall(NOW);
  const config = settings({
    MODELS: 'realtime:gpt-realtime:cedar',
    OPENAI_API_KEY: KEY,
    OPENAI_BASE_URL: server.url,
    ...env,
  });
  const models = makeModels(config, frontDesk, handle, failed);
  const session = new voice.AgentSession({
    ...(models.realtime && { llm: models.realtime }),
    turnHandling: { turnDetection: 'manual' },
  });
  onTestFinished(() => session.close());
  if (!models.realtime) throw new Error('there is no realtime model');
  addRealtimeFallback(session, models.realtime, models.llm, failed);
  const { instructions, tools } = frontDesk;
  const agent = new CallAgent(
    { instructions, tools: tools(handle) },
    new Silence('Ada'),
    unwatched,
  );
  await session.start({ agent });
  const said = () =>
    session.history.items.flatMap((item) =>
      item.type === 'message' && item.role === 'assistant' ? [item.textContent ?? ''] : [],
    );
  const used = () =>
    session.history.items.flatMap((item) => (item.type === 'function_call' ? [item.name] : []));
  const says = (text: string | RegExp) => soon(() => expect(said().join('\n')).toMatch(text));
  return { session, server, failures, said, says, used };
}

describe('holds the conversation', () => {
  test('with the configured instructions, tools and voice', async () => {
    const { session, server, says, used, failures } = await call([
      { call: { name: 'currentTime', args: {} } },
      { say: 'It is Friday.' },
    ]);
    session.generateReply({ userInput: 'What day is it?' });
    await says('It is Friday.');
    expect(used()).toEqual(['currentTime']);
    expect(server.asked).toEqual([
      { url: '/v1/realtime?model=gpt-realtime', authorization: `Bearer ${KEY}` },
    ]);
    const sessions = server.sent.flatMap((event) => (event.session ? [event.session] : []));
    expect(sessions[0]).toMatchObject({ audio: { output: { voice: 'cedar' } } });
    expect(sessions).toContainEqual(
      expect.objectContaining({ instructions: frontDesk.instructions }),
    );
    expect(JSON.stringify(sessions)).toContain('"name":"bookAppointment"');
    expect(failures).toEqual([]);
  });
});

test('the result of a tool reaches a model whose answer was interrupted', async () => {
  const { session, server, says, used, failures } = await call([
    { say: 'One moment.', call: { name: 'currentTime', args: {} }, stays: true },
    { say: 'It is Friday.' },
  ]);
  session.generateReply({ userInput: 'What day is it?' });
  await soon(() => expect(used()).toEqual(['currentTime']));
  session.interrupt();
  await says('It is Friday.');
  const created = server.sent.flatMap(({ item }) => (item ? [JSON.stringify(item)] : []));
  expect(created.filter((item) => item.includes('"function_call_output"'))).toHaveLength(1);
  expect(failures).toEqual([]);
});

describe('on failure: an apology, and the scripted agent continues the same call', () => {
  test.each<[string, readonly SpokenReply[], Door, RegExp]>([
    ['a rejected key', [], { refuses: 401 }, /answered 401: The stand-in refuses\./],
    ['an unknown model', [], { throwsOut: 'No such model.' }, /No such model\./],
    ['a failed answer', [{ fails: 'Rate limit reached.' }], {}, /Rate limit reached\./],
    [
      'a dropped connection',
      [{ say: 'We are at 14 Willow', breaksOff: true }],
      {},
      /closed the connection/,
    ],
    ['a timeout', [{ hangs: true }], {}, /said nothing for 4 s/],
  ])('%s', async (_, script, door, why) => {
    const { session, says, said, failures } = await call(script, door);
    session.generateReply({ userInput: ADDRESS });
    await says(/14 Willow Street/);
    expect(said().join('\n')).toContain(notices.apology);
    expect(failures.map(({ message }) => message)).toEqual([expect.stringMatching(why)]);
    expect(failures[0]?.message).toContain('gpt-realtime (127.0.0.1');
    expect(failures[0]?.message).not.toContain(KEY);

    session.generateReply({ userInput: 'And your telephone number?' });
    await says(/Our number/);
    expect(said().join('\n').split(notices.apology)).toHaveLength(2);
  });

  test('no server', async () => {
    const { session, says, failures } = await call(
      [],
      {},
      { OPENAI_BASE_URL: 'http://127.0.0.1:9' },
    );
    session.generateReply({ userInput: ADDRESS });
    await says(/14 Willow Street/);
    expect(failures).toHaveLength(1);
  });

  test('before the first question: nothing is said, and the first answer apologizes', async () => {
    const { session, server, said, says, failures } = await call([]);
    await soon(() => expect(server.asked).toHaveLength(1));
    await server.close();
    await soon(() => expect(failures).toHaveLength(1));
    expect(said()).toEqual([]);
    session.generateReply({ userInput: ADDRESS });
    await says(notices.apology);
    await says(/14 Willow Street/);
  });

  test('speech without a transcript yet is answered', async () => {
    const { session, says, server } = await call([{ hangs: true }]);
    const agent = session.currentAgent as CallAgent;
    await agent.onUserTurnCompleted(
      agent.chatCtx as llm.ChatContext,
      {
        textContent: ADDRESS,
      } as llm.ChatMessage,
    );
    session.generateReply();
    await soon(() => expect(server.sent.map(({ type }) => type)).toContain('response.create'));
    await says(/14 Willow Street/);
  });
});
