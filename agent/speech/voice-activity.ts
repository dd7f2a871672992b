// The model that says how likely a piece of sound is speech: LiveKit's own, which the framework uses too.
import { createRequire } from 'node:module';

/**
 * Loads it. Not by an import, which would end a process where it cannot be loaded before that is told; without it
 * the framework goes on, with an agent that hears nobody.
 * @throws with what is missing
 */
export const voiceActivity = (): typeof import('@livekit/local-inference') =>
  createRequire(import.meta.url)('@livekit/local-inference');
