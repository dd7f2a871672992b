// A worker as LiveKit’s documentation shows one: it knows nothing of Callboard. Its agent greets, says what it was told about the
// call, repeats what it hears and the keys, and has a tool. It hands off to the agent that a data message names, with the code of
// docs/bring-your-agent.md.
// `node stock-agent.mjs start` with LiveKit's own settings, AGENT_NAME, GREETING, and SPEECH_URL with its `/v1`. With DEAF it hears
// nothing, as if its recognizer were stuck, and stays as "listening".
import { fileURLToPath } from 'node:url';
import { cli, defineAgent, llm, ServerOptions, voice } from '@livekit/agents';
import { STT, TTS } from '@livekit/agents-plugin-openai';
import { ParticipantKind } from '@livekit/rtc-node';
import { AgentDispatchClient } from 'livekit-server-sdk';
import { z } from 'zod';

const { AGENT_NAME, DEAF, GREETING = 'Hello.', SPEECH_URL, WORKER_PORT } = process.env;
const speech = { baseURL: SPEECH_URL, apiKey: 'none' };

class EchoStream extends llm.LLMStream {
  label = 'echo';

  async run() {
    const heard = this.chatCtx.items.filter(
      ({ type, role }) => type === 'message' && role === 'user',
    );
    // LiveKit's framework may also hear the end of a sentence alone, and puts both into one message.
    const message = heard.at(-1)?.textContent ?? '';
    const text = /[A-Z][^A-Z]*$/.exec(message)?.[0] ?? message;
    if (/break down/i.test(text)) throw new Error('the model is broken');
    const answer = (delta) =>
      this.queue.put({ id: 'echo', delta: { role: 'assistant', ...delta } });
    const last = this.chatCtx.items.at(-1);
    if (last?.type === 'function_call_output') answer({ content: `We are ${last.output}.` });
    else if (/look it up/i.test(text)) {
      const call = { callId: 'call_1', name: 'opening_hours', args: '{"day":"Monday"}' };
      answer({ toolCalls: [llm.FunctionCall.create(call)] });
    } else answer({ content: `I heard: ${text}.` });
    const usage = { completionTokens: 5, promptTokens: 7, totalTokens: 12, promptCachedTokens: 0 };
    this.queue.put({ id: 'echo', usage });
  }
}

class Echo extends llm.LLM {
  label() {
    return 'echo';
  }

  get model() {
    return 'echo';
  }

  chat({ chatCtx, toolCtx, connOptions }) {
    const options = connOptions ?? { maxRetry: 0, retryIntervalMs: 100, timeoutMs: 5_000 };
    return new EchoStream(this, { chatCtx, toolCtx, connOptions: options });
  }
}

async function handOff(ctx, agent) {
  const { LIVEKIT_URL, LIVEKIT_API_KEY, LIVEKIT_API_SECRET } = process.env;
  const dispatches = new AgentDispatchClient(LIVEKIT_URL, LIVEKIT_API_KEY, LIVEKIT_API_SECRET);
  const joined = new Promise((resolve) => {
    ctx.room.on('participantConnected', ({ kind }) => {
      if (kind === ParticipantKind.AGENT) resolve();
    });
  });
  await dispatches.createDispatch(ctx.room.name, agent, { deployment: '' });
  await joined;
  ctx.shutdown('handed off');
}

function handoffContext(ctx) {
  const { callboard } = JSON.parse(ctx.job.metadata || '{}');
  return callboard?.kind === 'handoff' ? callboard : undefined;
}

export default defineAgent({
  entry: async (ctx) => {
    const session = new voice.AgentSession({
      stt: new STT({ ...speech, model: 'moonshine-tiny', useRealtime: false }),
      tts: new TTS({ ...speech, model: 'flite', voice: 'slt' }),
      llm: new Echo(),
    });
    const opening_hours = llm.tool({
      description: 'Says when we are open.',
      parameters: z.object({ day: z.string() }),
      execute: async ({ day }) => `open on ${day} from nine to five`,
    });
    const instructions = 'You repeat what you hear.';
    const agent = new voice.Agent({ instructions, tools: { opening_hours } });
    await session.start({ agent, room: ctx.room, inputOptions: { audioEnabled: !DEAF } });
    await ctx.connect();
    ctx.room.on('dtmfReceived', (_code, key) => session.say(`You pressed ${key}.`));
    ctx.room.on('dataReceived', (payload, _participant, _kind, topic) => {
      if (topic === 'handoff') handOff(ctx, new TextDecoder().decode(payload));
    });
    const told = handoffContext(ctx);
    session.say(told ? `${GREETING} ${told.from.person} tells me: ${told.summary}` : GREETING);
  },
});

cli.runApp(
  new ServerOptions({
    agent: fileURLToPath(import.meta.url),
    agentName: AGENT_NAME,
    host: '127.0.0.1',
    port: Number(WORKER_PORT),
    numIdleProcesses: 1,
    initializeProcessTimeout: 60_000,
    // By default, a worker takes no calls while the machine is busy, as it is during tests. Its processes start slowly then.
    loadFunc: async () => 0,
  }),
);
