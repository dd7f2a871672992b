// Settings of the web process, parsed by the first request that needs them: a build must not require them,
// and an error is returned to the client.
import { asWebSocket, nearHost, parseUrl } from './addresses';
import { type Config, ConfigError, parseConfig } from './config';
import { namesLoopback, signInProblems } from './sign-in-mode';

let parsed: Config | undefined;

/**
 * The settings of this process.
 * @throws {ConfigError} while they are invalid
 */
export function serverConfig(): Config {
  if (parsed) return parsed;
  const problems = signInProblems(process.env);
  if (problems.length > 0) throw new ConfigError(problems);
  parsed = parseConfig(process.env);
  return parsed;
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
