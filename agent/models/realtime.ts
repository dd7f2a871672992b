// OpenAI Realtime: a model that hears and speaks itself. When it cannot connect, is refused, breaks off
// or is too slow, it is given up, and who stands behind it goes on (take-over.ts).
import type { Config } from '../../lib/core/config';
import type { ModelRef } from '../../lib/core/models';
import { modelName } from '../../lib/messages/en/models';
import { openAiPlugin } from './plugin';
import { Watch } from './watch';
import { type Plugin, type WatchedRealtime, watchedModel } from './watched-realtime';

/** OpenAI's own address, where no other is set. */
const OPENAI_URL = 'https://api.openai.com/v1';

let plugin: Plugin | undefined;

/** Loads what {@link makeRealtime} needs: the framework wants a realtime model at once. */
export async function loadRealtime(): Promise<void> {
  plugin ??= await openAiPlugin();
}

/** Where to connect: the server's address with the model. */
function addressOf(base: string, model: string): URL {
  const url = new URL(`${base.replace(/\/$/, '').replace(/^http/, 'ws')}/realtime`);
  url.searchParams.set('model', model);
  return url;
}

/**
 * A realtime model. Turns are the session's own affair, as with any other agent: so silence beside a
 * colleague holds for it too.
 */
export function makeRealtime(ref: ModelRef, config: Config): WatchedRealtime {
  if (!plugin) throw new Error(`${ref.model} needs the plugin for OpenAI, which is not loaded`);
  const { OPENAI_BASE_URL: base = OPENAI_URL, OPENAI_API_KEY: key = '' } = config;
  const watch = new Watch(modelName(ref, config));
  const Model = watchedModel(plugin, { url: addressOf(base, ref.model), key, watch });
  const voice = ref.voice && { voice: ref.voice };
  return new Model({ model: ref.model, baseURL: base, apiKey: key, turnDetection: null, ...voice });
}
