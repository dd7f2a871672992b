// An agent as LiveKit's docs show it, and docs/agents.md. Tests call it.
import { fileURLToPath } from 'node:url';
import { cli, defineAgent, ServerOptions, voice } from '@livekit/agents';
import * as openai from '@livekit/agents-plugin-openai';

export default defineAgent({
  entry: async (ctx) => {
    const session = new voice.AgentSession({
      stt: new openai.STT({ useRealtime: false }),
      llm: new openai.LLM(),
      tts: new openai.TTS(),
    });
    const agent = new voice.Agent({ instructions: 'You are Quinn, a helpful assistant.' });
    await session.start({ agent, room: ctx.room });
    await ctx.connect();
    session.generateReply({ instructions: 'Greet the caller.' });
  },
});

cli.runApp(new ServerOptions({ agent: fileURLToPath(import.meta.url), agentName: 'assistant' }));
