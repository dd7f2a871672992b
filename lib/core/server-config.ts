// Settings of the web process, and URLs that follow from them.
import { asWebSocket, nearHost, parseUrl } from '@/lib/core/addresses';
import { type Config, ConfigError, parseConfig } from '@/lib/core/config';
import { namesLoopback, signInProblems } from '@/lib/core/sign-in-mode';

/**
 * The settings of a web process.
 * @throws {ConfigError} if they are invalid
 */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const problems = signInProblems(env);
  if (problems.length > 0) throw new ConfigError(problems);
  return parseConfig(env);
}

/** The LiveKit server's URL for browsers: always `ws://` or `wss://`. */
export function browserUrl(config: Pick<Config, 'LIVEKIT_URL' | 'LIVEKIT_BROWSER_URL'>): string {
  return asWebSocket(config.LIVEKIT_BROWSER_URL ?? config.LIVEKIT_URL);
}

/**
 * The origin of the pages for browsers. A client chooses its `Host`, so without `PUBLIC_URL`, when only this machine uses
 * the server, it may only be a loopback name.
 */
export function pagesOrigin(
  { PUBLIC_URL, HOST, PORT }: Pick<Config, 'PUBLIC_URL' | 'HOST' | 'PORT'>,
  headers: Headers,
): string {
  if (PUBLIC_URL) return new URL(PUBLIC_URL).origin;
  const asked = `http://${headers.get('host')}`;
  const own = parseUrl(asked);
  return own && namesLoopback(asked) ? own.origin : `http://${nearHost(HOST)}:${PORT}`;
}
