// A stock LiveKit worker to compare with: LiveKit's defaults and its OpenAI plugin, which speaks with our speech server. It
// greets like our front desk.
import { fileURLToPath } from 'node:url';
import { cli, defineAgent, ServerOptions, voice } from '@livekit/agents';
import { TTS } from '@livekit/agents-plugin-openai';

export default defineAgent({
  entry: async (ctx) => {
    const session = new voice.AgentSession({
      tts: new TTS({
        baseURL: `${process.env.SPEECH_URL}/v1`,
        apiKey: 'none',
        model: 'flite',
        // Its types know OpenAI's voices only.
        voice: 'slt' as 'alloy',
      }),
    });
    const agent = new voice.Agent({ instructions: 'You are a helpful voice AI assistant.' });
    await session.start({ agent, room: ctx.room });
    await ctx.connect();
    session.say('Willow Street Practice, this is Ada. How can I help?');
  },
});

cli.runApp(new ServerOptions({ agent: fileURLToPath(import.meta.url) }));
