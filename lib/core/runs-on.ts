// What an agent runs on, in words: its worker reports it, and the agents page shows it.
import { z } from 'zod';
import { type CatalogueAgent, lettaAgent } from '@/lib/core/catalogue';
import type { Config } from '@/lib/core/config';
import {
  BUILT_IN,
  CHOSEN_AGENT,
  hostedName,
  MODEL_ITSELF,
  modelName,
  speechName,
  toolsName,
  USUAL_VOICE,
} from '@/lib/core/model-names';

const names = z.array(z.string().max(300)).max(30);

/** What an agent runs on: display names in fallback order. */
export const runs = z.object({
  /** Language models. */
  models: names,
  /** Speech to text. */
  stt: names,
  /** Text to speech. */
  tts: names,
  voice: z.string().max(200),
  /** Hosts of its MCP servers. */
  tools: names,
  /** What is set but lacks another setting, as messages. */
  missing: names,
});
export type Runs = z.infer<typeof runs>;

/** What this agent runs on with these settings; undefined if its own code says so, as that of LiveKit's `defineAgent(…)`. */
export function runsOf(config: Config, agent: CatalogueAgent): Runs | undefined {
  if (agent.voice === undefined) return undefined;
  const {
    models = [],
    stt = [],
    tts = [],
    mcp = [],
    missing = [],
  } = config.agentModels[agent.name] ?? {};
  const [first] = models;
  const realtime = first?.kind === 'realtime' ? [MODEL_ITSELF] : [];
  const voice = realtime.length > 0 ? first?.voice : tts[0]?.voice;
  const hosted = realtime.length > 0 || tts.length > 0;
  // The caller chooses the Letta agent.
  const ofLetta = agent.name === lettaAgent.name;
  const thinks = ofLetta ? [CHOSEN_AGENT] : models.map((ref) => modelName(ref, config));
  return {
    models: [...thinks, BUILT_IN],
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
    voice: hosted ? (voice ?? USUAL_VOICE) : (config.SPEECH_TTS_VOICE ?? agent.voice),
    tools: models.length > 0 ? mcp.map(toolsName) : [],
    missing: [...missing],
  };
}
