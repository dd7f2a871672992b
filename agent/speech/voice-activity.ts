// The voice activity model: LiveKit's own, which the framework uses too.
import { createRequire } from 'node:module';

/**
 * Loads it. Not by an import, which would end the process without a message if it cannot be loaded;
 * without the model the framework continues, with an agent that hears nobody.
 * @throws if it is missing
 */
export const voiceActivity = (): typeof import('@livekit/local-inference') =>
  createRequire(import.meta.url)('@livekit/local-inference');
