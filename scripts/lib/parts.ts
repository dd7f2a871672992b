// The processes of Callboard: their names, commands and environments.
import { createRequire } from 'node:module';
import { isIPv4 } from 'node:net';
import { join } from 'node:path';
import { joinUrl } from '@/lib/core/addresses';
import { builtNextEnv } from '@/lib/core/built-next';
import { wireDeployment } from '@/lib/core/deployment';
import { machineAddress } from '@/lib/core/machine-address';
import { isLoopback } from '@/lib/core/sign-in-mode';
import { buildDir, type CompleteEnv, type Env, root } from '@/scripts/lib/environment';
import { keptLevel, livekitLog } from '@/scripts/lib/log-lines';

/** The parts that run separately on several machines. */
export const PARTS = ['livekit', 'speech', 'web', 'agent'] as const;
export type PartName = (typeof PARTS)[number];

/** A process to run. */
export interface Part {
  /** Shown before its output. */
  readonly name: string;
  readonly color: string;
  readonly argv: readonly string[];
  /** Added to the environment. */
  readonly env: Env;
  /** Where its output is kept, and the level from which it is also shown. */
  readonly log?: { readonly file: string; readonly shown: string };
}

/**
 * Milliseconds that a connection may be idle: longer than proxies keep theirs (nginx 60 s, Traefik 90 s, Caddy 120 s).
 * Otherwise a proxy may send a request on a connection that is being closed, and respond with 502.
 */
export const KEEP_ALIVE_MS = 130_000;

const bundle = (file: string) => [process.execPath, join(buildDir, file)];

/** The LiveKit server. @param server its path */
export function livekitPart(env: CompleteEnv, ports: LiveKitPorts, server: string): Part {
  return {
    name: 'livekit',
    color: 'magenta',
    argv: [server],
    // The server prefers LIVEKIT_PORT in the environment to the port in its configuration.
    env: {
      LIVEKIT_CONFIG: livekitConfig(env, ports, machineAddress()),
      LIVEKIT_PORT: String(ports.livekit),
    },
    // Its output is too verbose for the terminal; the file has all of it.
    log: { file: livekitLog(env), shown: env.LOG_LEVEL || 'warn' },
  };
}

/** Speech to text and text to speech. It does not get the local server's secret. */
export function speechPart(env: CompleteEnv): Part {
  return {
    name: 'speech',
    color: 'blue',
    argv: bundle('agent/speech/server.js'),
    env: {
      HOST: env.HOST,
      SPEECH_PORT: env.SPEECH_PORT,
      ...(env.SPEECH_KEY && { SPEECH_KEY: env.SPEECH_KEY }),
    },
  };
}

/** Pages and API routes. */
export function webPart(env: CompleteEnv, { dev = false } = {}): Part {
  const next = createRequire(import.meta.url).resolve('next/dist/bin/next');
  const mode = dev ? ['dev'] : ['start', '--keepAliveTimeout', String(KEEP_ALIVE_MS)];
  return {
    name: 'web',
    color: 'cyan',
    argv: [process.execPath, next, ...mode, '--hostname', env.HOST, '--port', env.PORT],
    env: dev
      ? { ...env, NODE_ENV: 'development' }
      : { ...env, NODE_ENV: 'production', ...builtNextEnv(root) },
  };
}

/** The worker of a deployment. @param shown display name of the deployment */
export function agentPart(env: Env, shown: string): Part {
  return {
    name: shown,
    color: shown === 'production' ? 'green' : 'yellow',
    argv: bundle('agent/main.js'),
    // Otherwise LiveKit's library writes debug output regardless of LOG_LEVEL.
    env: { ...env, LIVEKIT_AGENT_DEPLOYMENT: wireDeployment(shown), NODE_ENV: 'production' },
  };
}

/** UDP ports for audio (the server's own default); several servers may share the range. */
const AUDIO_PORTS = { port_range_start: 50_000, port_range_end: 60_000 };

interface LiveKitPorts {
  /** HTTP. */
  readonly livekit: number;
  /** TCP for audio, if the server is not on loopback. */
  readonly rtc: number;
}

interface ServerSettings {
  readonly HOST: string;
  readonly CALLBOARD_URL: string;
  readonly LIVEKIT_API_KEY?: string | undefined;
  readonly LIVEKIT_API_SECRET?: string | undefined;
  readonly LOG_LEVEL?: string | undefined;
  readonly INSIGHTS?: string | undefined;
}

/**
 * The local LiveKit server's configuration as JSON, which is valid YAML. It is passed in LIVEKIT_CONFIG, so that the
 * secret is neither in another file nor in an argument, which other users could list.
 * @param own address of this machine for browsers that use no loopback address
 */
export function livekitConfig(env: ServerSettings, ports: LiveKitPorts, own?: string): string {
  return JSON.stringify({
    port: ports.livekit,
    bind_addresses: [env.HOST],
    keys: { [env.LIVEKIT_API_KEY ?? '']: env.LIVEKIT_API_SECRET },
    webhook: {
      api_key: env.LIVEKIT_API_KEY,
      urls: [joinUrl(env.CALLBOARD_URL, 'api/webhooks/livekit')],
    },
    rtc: { ...AUDIO_PORTS, use_external_ip: false, ...network(env.HOST, ports, own) },
    room: { empty_timeout: 60, departure_timeout: 15 },
    // Workers count their own jobs and report when they are full. With the default of 0.7 the server silently skips a worker
    // that is three quarters full.
    // Sessions of agents are uploaded to LIVEKIT_OBSERVABILITY_URL of their workers, and nowhere without it.
    agents: { target_load: 1.0, enable_user_data_recording: env.INSIGHTS !== 'off' },
    logging: { level: keptLevel(env.LOG_LEVEL), json: true },
  });
}

/**
 * On loopback, audio takes loopback too, and one address of this machine: Firefox uses no loopback address for calls.
 * Such a port exists during a call only, and answers only who has the password that the call got over loopback.
 * Otherwise the server would open UDP on every network interface, and its TCP port always listens on all of them.
 */
function network(host: string, ports: LiveKitPorts, own: string | undefined) {
  if (!isLoopback(host)) return { tcp_port: ports.rtc };
  return {
    // It replaces all addresses of its own family, and without it the server asks public STUN servers for its address.
    // So it names loopback of the family that `own` does not have.
    node_ip: own && isIPv4(own) ? '::1' : '127.0.0.1',
    tcp_port: 0,
    allow_tcp_fallback: false,
    enable_loopback_candidate: true,
    ips: { includes: ['127.0.0.1/32', ...(own ? [`${own}/${isIPv4(own) ? 32 : 128}`] : [])] },
  };
}
