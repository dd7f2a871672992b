// The environment each process is started with: what the person set (environment before .env), and
// for the rest the local server's keys and the ports that were free.
import { root } from './paths.mjs';

/** Ports as long as nobody else has them. */
export const USUAL_PORTS = { web: 3000, livekit: 7880, speech: 7890 };

/** Reads `.env` (and `.env.local`, …) into the environment; what is set there already wins. */
export async function loadEnv({ dev = false } = {}) {
  const { default: nextEnv } = await import('@next/env');
  nextEnv.loadEnvConfig(root, dev, { info() {}, error: console.error });
  return process.env;
}

/** Values that no line of output may show. */
export function secretsOf(env) {
  const names = [
    'LIVEKIT_API_SECRET',
    'OPENAI_API_KEY',
    'LLM_KEY',
    'LETTA_API_KEY',
    'LIVEKIT_INFERENCE_API_KEY',
    'LIVEKIT_INFERENCE_API_SECRET',
    'SPEECH_KEY',
    'SPEECH_STT_KEY',
    'SPEECH_TTS_KEY',
    'DATABASE_URL',
    'AUTH_SECRET',
    'OIDC_CLIENT_SECRET',
    'CALLBOARD_API_KEY',
  ];
  return names.map((name) => env[name]).filter(Boolean);
}

/** Whether this clone runs its own LiveKit server. */
export function usesLocalServer(env) {
  return !env.LIVEKIT_URL;
}

/** Whether an address listens on this machine alone. */
export function isLoopback(host) {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}

/** Where other processes of this machine reach one that listens on `host`, fit for a URL. */
export function nearHost(host) {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}

/** Whether the speech server of this clone is used: either address is not set, or is its own. */
export function usesLocalSpeech(env) {
  return [env.SPEECH_STT_URL, env.SPEECH_TTS_URL].some((url) => isOwnSpeech(url, env));
}

function isOwnSpeech(url, env) {
  if (!url) return true;
  if (!URL.canParse(url)) return false;
  const { hostname, port } = new URL(url);
  return isLoopback(hostname) && port === String(env.SPEECH_PORT || USUAL_PORTS.speech);
}

/**
 * The settings of all processes.
 * @param ports `{web, livekit, speech}` that are to be used
 * @param keys `{key, secret}` of the local server, used where the person set neither
 * @param together whether web runs on this machine too, so that its own address is the right one
 */
export function completeEnv(env, { ports, keys, together = true }) {
  const host = env.HOST || '127.0.0.1';
  const near = nearHost(host);
  // `npm start` has it listen on loopback alone: only its own workers use it.
  const ownSpeech = `http://${together ? '127.0.0.1' : near}:${ports.speech}/v1`;
  const speech = (url) => (isOwnSpeech(url, env) ? ownSpeech : url);
  const speechKey = (key, url) => key || (isOwnSpeech(url, env) ? env.SPEECH_KEY : undefined);
  const ownWeb = `http://${near}:${ports.web}`;
  const ownKeys = usesLocalServer(env) && !env.LIVEKIT_API_KEY && !env.LIVEKIT_API_SECRET;
  return {
    ...env,
    NEXT_TELEMETRY_DISABLED: '1',
    HOST: host,
    PORT: String(ports.web),
    SPEECH_PORT: String(ports.speech),
    LIVEKIT_URL: env.LIVEKIT_URL || `ws://${near}:${ports.livekit}`,
    ...(ownKeys && { LIVEKIT_API_KEY: keys.key, LIVEKIT_API_SECRET: keys.secret }),
    CALLBOARD_URL: (!together && env.CALLBOARD_URL) || ownWeb,
    SPEECH_STT_URL: speech(env.SPEECH_STT_URL),
    SPEECH_TTS_URL: speech(env.SPEECH_TTS_URL),
    ...(env.SPEECH_KEY && {
      SPEECH_STT_KEY: speechKey(env.SPEECH_STT_KEY, env.SPEECH_STT_URL),
      SPEECH_TTS_KEY: speechKey(env.SPEECH_TTS_KEY, env.SPEECH_TTS_URL),
    }),
  };
}
