// OpenAI Realtime: a model with its own speech input and output. If it cannot connect, is rejected,
// breaks off or is too slow, it is abandoned and its fallback continues (realtime-fallback.ts).
import type { Config } from '../../lib/core/config';
import type { ModelRef } from '../../lib/core/models';
import { modelName } from '../../lib/messages/en/models';
import { type MonitoredRealtime, monitoredModel, type Plugin } from './monitored-realtime';
import { openAiPlugin } from './plugin';
import { RealtimeMonitor } from './realtime-monitor';

/** OpenAI's own address, unless another is configured. */
const OPENAI_URL = 'https://api.openai.com/v1';

let plugin: Plugin | undefined;

/** Loads what {@link makeRealtime} needs: the framework requires a realtime model synchronously. */
export async function loadRealtime(): Promise<void> {
  plugin ??= await openAiPlugin();
}

/** The URL to connect to, with the model. */
function addressOf(base: string, model: string): URL {
  const url = new URL(`${base.replace(/\/$/, '').replace(/^http/, 'ws')}/realtime`);
  url.searchParams.set('model', model);
  return url;
}

/**
 * A realtime model. The session handles turns, as for any other agent, so silence next to a
 * colleague applies to it too.
 */
export function makeRealtime(ref: ModelRef, config: Config): MonitoredRealtime {
  if (!plugin) throw new Error(`${ref.model} needs the plugin for OpenAI, which is not loaded`);
  const { OPENAI_BASE_URL: base = OPENAI_URL, OPENAI_API_KEY: key = '' } = config;
  const monitor = new RealtimeMonitor(modelName(ref, config));
  const Model = monitoredModel(plugin, { url: addressOf(base, ref.model), key, monitor });
  const voice = ref.voice && { voice: ref.voice };
  return new Model({ model: ref.model, baseURL: base, apiKey: key, turnDetection: null, ...voice });
}
