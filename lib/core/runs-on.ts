// What an agent runs on, in words, as its worker reports it and the page of the agents shows it.
import { z } from 'zod';
import { hostedName, modelName, modelsText, speechName, toolsName } from '@/lib/messages/en/models';
import { type CatalogueAgent, lettaAgent } from './catalogue';
import type { Config } from './config';

const names = z.array(z.string().max(300)).max(30);

/** What an agent runs on: names as shown, in order of fallback. */
export const runs = z.object({
  /** What it thinks with. */
  models: names,
  /** What it hears with. */
  stt: names,
  /** What it speaks with. */
  tts: names,
  voice: z.string().max(200),
  /** Hosts of the MCP servers whose tools it has. */
  tools: names,
  /** What the settings name and lack a setting for. */
  missing: names,
});
export type Runs = z.infer<typeof runs>;

/** What this agent runs on by these settings. */
export function runsOf(config: Config, agent: CatalogueAgent): Runs {
  const {
    models = [],
    stt = [],
    tts = [],
    mcp = [],
    missing = [],
  } = config.minds[agent.name] ?? {};
  const [first] = models;
  const realtime = first?.kind === 'realtime' ? [modelsText.itself] : [];
  const voice = realtime.length > 0 ? first?.voice : tts[0]?.voice;
  const hosted = realtime.length > 0 || tts.length > 0;
  // Letta's agents are chosen by callers.
  const ofLetta = agent.name === lettaAgent.name;
  const thinks = ofLetta ? [modelsText.chosen] : models.map((ref) => modelName(ref, config));
  return {
    models: [...thinks, modelsText.builtIn],
    stt: [
      ...realtime,
      ...stt.map(hostedName),
      speechName(config.SPEECH_STT_MODEL, config.SPEECH_STT_URL),
    ],
    tts: [
      ...realtime,
      ...tts.map(hostedName),
      speechName(config.SPEECH_TTS_MODEL, config.SPEECH_TTS_URL),
    ],
    voice: hosted ? (voice ?? modelsText.usual) : (config.SPEECH_TTS_VOICE ?? agent.voice),
    tools: models.length > 0 ? mcp.map(toolsName) : [],
    missing: [...missing],
  };
}
