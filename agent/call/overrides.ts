// A developer's overrides for one call: the configuration and the definition with other models, voice or instructions.

import type { AgentDefinition } from '@/agent/core/agent-definition';
import type { Config } from '@/lib/core/config';
import { PRODUCTION } from '@/lib/core/deployment';
import { withModels } from '@/lib/core/models';
import { type Overrides, readOverrides } from '@/lib/dispatch/overrides';

/** The overrides of a job; undefined on production, which ignores them. */
export function overridesOf(
  { LIVEKIT_AGENT_DEPLOYMENT }: Pick<Config, 'LIVEKIT_AGENT_DEPLOYMENT'>,
  metadata: string,
): Overrides | undefined {
  const overrides = readOverrides(metadata);
  return overrides === 'invalid' || LIVEKIT_AGENT_DEPLOYMENT === PRODUCTION ? undefined : overrides;
}

/** @param set the settings of the process, which have the keys of the models */
export function withOverrides<T extends { config: Config; definition: AgentDefinition }>(
  job: T,
  { models, voice, instructions }: Overrides = {},
  set: Readonly<Record<string, string | undefined>> = process.env,
): T {
  const { config, definition } = job;
  const { name } = definition;
  const own = config.agentModels[name];
  const changed = models ? withModels(set, name, models) : own;
  const tts = voice ? changed?.tts.map((one) => ({ ...one, voice })) : changed?.tts;
  return {
    ...job,
    config: {
      ...config,
      ...(voice && { SPEECH_TTS_VOICE: voice }),
      agentModels: {
        ...config.agentModels,
        ...(changed && tts && { [name]: { ...changed, tts } }),
      },
    },
    definition: instructions ? { ...definition, instructions } : definition,
  };
}
