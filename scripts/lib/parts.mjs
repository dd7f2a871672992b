// The processes of Callboard: their names, commands and environments.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { livekitConfig } from './livekit-config.mjs';
import { keptLevel, livekitLog } from './livekit-log.mjs';
import { buildDir } from './paths.mjs';

/**
 * Milliseconds that a connection may be idle: longer than proxies keep theirs (nginx 60 s, Traefik 90 s, Caddy 120 s).
 * Otherwise a proxy may send a request on a connection that is being closed, and respond with 502.
 */
export const KEEP_ALIVE_MS = 130_000;

const bundle = (file) => [process.execPath, join(buildDir, file)];

/** The real LiveKit server. */
export function livekitPart({ env, ports, server }) {
  return {
    name: 'livekit',
    colour: 'magenta',
    argv: [server],
    // The server prefers LIVEKIT_PORT in the environment to the port in its configuration.
    env: {
      LIVEKIT_CONFIG: livekitConfig({ ...env, LOG_LEVEL: keptLevel(env.LOG_LEVEL) }, ports),
      LIVEKIT_PORT: String(ports.livekit),
    },
    // Its output is too verbose for the terminal; the file has all of it.
    log: { file: livekitLog(env), shown: env.LOG_LEVEL || 'warn' },
  };
}

/** Speech to text and text to speech. It does not get the local server's secret. */
export function speechPart({ env }) {
  return {
    name: 'speech',
    colour: 'blue',
    argv: bundle('agent/speech/server.js'),
    env: {
      HOST: env.HOST,
      SPEECH_PORT: env.SPEECH_PORT,
      ...(env.SPEECH_KEY && { SPEECH_KEY: env.SPEECH_KEY }),
    },
  };
}

/** Pages and API routes. */
export function webPart({ env, dev = false }) {
  const next = createRequire(import.meta.url).resolve('next/dist/bin/next');
  const mode = dev ? ['dev'] : ['start', '--keepAliveTimeout', String(KEEP_ALIVE_MS)];
  return {
    name: 'web',
    colour: 'cyan',
    argv: [process.execPath, next, ...mode, '--hostname', env.HOST, '--port', env.PORT],
    env: { ...env, NODE_ENV: dev ? 'development' : 'production' },
  };
}

/** The worker of a deployment, by its display name and wire name. */
export function agentPart({ env, shown, wire }) {
  return {
    name: shown,
    colour: shown === 'production' ? 'green' : 'yellow',
    argv: bundle('agent/main.js'),
    // Otherwise LiveKit's library writes debug output regardless of LOG_LEVEL.
    env: { ...env, LIVEKIT_AGENT_DEPLOYMENT: wire, NODE_ENV: 'production' },
  };
}
