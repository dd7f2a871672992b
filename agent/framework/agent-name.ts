// What: ignores the settings that give a worker's agent another name.
// Why: each server of the framework reads them, so that all agents of a worker would have one name.
// Upstream: none reported. They are meant for workers of one agent; a server would need an option that ignores them.

/** What sets the name of a worker's agent, instead of the one in its code, or where that has none. */
const SETTINGS = ['LIVEKIT_AGENT_NAME_OVERRIDE', 'LIVEKIT_AGENT_NAME'];

/** Removes the settings. Call it before the first server is created. */
export function ignoreAgentName(env: Record<string, string | undefined>): string[] {
  const found = SETTINGS.filter((name) => env[name]);
  for (const name of found) delete env[name];
  return found;
}
