// What the doctor and the Agents page say of a model or service that does not answer, with stand-ins that fail as real ones do.

import { createServer } from 'node:http';
import { type AddressInfo, createServer as createTcp, type Server } from 'node:net';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { WebSocketServer } from 'ws';
import { deploymentStatus } from '@/lib/agents/status';
import { recordModelFailures } from '@/lib/calls/ingest/model-answers';
import { parseConfig } from '@/lib/core/config';
import { runsOf } from '@/lib/core/runs-on';
import { runCheck } from '@/lib/doctor/check';
import { modelChecks } from '@/lib/doctor/checks/models';
import { startLetta } from '@/lib/letta/testing/letta-server';
import { messagesIn } from '@/lib/messages/messages';
import { firstAgent } from '@/lib/testing/agents';
import { serveFetch } from '@/lib/testing/serve-routes';
import { testServer } from '@/lib/testing/server';

const KEY = 'sk-very-secret-0123456789';
const agent = firstAgent;
let server = testServer();
beforeEach(() => {
  server = testServer();
});

const settings = (env: Record<string, string>) =>
  parseConfig({
    LIVEKIT_URL: 'ws://127.0.0.1:9',
    LIVEKIT_API_KEY: 'key',
    LIVEKIT_API_SECRET: 'a-secret-of-thirty-two-characters',
    ...env,
  });

/** The findings with these settings. */
function findings(env: Record<string, string>) {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  onTestFinished(() => void vi.unstubAllEnvs());
  // What is found is kept, also with other settings.
  const own = { ...server, config: settings(env) };
  return Promise.all(modelChecks(own, 'en').map((one) => runCheck(one)));
}

/** What the Agents page shows of the first agent. */
const failing = (env: Record<string, string>) =>
  deploymentStatus(server, 'production', [
    {
      worker: 'w',
      agent: agent.name,
      deployment: 'production',
      version: '1',
      activeJobs: 0,
      maxJobs: 1,
      state: 'live',
      runs: runsOf(settings(env), agent),
    },
  ]).failing;

/** Serves requests until the test is finished; resolves to its URL with `/v1`. */
async function serving(fetch: Parameters<typeof serveFetch>[0]): Promise<string> {
  const { url, close } = await serveFetch(fetch);
  onTestFinished(close);
  return `${url}/v1`;
}

async function listening(listener: Server): Promise<string> {
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void listener.close());
  return `127.0.0.1:${(listener.address() as AddressInfo).port}`;
}

/** A server that answers everything the same way; resolves to its URL with `/v1`. */
const answering = (status: number, body: string | object, type = 'application/json') =>
  serving(async (request) => {
    await request.arrayBuffer();
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return new Response(text, { status, headers: { 'content-type': type } });
  });

/** Redirects to another origin, which refuses requests without a key. */
const redirecting = async (status: number) => {
  const location = await refusing(401, 'Unauthorized');
  return serving(() => new Response(null, { status, headers: { location } }));
};

const refusing = (status: number, message: string) => answering(status, { error: { message } });

describe('of a language model', () => {
  const of = async (url: string) => {
    const env = { LLM_URL: url, LLM_MODEL: 'm', LLM_KEY: KEY };
    const [found] = await findings(env);
    return { found, shown: failing(env) };
  };

  it('is content with an answer, and says what it costs', async () => {
    const asked: object[] = [];
    const url = await serving(async (request) => {
      const { pathname: path } = new URL(request.url);
      asked.push({ path, key: request.headers.get('authorization'), ...(await request.json()) });
      return Response.json({ choices: [{ message: { content: 'OK' } }] });
    });
    const { found, shown } = await of(`${url}/`);
    expect(found).toMatchObject({ state: 'ok', seen: expect.stringContaining('80 tokens') });
    expect(shown).toEqual([]);
    expect(asked).toEqual([
      expect.objectContaining({
        path: '/v1/chat/completions',
        key: `Bearer ${KEY}`,
        model: 'm',
        max_tokens: 16,
        // Some models and servers refuse tools, which agents have.
        tools: [expect.objectContaining({ type: 'function' })],
      }),
    ]);
  });

  it.each<[string, () => Promise<string>, string, RegExp]>([
    ['a key', () => refusing(401, `Incorrect API key provided: ${KEY}`), 'key', /LLM_KEY/],
    ['a key', () => refusing(403, 'Forbidden'), 'key', /LLM_KEY/],
    [
      'a key of Google',
      () => answering(400, [{ error: { message: 'API key not valid.' } }]),
      'key',
      /LLM_KEY/,
    ],
    [
      'a model of others',
      () => refusing(403, 'Project `p` does not have access to model `m`'),
      'model',
      /MODEL/,
    ],
    [
      'a model of others',
      () => refusing(401, 'key not allowed to access model.'),
      'model',
      /MODEL/,
    ],
    ['a model', () => refusing(404, 'No endpoints found for m.'), 'model', /MODEL/],
    [
      'a model without tools',
      () => refusing(400, 'registry.ollama.ai/library/gemma:2b does not support tools'),
      'model',
      /MODEL/,
    ],
    [
      'a country',
      () => refusing(403, 'Country, region, or territory not supported'),
      'other',
      /LLM_URL/,
    ],
    [
      'an empty account',
      () => refusing(403, 'Your team does not have any credits'),
      'credit',
      /credit/,
    ],
    ['an empty account', () => refusing(400, 'Budget has been exceeded!'), 'credit', /credit/],
    [
      'a failure with status 200',
      () => answering(200, { error: { message: 'Provider returned error', code: 429 } }),
      'credit',
      /credit/,
    ],
    [
      'a missing /v1',
      () => answering(200, { error: 'Unexpected endpoint or method. (POST /chat/completions)' }),
      'foreign',
      /v1/,
    ],
    ['a firewall', () => answering(403, '<html>Blocked</html>', 'text/html'), 'foreign', /proxy/],
    [
      'an answer without words',
      () => answering(200, { choices: [{ message: { content: '' }, finish_reason: 'stop' }] }),
      'other',
      /log/,
    ],
    [
      'a server behind that is late',
      () => answering(504, '<html>504</html>', 'text/html'),
      'late',
      /load/,
    ],
    [
      'https behind http',
      () =>
        answering(400, '<html>The plain HTTP request was sent to HTTPS port</html>', 'text/html'),
      'tls',
      /https/,
    ],
    ['a redirect, on which the key is lost', () => redirecting(307), 'foreign', /LLM_URL/],
    ['a redirect to a sign-in page', () => redirecting(302), 'foreign', /sign-in/],
    ['a model', () => refusing(404, 'The model `m` does not exist'), 'model', /MODEL/],
    ['a model', () => refusing(400, 'model "m" not found'), 'model', /MODEL/],
    [
      'an empty account',
      () => refusing(429, 'You exceeded your current quota'),
      'credit',
      /credit/,
    ],
    ['an empty account', () => refusing(402, 'Payment required'), 'credit', /credit/],
    ['a web page', () => answering(200, '<html>Hello</html>', 'text/html'), 'foreign', /LLM_URL/],
    ['a missing /v1', () => answering(404, '404 page not found', 'text/plain'), 'foreign', /v1/],
    ['JSON of another API', () => answering(200, { ok: true }), 'foreign', /LLM_URL/],
    ['a failing server', () => refusing(500, 'oops'), 'other', /LLM_URL/],
    ['a dead port', async () => 'http://127.0.0.1:9/v1', 'unreachable', /LLM_URL/],
    ['an unknown host', async () => 'http://nowhere.invalid/v1', 'unreachable', /LLM_URL/],
    [
      'http behind https',
      async () => (await refusing(200, '')).replace('http:', 'https:'),
      'tls',
      /NODE_EXTRA_CA_CERTS/,
    ],
    [
      'a server that hangs up',
      async () => `http://${await listening(createTcp((socket) => socket.end()))}/v1`,
      'unreachable',
      /LLM_URL/,
    ],
  ])('names %s', async (_, url, cause, todo) => {
    const { found, shown } = await of(await url());
    expect(found?.state).toBe('fail');
    const { causes } = messagesIn('en').doctor.models;
    expect(found?.seen).toContain(causes[cause as keyof typeof causes]);
    expect(found?.todo).toMatch(todo);
    expect(JSON.stringify(found)).not.toContain(KEY);
    expect(shown).toEqual([{ name: expect.stringMatching(/^m \(/), cause }]);
  });
});

it.each(['max_tokens', 'max_completion_tokens'])(
  'asks servers that refuse %s by the other name of the limit',
  async (refused) => {
    const url = await serving(async (request) => {
      const message = `Unsupported parameter: '${refused}' is not supported with this model.`;
      return refused in (await request.json())
        ? Response.json({ error: { message } }, { status: 400 })
        : Response.json({ choices: [{}] });
    });
    const compatible = { LLM_URL: url, LLM_MODEL: 'm', MODELS: 'compatible:m,openai:m' };
    const found = await findings({ ...compatible, OPENAI_API_KEY: KEY, OPENAI_BASE_URL: url });
    expect(found.map(({ state }) => state)).toEqual(['ok', 'ok']);
  },
);

it.each(['“sk-in-quotes-of-a-letter”', 'sk-of-one-line\nand-another'])(
  'names a key that cannot be sent, and does not print it: %j',
  async (key) => {
    const env = { LLM_URL: 'http://127.0.0.1:9/v1', LLM_MODEL: 'm', LLM_KEY: key };
    const [found] = await findings(env);
    expect(found?.seen).toContain('refuses the key');
    expect(found?.seen).not.toContain('sk-');
    expect(failing(env)).toMatchObject([{ cause: 'key' }]);
  },
);

describe('of sockets', () => {
  async function sockets(answer: object, refuses?: number) {
    const testServer = createServer();
    const upgrades = new WebSocketServer({ noServer: true });
    const paths: (string | undefined)[] = [];
    testServer.on('upgrade', (request, socket, head) => {
      paths.push(request.url);
      if (refuses) return void socket.end(`HTTP/1.1 ${refuses} No\r\nContent-Length: 0\r\n\r\n`);
      upgrades.handleUpgrade(request, socket, head, (peer) => peer.send(JSON.stringify(answer)));
    });
    return { url: `http://${await listening(testServer)}/v1`, paths };
  }
  const created = { type: 'session.created' };
  const unknown = { type: 'error', error: { message: 'The model does not exist.' } };

  it.each([
    [created, undefined, 'ok', 'no tokens'],
    [unknown, undefined, 'fail', 'does not know the model'],
    [created, 401, 'fail', 'refuses the key'],
    [created, 429, 'fail', 'no credit'],
  ])('opens sessions: %j, status %j: %s', async (answer, refuses, state, words) => {
    const { url, paths } = await sockets(answer, refuses);
    const realtime = { MODELS: 'realtime:gpt:ash', OPENAI_API_KEY: KEY, OPENAI_BASE_URL: url };
    const speech = { STT: 'inference:a/b', TTS: 'inference:c/d:e', LIVEKIT_INFERENCE_URL: url };
    const found = await findings({ ...realtime, ...speech });
    expect(found.map((one) => one.state)).toEqual([state, state, state]);
    for (const { seen } of found) expect(seen).toContain(words);
    expect(paths.sort()).toEqual([
      '/v1/realtime?model=gpt',
      '/v1/stt?model=a%2Fb',
      '/v1/tts?model=c%2Fd',
    ]);
  });
});

it('asks Letta for its agents and for the one that an agent uses, and talks to none', async () => {
  const letta = await startLetta('the-right-key-of-letta');
  onTestFinished(() => letta.close());
  const id = letta.add('Sam');
  const of = (key: string, model = id) =>
    findings({ LETTA_URL: letta.url, LETTA_API_KEY: key, MODELS: `letta:${model}` });
  expect((await of('the-right-key-of-letta')).map(({ state }) => state)).toEqual(['ok', 'ok']);
  const refused = await of('a-wrong-key-of-letta');
  expect(refused.map(({ state }) => state)).toEqual(['fail', 'fail']);
  for (const { seen } of refused) expect(seen).toContain('refuses the key');
  const [gone] = await of('the-right-key-of-letta', 'agent-gone');
  expect(gone?.state).toBe('fail');
  const other = await answering(200, { ok: true });
  const [foreign] = await findings({ LETTA_URL: other });
  expect(foreign?.seen).toContain('Something else answers');
  expect(foreign?.todo).not.toContain('/v1');
});

it('asks MCP servers, if a model can use them, and prints no key in their URL', async () => {
  const model = await answering(200, { choices: [{}] });
  const tools = await refusing(401, 'Unauthorized');
  const sse = await answering(405, 'Method Not Allowed', 'text/plain');
  const env = {
    LLM_URL: model,
    LLM_MODEL: 'm',
    MCP_SERVERS: `${tools}/mcp?key=${KEY},http://127.0.0.1:9/mcp,${sse}/sse`,
  };
  const found = await findings(env);
  expect(found.map(({ state }) => state)).toEqual(['ok', 'fail', 'fail', 'fail']);
  expect(found[1]?.seen).toContain('refuses the key');
  expect(found[2]?.seen).toContain('cannot be reached');
  expect(JSON.stringify(found)).not.toContain(KEY);
  expect(found[3]?.todo).toContain('Streamable HTTP, not of SSE');
  expect(failing(env)).toHaveLength(3);
});

it('has no check without models, and asks each once', async () => {
  expect(modelChecks(server, 'en')).toEqual([]);
  const env = { LLM_URL: 'http://127.0.0.1:9/v1', LLM_MODEL: 'm' };
  expect(modelChecks({ ...server, config: settings(env) }, 'en')).toHaveLength(1);
});

it.each([
  ['key', '401 Unauthorized'],
  ['late', 'it said nothing for 4 s'],
  ['unreachable', 'Connection error.'],
  ['unreachable', 'api.openai.com: getaddrinfo ENOTFOUND api.openai.com'],
  ['key', 'api.openai.com answered 401: Incorrect API key provided'],
  ['foreign', 'api.openai.com answered 404: '],
  ['key', 'api.openai.com closed the connection (3000 invalid_request_error.invalid_api_key)'],
  ['model', 'The model `m` does not exist or you do not have access to it.'],
  ['credit', 'You exceeded your current quota, please check your plan.'],
  ['foreign', '403 <html>Blocked'],
  ['other', 'it answered with nothing'],
  ['other', '500 oops'],
])('of a failure in a call, tells the cause %s: %s', (cause, said) => {
  const env = { LLM_URL: 'http://127.0.0.1:9/v1', LLM_MODEL: 'm' };
  const message = `m (127.0.0.1:9) failed: ${said}`;
  recordModelFailures(server, [{ what: { kind: 'error', message } }]);
  expect(failing(env)).toEqual([{ name: 'm (127.0.0.1:9)', cause }]);
});

it('shows an MCP server that failed in a call', () => {
  const url = 'http://127.0.0.1:9';
  const env = { LLM_URL: `${url}/v1`, LLM_MODEL: 'm', MCP_SERVERS: `${url}/mcp` };
  const message = 'The tools of 127.0.0.1:9 are not there: 405 Method Not Allowed';
  recordModelFailures(server, [{ what: { kind: 'error', message } }]);
  expect(failing(env)).toEqual([{ name: '127.0.0.1:9', cause: 'foreign' }]);
});

it('shows a model that failed in a call, until it answers the doctor', async () => {
  const url = await answering(200, { choices: [{}] });
  const env = { LLM_URL: url, LLM_MODEL: 'm' };
  const name = `m (${new URL(url).host})`;
  const event = (message: string) => ({ what: { kind: 'error', where: 'llm', message } });
  recordModelFailures(server, [
    event(`${name} failed: 401 Unauthorized`),
    event('The tool did not answer'),
  ]);
  expect(failing(env)).toEqual([{ name, cause: 'key' }]);
  await findings(env);
  expect(failing(env)).toEqual([]);
});
