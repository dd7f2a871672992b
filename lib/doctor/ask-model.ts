// Asks a language model, hosted speech, a realtime model, an MCP server or Letta with the smallest real request, as agents
// do: the same address, key and name. It costs about 80 tokens for a language model, and nothing for the others.
import { AccessToken } from 'livekit-server-sdk';
import { z } from 'zod';
import { asWebSocket, joinUrl } from '@/lib/core/addresses';
import type { Config } from '@/lib/core/config';
import { Refused } from '@/lib/core/failure-cause';
import { jsonAs, jsonIn } from '@/lib/core/json';
import { type HostedSpeech, type ModelRef, OPENAI_URL } from '@/lib/core/models';
import { VERSION } from '@/lib/core/version';
import type { DoctorServer } from '@/lib/doctor/server';

/** Milliseconds for an answer. Longer than agents wait, because a local model may have to be loaded first. */
export const ANSWER_MS = 15_000;
const INFERENCE_URL = 'https://agent-gateway.livekit.cloud/v1';
/** Seconds for which a token for LiveKit Inference is valid. */
const TTL_SECONDS = 60;
/** Tokens of an answer: enough for "OK", and the least that OpenAI accepts. */
const ANSWER_TOKENS = 16;
const REDIRECTED = 302;
/** Characters of a refusal that are read. */
const REFUSAL_MAX = 2_000;

/** What is asked. */
export type Target =
  | { readonly what: 'model'; readonly ref: ModelRef }
  | { readonly what: 'stt' | 'tts'; readonly ref: HostedSpeech }
  | { readonly what: 'mcp'; readonly url: string }
  | { readonly what: 'letta' };

interface Server {
  readonly url: string;
  readonly key: string;
}

/** Keys for LiveKit Inference: its own, or the LiveKit server's. */
async function inferenceServer(config: Config): Promise<Server> {
  const key = config.LIVEKIT_INFERENCE_API_KEY ?? config.LIVEKIT_API_KEY;
  const secret = config.LIVEKIT_INFERENCE_API_SECRET ?? config.LIVEKIT_API_SECRET;
  const token = new AccessToken(key, secret, { identity: 'agent', ttl: TTL_SECONDS });
  token.addInferenceGrant({ perform: true });
  return { url: config.LIVEKIT_INFERENCE_URL ?? INFERENCE_URL, key: await token.toJwt() };
}

/** The server of a model. A key is only sent to the server it belongs to. */
async function serverOf({ kind }: ModelRef, config: Config): Promise<Server> {
  if (kind === 'inference') return inferenceServer(config);
  if (kind === 'compatible') return { url: config.LLM_URL ?? '', key: config.LLM_KEY ?? 'none' };
  return { url: config.OPENAI_BASE_URL ?? OPENAI_URL, key: config.OPENAI_API_KEY ?? '' };
}

const completion = z.object({
  choices: z
    .array(
      z.object({
        finish_reason: z.string().nullish(),
        message: z.object({ content: z.unknown(), tool_calls: z.unknown() }).partial().nullish(),
      }),
    )
    .min(1),
});
/** A failure with status 200, as OpenRouter and LM Studio send it. */
const failure = z.object({ error: z.union([z.string(), z.object({ code: z.unknown() })]) });

/**
 * Names of the limit of an answer. Newer models of OpenAI refuse the older one, behind other servers too, and some servers do
 * not know the newer one.
 */
const LIMITS = ['max_tokens', 'max_completion_tokens'] as const;

/** @throws {Refused} or the error of the connection */
async function askChat(ref: ModelRef, config: Config): Promise<void> {
  const server = await serverOf(ref, config);
  const [first, second] = ref.kind === 'compatible' ? LIMITS : LIMITS.toReversed();
  try {
    await askLimited(server, ref.model, first);
  } catch (error) {
    const isUnknown =
      error instanceof Refused &&
      [400, 422].includes(error.status ?? 0) &&
      error.said.includes(first);
    if (!isUnknown) throw error;
    await askLimited(server, ref.model, second);
  }
}

/** Agents have tools, which some models and servers refuse (Ollama, vLLM without its option for them). */
const TOOL = {
  type: 'function',
  function: {
    name: 'wait',
    description: 'Do not use it.',
    parameters: { type: 'object', properties: {} },
  },
};

async function askLimited({ url, key }: Server, model: string, limit: string): Promise<void> {
  const response = await fetch(joinUrl(url, 'chat/completions'), {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      model,
      messages: [{ role: 'user', content: 'Say OK.' }],
      tools: [TOOL],
      [limit]: ANSWER_TOKENS,
    }),
    signal: AbortSignal.timeout(ANSWER_MS),
  });
  const text = await response.text();
  // A model that thinks first has used up the limit: it answers.
  if (response.status === 400 && /limit was reached/i.test(text)) return;
  const answer = response.ok ? jsonIn(text) : undefined;
  const { data } = completion.safeParse(answer);
  if (!data) {
    // On the way, the key is left out and the question may be lost, so what answers there tells nothing.
    if (response.redirected) {
      throw new Refused(REDIRECTED, `it redirects to ${new URL(response.url).origin}`);
    }
    const failed = failure.safeParse(answer).data?.error;
    const code = typeof failed === 'object' ? failed.code : undefined;
    const status = typeof code === 'number' ? code : undefined;
    const said = failed || !response.ok ? text.slice(0, REFUSAL_MAX) : '';
    throw new Refused(failed ? status : response.status, said);
  }
  const [{ finish_reason: end, message } = {}] = data.choices;
  if (end === 'stop' && message && !message.content && !message.tool_calls) {
    throw new Refused(undefined, 'it answered with nothing');
  }
}

const serverEvent = z.object({
  type: z.string(),
  message: z.string().optional(),
  error: z.union([z.string(), z.object({ message: z.string() })]).optional(),
});

/**
 * Opens a session by WebSocket, and closes it once the server has created it.
 * @param first sent after connecting
 */
async function askSocket({ url, key }: Server, first?: object): Promise<void> {
  const { WebSocket } = await import('ws');
  const headers = { authorization: `Bearer ${key}` };
  const socket = new WebSocket(asWebSocket(url), {
    headers,
    handshakeTimeout: ANSWER_MS,
  });
  const late = AbortSignal.timeout(ANSWER_MS);
  try {
    await new Promise<void>((resolve, reject) => {
      late.addEventListener('abort', () => reject(late.reason), { once: true });
      socket.on('open', () => first && socket.send(JSON.stringify(first)));
      socket.on('message', (data) => {
        const { type, message, error } = jsonAs(serverEvent, String(data)) ?? {};
        if (type === 'session.created') resolve();
        const said = (typeof error === 'string' ? error : error?.message) ?? message ?? '';
        if (type === 'error') reject(new Refused(undefined, said));
      });
      socket.on('unexpected-response', async (_, response) => {
        let text = '';
        for await (const piece of response) if (text.length < REFUSAL_MAX) text += piece;
        reject(new Refused(response.statusCode, text.slice(0, REFUSAL_MAX)));
      });
      socket.on('error', reject);
      socket.on('close', (code, reason) => {
        reject(new Refused(undefined, String(reason) || `it closed the connection: ${code}`));
      });
    });
  } finally {
    socket.terminate();
  }
}

async function askHosted(what: 'stt' | 'tts', ref: HostedSpeech, config: Config) {
  const { url, key } = await inferenceServer(config);
  const session = { type: 'session.create', model: ref.model, encoding: 'pcm_s16le' };
  const voice = what === 'tts' && ref.voice ? { voice: ref.voice } : {};
  const address = joinUrl(url, `${what}?model=${encodeURIComponent(ref.model)}`);
  await askSocket({ url: address, key }, { ...session, sample_rate: '16000', ...voice });
}

async function askMcp(url: string): Promise<void> {
  const { Client, StreamableHTTPClientTransport } = await import('@modelcontextprotocol/client');
  const client = new Client(
    { name: 'callboard', version: VERSION },
    { versionNegotiation: { mode: 'auto' } },
  );
  try {
    const transport = new StreamableHTTPClientTransport(new URL(url));
    await client.connect(transport, { timeout: ANSWER_MS });
    await client.listTools({}, { timeout: ANSWER_MS });
  } finally {
    await client.close();
  }
}

/** Asks it. A feature asks its own kinds of models. @throws if it would fail in a call */
export async function ask(
  { features }: Pick<DoctorServer, 'features'>,
  target: Target,
  config: Config,
): Promise<void> {
  const ref = target.what === 'model' ? target.ref : undefined;
  const kind = ref?.kind ?? target.what;
  const [own] = features.flatMap(({ askModel }) => askModel?.[kind] ?? []);
  if (own) return own(ref?.model, config);
  if (target.what === 'mcp') return askMcp(target.url);
  if (target.what === 'stt' || target.what === 'tts') {
    return askHosted(target.what, target.ref, config);
  }
  if (!ref) return;
  if (ref.kind !== 'realtime') return askChat(ref, config);
  const { url, key } = await serverOf(ref, config);
  const address = joinUrl(url, `realtime?model=${encodeURIComponent(ref.model)}`);
  return askSocket({ url: address, key });
}
