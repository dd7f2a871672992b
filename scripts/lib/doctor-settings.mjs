// The settings, checked as the parts check them, by the bundle that the set-up made.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { completeEnv, USUAL_PORTS } from './environment.mjs';
import { localKeys } from './keys.mjs';
import { buildDir } from './paths.mjs';

const CONFIG = join(buildDir, 'lib', 'config.js');

/** What is wrong in an environment, one line each; undefined where nothing is built yet. */
export async function wrongSettings(env) {
  if (!existsSync(CONFIG)) return undefined;
  const { parseConfig } = await import(pathToFileURL(CONFIG).href);
  try {
    const ports = { ...USUAL_PORTS, livekit: Number(env.LIVEKIT_PORT) || USUAL_PORTS.livekit };
    const complete = completeEnv(env, { ports, keys: localKeys(env) });
    parseConfig({ ...complete, PORT: env.PORT, SPEECH_PORT: env.SPEECH_PORT });
    return [];
  } catch (error) {
    return error.problems ?? [error.message];
  }
}
