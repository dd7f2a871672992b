// The web process's settings, parsed at the first request that needs them: a build must not need
// them, and a wrong one is told to whoever calls.
import { type Config, ConfigError, parseConfig } from './config';
import { signInProblems } from './sign-in-mode';

let parsed: Config | undefined;

/**
 * The settings of this process.
 * @throws {ConfigError} until they are right.
 */
export function serverConfig(): Config {
  if (parsed) return parsed;
  const problems = signInProblems(process.env);
  if (problems.length > 0) throw new ConfigError(problems);
  parsed = parseConfig(process.env);
  return parsed;
}

/** The LiveKit server's address as a browser reaches it: always `ws://` or `wss://`. */
export function browserUrl(config: Pick<Config, 'LIVEKIT_URL' | 'LIVEKIT_BROWSER_URL'>): string {
  return (config.LIVEKIT_BROWSER_URL ?? config.LIVEKIT_URL).replace(/^http/i, 'ws');
}
