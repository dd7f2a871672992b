// MCP servers as an agent's tools: the official client against the official server on loopback, with the framework's
// own session and a chat server as the model.
import { initializeLogger, voice } from '@livekit/agents';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import { beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { z } from 'zod';
import { frontDesk } from '@/agent/agents/front-desk';
import { mcpTools, toolName } from '@/agent/models/mcp';
import { makeModels } from '@/agent/models/models';
import { type Reply, startChatServer } from '@/agent/testing/chat-server';
import { settings } from '@/agent/testing/model-call';
import { NOW, StillCall } from '@/agent/testing/talk';
import { serveFetch } from '@/lib/testing/serve-routes';

beforeAll(() => initializeLogger({ pretty: false, level: 'silent' }));

/** Waits until `holds` stops throwing; loading the client takes a while on a busy machine. */
const soon = (holds: () => void) => vi.waitFor(holds, 15_000);

/** An MCP server with a weather tool, a tool that fails, and one with the name of a front desk tool. */
async function startMcp() {
  const handler = createMcpHandler(() => {
    const server = new McpServer({ name: 'weather', version: '1' });
    server.registerTool(
      'forecast',
      {
        title: 'Looked at the weather',
        description: 'The weather of a place.',
        inputSchema: z.object({ place: z.string().describe('A town.'), days: z.int().optional() }),
      },
      async ({ place }) => ({ content: [{ type: 'text', text: `Rain in ${place}.` }] }),
    );
    server.registerTool('broken', { description: 'Fails.' }, async () => ({
      isError: true,
      content: [{ type: 'text', text: 'The sensor is wet.' }],
    }));
    server.registerTool('currentTime', { description: 'The time there.' }, async () => ({
      content: [{ type: 'text', text: 'Midnight.' }],
    }));
    return server;
  });
  const { url, close } = await serveFetch((request) => handler.fetch(request));
  onTestFinished(close);
  return { url: `${url}/mcp`, host: new URL(url).host.replace(':', '_') };
}

/** A text call with the tools of these servers. */
async function call(script: readonly ((last: string) => Reply)[], urls: readonly string[]) {
  const chat = await startChatServer(script);
  onTestFinished(() => chat.close());
  const failures: string[] = [];
  const failed = (error: Error) => void failures.push(error.message);
  const labels: Record<string, string> = {};
  const handle = new StillCall(NOW);
  const config = settings({ MODELS: 'compatible:m', LLM_URL: chat.url });
  const own = Object.keys(frontDesk.toolLabels);
  const session = new voice.AgentSession({
    llm: makeModels(config, frontDesk, handle, failed).llm,
    tools: mcpTools({ urls, own, labels, failed }),
  });
  onTestFinished(() => session.close());
  const { instructions, tools } = frontDesk;
  await session.start({ agent: new voice.Agent({ instructions, tools: tools(handle) }) });
  const say = async (userInput: string) => {
    const { events } = await session.run({ userInput }).wait();
    return events.flatMap((event) => (event.type === 'message' ? [event.item.textContent] : []));
  };
  return { say, failures, labels, asked: chat.asked };
}

const use =
  (name: string, args = {}) =>
  () => ({ call: { name, args } });
/** The framework passes a tool's return value as JSON, and an error as plain text. */
const repeat = (last: string) => ({ say: last.replace(/^"|"$/g, '') });

test('tools are offered as the server defines them, can be called, and have a label', async () => {
  const { url, host } = await startMcp();
  const { say, labels, asked } = await call(
    [use('forecast', { place: 'Brookfield' }), repeat],
    [url],
  );
  await soon(() => expect(labels.forecast).toBe('Looked at the weather'));
  expect(labels.broken).toBe('broken');
  expect(await say('Will it rain?')).toEqual(['Rain in Brookfield.']);
  const offered = Object.fromEntries(
    asked[0]?.body.tools.map((tool) => [tool.function.name, tool]) ?? [],
  );
  expect(offered.forecast?.function).toMatchObject({
    description: 'The weather of a place.',
    parameters: {
      type: 'object',
      properties: { place: { type: 'string', description: 'A town.' }, days: { type: 'integer' } },
      required: ['place'],
    },
  });
  // The front desk's own tool keeps its name.
  expect(offered.currentTime?.function.description).not.toBe('The time there.');
  expect(offered[`${host.replaceAll('.', '_')}_currentTime`]?.function.description).toBe(
    'The time there.',
  );
});

test("a tool's failure is sent to the model as text", async () => {
  const { url } = await startMcp();
  const { say, labels } = await call([use('broken'), repeat], [url]);
  await soon(() => expect(labels).toHaveProperty('broken'));
  expect((await say('Is it wet?')).join()).toContain('The sensor is wet.');
});

test('a server that is down costs its tools and an error event, not the call', async () => {
  const { url } = await startMcp();
  const { say, labels, failures } = await call(
    [use('forecast', { place: 'Ely' }), repeat],
    ['http://127.0.0.1:9/mcp', url],
  );
  await soon(() => expect(failures).toHaveLength(1));
  expect(failures[0]).toMatch(/^The tools of 127\.0\.0\.1:9 are not there: .+ \(bad port\)$/);
  await soon(() => expect(labels).toHaveProperty('forecast'));
  expect(await say('Will it rain?')).toEqual(['Rain in Ely.']);
});

const URL_OF_A = 'https://a.test:8080/mcp';

test.each<[string, readonly string[], string]>([
  ['forecast', [], 'forecast'],
  ['weather.get now', [], 'weather_get_now'],
  ['endCall', ['endCall'], 'a_test_8080_endCall'],
  ['endCall', ['endCall', 'a_test_8080_endCall'], 'a_test_8080_endCall_2'],
])('%s beside %o: %s', (name, taken, expected) => {
  const all = new Set(taken);
  expect(toolName(all, URL_OF_A, name)).toBe(expected);
  expect(all).toContain(expected);
});

test('no name is longer than a model accepts, or used twice', () => {
  const all = new Set<string>();
  const names = [1, 2, 3].map(() => toolName(all, URL_OF_A, 'x'.repeat(100)));
  expect(new Set(names).size).toBe(3);
  expect(names.every((name) => /^[\w-]{1,64}$/.test(name))).toBe(true);
});
