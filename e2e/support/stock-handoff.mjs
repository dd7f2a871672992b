// A worker as LiveKit’s documentation shows one. Its agent says what it was told about the call, and hands it off to the agent
// that a data message names, with the code of docs/bring-your-agent.md.
// `node stock-handoff.mjs start` with LiveKit's own settings, AGENT_NAME, and SPEECH_URL with its `/v1`.
import { fileURLToPath } from 'node:url';
import { cli, defineAgent, ServerOptions, voice } from '@livekit/agents';
import { TTS } from '@livekit/agents-plugin-openai';
import { ParticipantKind } from '@livekit/rtc-node';
import { AgentDispatchClient } from 'livekit-server-sdk';

const { AGENT_NAME, SPEECH_URL, WORKER_PORT } = process.env;

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
    const tts = new TTS({ baseURL: SPEECH_URL, apiKey: 'none', model: 'flite', voice: 'slt' });
    const session = new voice.AgentSession({ tts });
    await session.start({
      agent: new voice.Agent({ instructions: 'You greet.' }),
      room: ctx.room,
    });
    await ctx.connect();
    ctx.room.on('dataReceived', (payload, _participant, _kind, topic) => {
      if (topic === 'handoff') handOff(ctx, new TextDecoder().decode(payload));
    });
    const told = handoffContext(ctx);
    session.say(
      told ? `Nora here, ${told.from.person} tells me: ${told.summary}` : 'Hello, I am Nora.',
    );
  },
});

cli.runApp(
  new ServerOptions({
    agent: fileURLToPath(import.meta.url),
    agentName: AGENT_NAME,
    host: '127.0.0.1',
    port: Number(WORKER_PORT),
    numIdleProcesses: 1,
    // By default, a worker takes no calls while the machine is busy, as it is during tests.
    loadFunc: async () => 0,
  }),
);
